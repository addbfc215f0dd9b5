"""What LIFF does: opening apps, giving their pages tokens, sending for them. `sdk.js` is what the pages load."""
