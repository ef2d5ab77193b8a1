"""What a person sees of the chat."""

from dataclasses import dataclass
from typing import Self

from tests.botapi.chats import Message
from tests.botapi.parameters import Upload


@dataclass(frozen=True)
class Seen:
    """A message as it stands in the chat now.

    `text` has no tags, and is the caption of a document; `source` is what was sent for it.
    `buttons` are rows of labels, `edits` counts changes by either side.
    """

    id: int
    text: str
    source: str
    buttons: list[list[str]]
    edits: int
    from_bot: bool
    document: Upload | None

    @classmethod
    def of(cls, message: Message) -> Self:
        """Build the view of a stored message."""
        return cls(
            id=message.id,
            text=message.json.get("text") or message.json.get("caption", ""),
            source=message.source,
            buttons=[[str(button["text"]) for button in row] for row in message.rows],
            edits=message.edits,
            from_bot=message.json["from"]["is_bot"],
            document=message.upload,
        )

    def describe(self, name: str) -> str:
        """Return the message as readable lines; `name` is the person's."""
        head = f"  {self.id:>3} {'bot' if self.from_bot else name}: {self.text}"
        rows = [" ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n      ".join([head, *rows])


@dataclass(frozen=True)
class Notice:
    """The bot's answer to a tap, when it had words; `alert` means that it must be clicked away."""

    text: str
    alert: bool
