"""The cards that people pass on in any chat: an explanation each, or the way to the check."""

import json
from functools import lru_cache
from textwrap import shorten

from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.telegram.render import Button, Renderer
from bot.telegram.texts import TelegramTexts
from dialogues import markup
from dialogues.entries import SIMPLE
from dialogues.events import Ask
from dialogues.explanations import explain
from dialogues.flow import Flow
from dialogues.state import NEW
from dialogues.turn import Message, Turn

# As understanding calls it; no id has a slash.
CHECK = "/zelfcheck"
_PAYLOAD = "zelfcheck"
_DESCRIPTION = 120  # characters; phones show about as many


class Cards:
    """Made of the content alone. The name of a card is that of what it explains, or ``CHECK``."""

    def __init__(self, flow: Flow, texts: TelegramTexts, renderer: Renderer, name: str) -> None:
        """``name``: the user name of the bot."""
        self._flow = flow
        self._texts = texts
        self._renderer = renderer
        self._name = name
        content = flow.content
        self.names = {*content.terms, *content.forms, *content.examples, CHECK}
        self._simple = content.topics.get(SIMPLE, ())
        self.card = lru_cache(maxsize=1024)(self._made)

    def _made(self, name: str) -> str:
        """The card as the Bot API reads it, in JSON."""
        return json.dumps(self._article(name), ensure_ascii=False)

    def _article(self, name: str) -> dict[str, object]:
        message, rows = self._check() if name == CHECK else self._explanation(name)
        text, *_ = self._renderer.texts(Turn((message,), ()))
        return {
            "type": "article",
            "id": name,
            "title": message.title,
            "description": shorten(markup.plain(message.body[:1]), _DESCRIPTION, placeholder="…"),
            "input_message_content": {
                "message_text": text.html,
                "parse_mode": ParseMode.HTML,
                "link_preview_options": {"is_disabled": True},
            },
            "reply_markup": {"inline_keyboard": [*rows, *self._in_simple_words(name)]},
        }

    def _check(self) -> tuple[Message, list[list[Button]]]:
        message = Message("notice", self._texts.inline_check, self._texts.inline_check_title)
        return message, [[self._link(self._flow.content.texts.button_check, _PAYLOAD)]]

    def _explanation(self, name: str) -> tuple[Message, list[list[Button]]]:
        [message] = explain(self._flow, NEW, Ask(name))
        return message, [[self._link(self._texts.button_read_more, name)]]

    def _in_simple_words(self, name: str) -> list[list[Button]]:
        """The same in simple words, or what is most important for who reads with difficulty."""
        if not self._simple or name in self._simple:
            return []
        same = f"{SIMPLE}_{name}"
        payload = same if same in self._simple else self._simple[0]
        return [[self._link(self._flow.content.texts.topics[SIMPLE], payload)]]

    def _link(self, label: str, payload: str) -> Button:
        return {"text": label, "url": create_deep_linked_url(self._name, payload)}
