"""Are these message objects what LINE accepts? (LINE.md 3.2 and 3.3)"""
