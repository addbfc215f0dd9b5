"""The form a friend fills without signing in: whoever has the address has the key, so nothing else is told by it."""
