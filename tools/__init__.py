"""What stands around the product: its environment, its database server, its commands.

Nothing in `madoguchi` or `line_emulator` imports from here.
"""
