"""What people do in Telegram, as far as the conversation needs to know it.

Updates are read straight from their JSON. The objects of the library check nothing, so a part of
another type would break the code that meets it; here an update has the shape that is asked for, or
it is none of ours. It also saves building the whole message and keyboard around a tapped button,
which took longer than the conversation itself (`make bench`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatType, MessageAttachmentType, MessageType

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
]
# Kinds of messages that Telegram writes itself, such as "pinned a message", get no reply.
_BY_PEOPLE = {
    MessageType.TEXT,
    MessageType.CHECKLIST,
    MessageType.GIVEAWAY,
    MessageType.EFFECT_ID,
    MessageType.BUSINESS_CONNECTION_ID,
    MessageType.REPLY_TO_STORY,
    MessageType.SENDER_BOOST_COUNT,
    MessageType.SENDER_BUSINESS_BOT,
    MessageType.SUGGESTED_POST_INFO,
}
_BY_TELEGRAM = frozenset(
    kind.value for kind in set(MessageType) - set(MessageAttachmentType) - _BY_PEOPLE
)


@dataclass(frozen=True, slots=True)
class Update:
    """``update``: the number that Telegram gave it; the same number is the same update."""

    update: int
    chat: int


@dataclass(frozen=True, slots=True)
class Tap(Update):
    """A button tapped in a private chat. ``accessible``: whether the bot may see its message."""

    message: int
    query: str
    data: str
    accessible: bool = True


@dataclass(frozen=True, slots=True)
class Typed(Update):
    """A text sent in a private chat. ``sender``: the number of who sent it."""

    text: str
    sender: int


@dataclass(frozen=True, slots=True)
class Attachment(Update):
    """Anything else that was sent. An album comes as several of these with the same ``album``."""

    album: str


@dataclass(frozen=True, slots=True)
class Edited(Update):
    """A message in a private chat that was changed afterwards."""


@dataclass(frozen=True, slots=True)
class Blocked(Update):
    """The person does not want messages any more."""


@dataclass(frozen=True, slots=True)
class InGroup(Update):
    """A command in a group."""

    text: str


@dataclass(frozen=True, slots=True)
class TapElsewhere(Update):
    """A button outside a private chat, or one that is none of ours."""

    query: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody is typing behind the name of the bot, in any chat; Telegram hides which."""

    query: str
    text: str


Incoming = Tap | Typed | Attachment | Edited | Blocked | InGroup | TapElsewhere


def read(raw: Mapping[str, Any]) -> Incoming | Inquiry | None:
    """None for an update that asks for no reply, or has another shape than the Bot API's."""
    match raw:
        case {
            "update_id": int(),
            "inline_query": {"id": str(query), "query": str(text), "offset": str()},
        }:
            return Inquiry(query, text)
        case {"update_id": int(update), "callback_query": {"id": str(query)} as tapped}:
            return _tap(update, query, tapped)
        case {"update_id": int(update), "message": {"chat": {"id": int(chat)}} as message}:
            return _message(update, chat, message)
        case {
            "update_id": int(update),
            "edited_message": {"chat": {"id": int(chat), "type": ChatType.PRIVATE}},
        }:
            return Edited(update, chat)
        case {
            "update_id": int(update),
            "my_chat_member": {
                "chat": {"id": int(chat)},
                "new_chat_member": {"status": "kicked"},
            },
        }:
            return Blocked(update, chat)
    return None


def _tap(update: int, query: str, tapped: Mapping[str, Any]) -> Tap | TapElsewhere:
    match tapped:
        case {
            "data": str(data),
            "message": {
                "message_id": int(message),
                "date": int(date),
                "chat": {"id": int(chat), "type": ChatType.PRIVATE},
            },
        }:
            return Tap(update, chat, message, query, data, accessible=date != 0)
    return TapElsewhere(update, 0, query)


def _message(update: int, chat: int, message: Mapping[str, Any]) -> Incoming | None:
    match message:
        case {
            "chat": {"type": ChatType.PRIVATE},
            "from": {"id": int(sender)},
            "text": str(text),
        }:
            return Typed(update, chat, text, sender)
        case {"chat": {"type": ChatType.PRIVATE}} if _BY_TELEGRAM.isdisjoint(message):
            album = message.get("media_group_id")
            return Attachment(update, chat, album if isinstance(album, str) else "")
        case {
            "chat": {"type": ChatType.GROUP | ChatType.SUPERGROUP},
            "text": str(text),
        } if text.startswith("/"):
            return InGroup(update, chat, text)
    return None
