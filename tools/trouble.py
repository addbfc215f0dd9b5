"""The one exception for what an operator can mend: shown as words, never as a traceback."""


class Trouble(Exception):
    """An expected failure. The text is complete: what is wrong and what to do, Japanese first."""


def not_ours(error: PermissionError) -> Trouble:
    """Say in words that a file belongs to another account: a clone that was first started by root, for example."""
    return Trouble(
        f"{error.filename} を使えません。別の利用者のものです。その利用者で実行してください。\n"
        f"{error.filename} belongs to another user: run this as that user."
    )
