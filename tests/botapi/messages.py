"""The methods that write in a chat and answer taps."""

import itertools
import mimetypes
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.botapi import rules
from tests.botapi.chats import Chat, Chats, Message
from tests.botapi.methods import Method, method
from tests.botapi.parameters import Json, Params, Upload
from tests.botapi.rules import bad_request

_SEND = frozenset(
    {
        "chat_id",
        "parse_mode",
        "reply_markup",
        "reply_parameters",
        "disable_notification",
        "protect_content",
        "allow_paid_broadcast",
        "message_effect_id",
    }
)
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_MAX_ENTITIES = 100


@dataclass
class MessageMethods:
    """Sends, edits and deletes messages. `query_lifetime` is in seconds."""

    state: Chats
    query_lifetime: float
    _files: Iterator[int] = field(default_factory=itertools.count)

    def table(self) -> dict[str, Method]:
        """Return the methods by name."""
        return {
            "sendMessage": method(self._send_message, "text link_preview_options", _SEND),
            "sendDocument": method(
                self._send_document, "document caption disable_content_type_detection", _SEND
            ),
            "sendChatAction": method(self._send_chat_action, "chat_id action"),
            "editMessageText": method(
                self._edit_text,
                "chat_id message_id text parse_mode link_preview_options reply_markup",
            ),
            "editMessageReplyMarkup": method(
                self._edit_keyboard, "chat_id message_id reply_markup"
            ),
            "deleteMessage": method(self._delete, "chat_id message_id"),
            "answerCallbackQuery": method(
                self._answer_query, "callback_query_id text show_alert url cache_time"
            ),
        }

    def _send_message(self, params: Params) -> Json:
        content = rules.message_text(params)
        self._count_entities(content)
        return self._send(params, content.fields("text"), content.source).json

    def _send_document(self, params: Params) -> Json:
        upload = params.get("document")
        if not upload:
            raise bad_request("there is no document in the request")
        if not isinstance(upload, Upload):
            raise bad_request("wrong file identifier/HTTP URL specified")
        if not upload.content:
            raise bad_request("file must be non-empty")
        caption = rules.caption(params)
        number = next(self._files)
        document = {
            "file_id": f"document-{number}",
            "file_unique_id": f"unique-{number}",
            "file_name": upload.name,
            "mime_type": mimetypes.guess_type(upload.name)[0] or "application/octet-stream",
            "file_size": len(upload.content),
        }
        fields = caption.fields("caption") if caption.text else {}
        message = self._send(params, {"document": document} | fields, caption.source)
        message.upload = upload
        return message.json

    def _send(self, params: Params, content: Json, source: str) -> Message:
        markup = rules.keyboard(params)
        chat = self.state.chat_for_bot(params.get("chat_id"))
        quoted = self._quoted(chat, params)
        inline = {"reply_markup": markup} if markup and "inline_keyboard" in markup else {}
        message = chat.add(self.state.bot, content | quoted | inline)
        message.source = source
        # A message that came with another kind of keyboard cannot be edited any more.
        message.fixed = bool(markup) and not inline
        return message

    def _quoted(self, chat: Chat, params: Params) -> Json:
        wanted = params.get("reply_parameters")
        if not wanted:
            return {}
        if not isinstance(wanted, dict):
            raise bad_request("can't parse reply parameters JSON object")
        message = chat.messages.get(rules.integer(wanted, "message_id"))
        if message:
            return {"reply_to_message": message.json}
        if wanted.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")

    def _count_entities(self, content: rules.Content) -> None:
        if len(content.entities) > _MAX_ENTITIES:
            self.state.violations.append(
                f"{len(content.entities)} entities: Telegram drops those after {_MAX_ENTITIES}"
            )

    def _edit_text(self, params: Params) -> Json:
        content = rules.message_text(params)
        self._count_entities(content)
        markup = rules.inline_keyboard(params)
        message = self._editable(params)
        if "text" not in message.json:
            raise bad_request("there is no text in the message to edit")
        wanted = content.fields("text") | ({"reply_markup": markup} if markup else {})
        if _part(message.json, "text", "entities", "reply_markup") == wanted:
            raise _not_modified()
        message.replace_content(content, markup)
        return message.json

    def _edit_keyboard(self, params: Params) -> Json:
        markup = rules.inline_keyboard(params)
        message = self._editable(params)
        if message.json.get("reply_markup") == markup:
            raise _not_modified()
        message.replace_keyboard(markup)
        return message.json

    def _editable(self, params: Params) -> Message:
        chat = self.state.chat_for_bot(params.get("chat_id"))
        message = chat.messages.get(rules.integer(params, "message_id"))
        if message is None:
            raise bad_request("message to edit not found")
        if message.fixed or message.json["from"] != self.state.bot:
            raise bad_request("message can't be edited")
        return message

    def _delete(self, params: Params) -> bool:
        chat = self.state.chat_for_bot(params.get("chat_id"))
        message = chat.messages.get(rules.integer(params, "message_id"))
        if message is None:
            raise bad_request("message to delete not found")
        if message.fixed:
            raise bad_request("message can't be deleted")
        del chat.messages[message.id]
        return True

    def _send_chat_action(self, params: Params) -> bool:
        if params.get("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        self.state.chat_for_bot(params.get("chat_id"))
        return True

    def _answer_query(self, params: Params) -> bool:
        text = rules.query_answer(params)
        query = self.state.queries.get(str(params.get("callback_query_id", "")))
        if query and query.answer is not None:
            self.state.violations.append(f"callback query {query.id} was answered twice")
        if (
            query is None
            or query.answer is not None
            or time.monotonic() - query.asked > self.query_lifetime
        ):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.answer = {"text": text, "show_alert": params.get("show_alert") is True}
        return True


def _part(json: Json, *names: str) -> Json:
    return {name: json[name] for name in names if name in json}


def _not_modified() -> rules.RefusedError:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )
