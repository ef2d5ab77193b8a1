"""Passing on what the bot says, by a link of Telegram, and only when a person asks for it.

What is the same for everybody has a link at once. A link to an outcome has the answers in it: it
is made when somebody asks for it, and then it is said what is in it.
"""

from dataclasses import replace
from urllib.parse import quote

from telegram.helpers import create_deep_linked_url

from bot.telegram.render import Button, keyboard_of
from bot.telegram.texts import TelegramTexts
from dialogues.codec import Codec
from dialogues.events import Ask
from dialogues.flow import WELCOME, Flow
from dialogues.markup import Body
from dialogues.state import Conversation, place_of
from dialogues.turn import Turn

# Before the payload of the conversation. The data of any other button begin with something else.
_SHARE = "deel|"
_START, _CHECK = "start", "zelfcheck"


class Sharing:
    """Nobody who gets a link was brought by what brought the person who passes it on."""

    def __init__(self, flow: Flow, texts: TelegramTexts, name: str) -> None:
        """``name``: the user name of the bot."""
        self._flow = flow
        self._texts = texts
        self._name = name
        self._codec = Codec(flow.content)

    def rows(self, conversation: Conversation, turn: Turn) -> list[list[Button]]:
        """The button to pass on what a turn shows; none for what nobody else would want."""
        explained = [m.title for m in turn.messages if m.kind == "explanation"]
        about, place = conversation.about, place_of(self._flow, conversation)
        if isinstance(about, Ask) and explained:
            said = self._texts.share_text.text(onderwerp=explained[0])
            return [[self._link(self._texts.button_share, about.name, said)]]
        if place in self._flow.content.outcomes:
            data = f"{_SHARE}{self._payload(conversation)}"
            return [[{"text": self._texts.button_share_outcome, "callback_data": data}]]
        if about is None and not conversation.answers:
            if place == WELCOME and explained:
                return [[self._link(self._texts.button_share, _START, self._texts.share_start)]]
            if place in self._flow.content.questions:
                return [[self._link(self._texts.button_share, _CHECK, self._texts.share_start)]]
        return []

    def asked(self, data: str) -> Conversation | None:
        """The conversation of which a button passes on the outcome; None for every other button."""
        return self._codec.opened(data.removeprefix(_SHARE)) if data.startswith(_SHARE) else None

    def outcome(self, conversation: Conversation) -> tuple[Body, str] | None:
        """What is said about the link of an outcome, with the keyboard; None if there is none."""
        known = all(self._flow.fits(*answer) for answer in conversation.answers.items())
        outcome = self._flow.content.outcomes.get(place_of(self._flow, conversation))
        if not known or outcome is None:
            return None
        said = self._texts.share_outcome_text.text(uitkomst=outcome.name)
        label = self._texts.button_pass_on
        button = self._link(label, self._payload(conversation), said)
        return self._texts.share_outcome.body(uitkomst=outcome.name), keyboard_of([[button]])

    def _payload(self, conversation: Conversation) -> str:
        return self._codec.payload(replace(conversation, origin=""))

    def _link(self, label: str, payload: str, said: str) -> Button:
        url = quote(create_deep_linked_url(self._name, payload), safe="")
        words = quote(said, safe="")
        return {"text": label, "url": f"https://t.me/share/url?url={url}&text={words}"}
