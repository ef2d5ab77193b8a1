"""What the Bot API refuses, and in which words."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.botapi.entities import Entity, MarkupError, parse_html, utf16_length
from tests.botapi.parameters import Json, Params

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 1 << 15
MAX_BUTTONS = 100
MAX_DATA_BYTES = 64
MAX_QUERY_ANSWER = 200
MAX_INLINE_QUERY = 256
MAX_COMMANDS = 100

_BUTTON_KINDS = frozenset(
    {
        "url",
        "callback_data",
        "copy_text",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
    }
)


class RefusedError(Exception):
    """The server says no.

    `description` is the complete text of the answer.
    """

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.description = description


def bad_request(reason: str) -> RefusedError:
    """Build the refusal for a request that is itself wrong (400)."""
    return RefusedError(400, f"Bad Request: {reason}")


@dataclass(frozen=True)
class Content:
    """Accepted text: without tags, as the person sees it, next to what the bot sent."""

    text: str
    entities: list[Entity]
    source: str

    def fields(self, name: str) -> Json:
        """Return the message fields for a `text` or a `caption`."""
        marks = "entities" if name == "text" else f"{name}_entities"
        return {name: self.text} | ({marks: self.entities} if self.entities else {})


def message_text(params: Params) -> Content:
    """Check the text of sendMessage and editMessageText."""
    source = text_of(params, "text")
    if not source:
        raise bad_request("message text is empty")
    content = _parsed(source, params)
    if not content.text:
        raise bad_request("text must be non-empty")
    if utf16_length(content.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return content


def caption(params: Params) -> Content:
    """Check the caption of a file; an absent caption is an empty one."""
    content = _parsed(text_of(params, "caption"), params)
    if utf16_length(content.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return content


def query_answer(params: Params) -> str:
    """Check the text that answers a tap; it may be empty."""
    text = text_of(params, "text")
    if utf16_length(text) > MAX_QUERY_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    return text


def text_of(params: Params, name: str) -> str:
    """Return a text parameter, empty when it is absent."""
    value = str(params.get(name, ""))
    try:
        value.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return value


def integer(params: Params, name: str, default: int = 0) -> int:
    """Return a number; like the real server, take the default for what is no number."""
    value = params.get(name)
    return value if isinstance(value, int) else default


def _parsed(source: str, params: Params) -> Content:
    if len(source.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    mode = text_of(params, "parse_mode").lower()
    if mode in {"markdown", "markdownv2"}:
        raise bad_request(f"parse_mode {mode} is not emulated")
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    if not mode:
        return Content(source.strip(), [], source)
    try:
        text, entities = parse_html(source)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from None
    return Content(text.strip(), _clipped(text, entities), source)


def _clipped(text: str, entities: list[Entity]) -> list[Entity]:
    start = utf16_length(text) - utf16_length(text.lstrip())
    end = utf16_length(text.rstrip())
    kept: list[Entity] = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            kept.append(entity | {"offset": first - start, "length": last - first})
    return kept


def keyboard(params: Params) -> Json | None:
    """Check `reply_markup`; returns an inline keyboard, ReplyKeyboardRemove, or None.

    An inline keyboard without buttons counts as no keyboard, as with the real server.
    """
    markup = params.get("reply_markup")
    if markup is None or markup == "":
        return None
    if isinstance(markup, str):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if markup.get("remove_keyboard") is True:
        return {"remove_keyboard": True}
    if "inline_keyboard" not in markup:
        raise bad_request("this form of reply_markup is not emulated")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def inline_keyboard(params: Params) -> Json | None:
    """Check the `reply_markup` of an edit, where only an inline keyboard can stand."""
    markup = keyboard(params)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _button(button: object) -> Json:
    if not isinstance(button, dict):
        raise _wrong_button("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _wrong_button('Can\'t find field "text"')
    kinds = sorted(_BUTTON_KINDS & button.keys())
    if not kinds:
        raise _wrong_button("Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _button_action(kinds[0], button)
    return button


def _wrong_button(reason: str) -> RefusedError:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _button_action(kind: str, button: dict[str, Any]) -> None:
    value = button[kind]
    if kind == "url":
        reason = _url_problem(str(value))
        if reason:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: {reason}")
    elif kind == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= MAX_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif kind == "copy_text":
        copied = value.get("text", "") if isinstance(value, dict) else ""
        if not 1 <= len(copied) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _url_problem(url: str) -> str | None:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return None
    if parts.scheme not in {"http", "https"}:
        return "Unsupported URL protocol"
    # The real server knows no hosts without a dot, so "localhost" fails in production too.
    return None if "." in (parts.hostname or "") else "Wrong HTTP URL"


def commands(params: Params) -> list[Json]:
    """Check the list of setMyCommands; a leading slash in a name is dropped."""
    given = params.get("commands", [])
    if isinstance(given, str):
        raise bad_request("can't parse commands JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(command) for command in given]


def _command(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name = command["command"].removeprefix("/")
    description = command["description"].strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def language_code(params: Params) -> str:
    """Check the two-letter language of a profile text; empty means every language."""
    code = text_of(params, "language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
