"""What the pages of the builder send."""
