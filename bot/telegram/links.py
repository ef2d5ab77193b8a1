"""What a link to the bot opens: answers, a campaign, or anything that has a name."""

import re
from dataclasses import dataclass, replace

from bot.campaigns.campaigns import Campaigns
from bot.dates import today
from dialogues.codec import Codec
from dialogues.content import Content
from dialogues.entries import entry
from dialogues.events import Check, Event, Start
from dialogues.state import NEW, Conversation
from dialogues.turn import Message

_START = re.compile(r"/start(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Opened:
    """What somebody did, and where: without ``conversation`` that is where they were.

    ``said``: stands above the reply. ``started``: this is how they came in.
    """

    event: Event
    conversation: Conversation | None = None
    said: tuple[Message, ...] = ()
    started: bool = False


class StartLinks:
    def __init__(self, content: Content, codec: Codec, campaigns: Campaigns) -> None:
        self._content = content
        self._codec = codec
        self._campaigns = campaigns

    def opened(self, text: str) -> Opened | None:
        """None for a text that is no start. A link that leads nowhere is the ordinary start."""
        start = _START.fullmatch(text.strip())
        if start is None:
            return None
        payload = (start[1] or "").strip()
        answers = self._codec.opened(payload)
        if answers is not None:
            return Opened(Check(), answers, started=True)
        # Who types it from a poster may begin it with a capital.
        campaign = self._campaigns.opened(payload.lower())
        if campaign is not None:
            came = replace(NEW, origin=campaign.mark)
            event, said = self._campaigns.event(campaign), campaign.said(today())
            return Opened(event, came, said, started=True)
        return Opened(entry(self._content, payload) or Start(), started=True)
