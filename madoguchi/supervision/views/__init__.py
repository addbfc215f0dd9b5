"""The supervisor's screens, a file a matter."""
