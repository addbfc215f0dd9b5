"""The screens of signing in, of one's own way in, and of the staff."""
