"""Where staff build surveys and read what was answered."""
