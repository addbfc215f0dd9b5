"""The screens of friends, attributes, tags and origins."""
