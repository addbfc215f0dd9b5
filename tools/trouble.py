"""The one exception for what an operator can mend: shown as words, never as a traceback."""


class Trouble(Exception):
    """An expected failure. The text is complete: what is wrong and what to do, Japanese first."""
