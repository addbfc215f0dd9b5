"""The screens of an emergency, a file a matter."""
