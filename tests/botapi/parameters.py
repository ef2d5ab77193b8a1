"""From the forms in which parameters arrive (query, form, JSON, multipart) to one plain dict."""

import email.policy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

Json: TypeAlias = dict[str, Any]
Params: TypeAlias = dict[str, Any]

_STRUCTURED = frozenset(
    {
        "allow_paid_broadcast",
        "allowed_updates",
        "button",
        "cache_time",
        "chat_id",
        "commands",
        "disable_content_type_detection",
        "disable_notification",
        "drop_pending_updates",
        "is_personal",
        "limit",
        "link_preview_options",
        "max_connections",
        "menu_button",
        "message_id",
        "offset",
        "protect_content",
        "reply_markup",
        "reply_parameters",
        "results",
        "scope",
        "show_alert",
        "timeout",
    }
)


@dataclass(frozen=True)
class Upload:
    """A file as the bot sent it."""

    name: str
    content: bytes


def decode(raw: Mapping[str, object]) -> Params:
    """Give every parameter its JSON type, and put uploads in the place of `attach://` names.

    A structured value that is no JSON stays text: refusing it is up to the method.
    """
    params: Params = dict(raw)
    for name in list(params):
        value = params.get(name)
        if not isinstance(value, str):
            continue
        if value.startswith("attach://"):
            params[name] = params.pop(value.removeprefix("attach://"), value)
        elif name in _STRUCTURED:
            params[name] = _json_or_text(value)
    return params


def read_body(content_type: str, body: bytes) -> dict[str, object]:
    """Return the raw parameters of a request body; unknown content types carry none.

    Raises ValueError when the body is not what its content type promises.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        content = json.loads(body or b"{}")
        if not isinstance(content, dict):
            raise ValueError("Object expected")
        return content
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    if kind == "multipart/form-data":
        return _multipart(content_type, body)
    return {}


def compact(content: Json) -> bytes:
    """Write JSON as the real server does: without spaces."""
    return json.dumps(content, separators=(",", ":")).encode()


def _json_or_text(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return value


def _multipart(content_type: str, body: bytes) -> dict[str, object]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    found: dict[str, object] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        name = str(part.get_param("name", header="content-disposition"))
        file_name = part.get_filename()
        found[name] = content.decode() if file_name is None else Upload(file_name, content)
    return found
