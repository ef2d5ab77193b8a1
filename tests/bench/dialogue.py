"""One dialogue, as a person holds it: what is typed, and the labels of the buttons tapped."""

from dataclasses import dataclass

Json = dict[str, object]
Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Say:
    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    label: str


# Start, begin, eight answers of which one is typed, one help, one back and the answer again.
DIALOGUE: tuple[Say | Tap, ...] = (
    Say("/start"),
    Tap("Doe de zelfcheck"),
    Tap("Ja"),
    Tap("Ja"),
    Tap("Uitleg"),
    Tap("Ja"),
    Tap("Terug"),
    Tap("Ja"),
    Say("ja"),
    Tap("Ja"),
    Tap("Ja"),
    Tap("Ja"),
    Tap("Ja"),
)


def data_of(label: str, keyboard: Keyboard) -> str:
    """What the button with this label, or one that begins with it, sends."""
    for button in (button for row in keyboard for button in row):
        if button["text"].startswith(label):
            return button["callback_data"]
    raise LookupError(f"no button {label!r} on the keyboard")


def said(text: str, chat: int, number: int) -> Json:
    """The update of a typed text."""
    person = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "nl"}
    entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] * text.startswith("/")
    message = {
        "message_id": number,
        "date": 1,
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "from": person,
        "text": text,
        "entities": entities,
    }
    return {"update_id": number, "message": message}


def tapped(data: str, keyboard: Keyboard, chat: int, number: int) -> Json:
    """The update of a tap, with the whole message in it as Telegram sends it."""
    message = {
        "message_id": 2,
        "date": 1,
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "from": {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"},
        "text": "x" * 300,
        "reply_markup": {"inline_keyboard": keyboard},
    }
    query = {
        "id": str(number),
        "from": {"id": chat, "is_bot": False, "first_name": "A", "language_code": "nl"},
        "chat_instance": "1",
        "data": data,
        "message": message,
    }
    return {"update_id": number, "callback_query": query}
