"""A stand-in LINE platform for demo, development, tests and load. It imports nothing of the product."""
