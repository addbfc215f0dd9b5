"""The screens of finding."""
