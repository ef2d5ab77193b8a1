"""A command that cannot do what was asked."""


class Refused(Exception):
    """The text says why, in Dutch. ``misused``: because of what was asked, not of the machine."""

    def __init__(self, said: str, *, misused: bool = True) -> None:
        self.misused = misused
        super().__init__(said)


def harmless(word: str) -> str:
    """What was typed, without signs that change a terminal."""
    return "".join(sign for sign in word if sign.isprintable())
