"""What LINE Login knows: login channels, LIFF apps, opened sessions, tokens (LINE.md 2.11, 7)."""
