"""Addresses where a friend answers on a page."""

from madoguchi.surveys.models import Submission


def address_for(_submission: Submission) -> str:
    """Empty while pages are not offered."""
    return ""
