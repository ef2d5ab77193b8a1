"""What the channels call: one turn in, and it is counted."""

from bot.campaigns.campaigns import Campaigns
from bot.counts.counter import Counter
from bot.counts.measures import Channel, Count, Measure, counts_of
from dialogues.events import Event
from dialogues.flow import Flow
from dialogues.state import Conversation


class Tally:
    """Counts what people do in one channel."""

    def __init__(
        self, flow: Flow, campaigns: Campaigns, counter: Counter, channel: Channel
    ) -> None:
        self._flow = flow
        self._campaigns = campaigns
        self._counter = counter
        self._channel = channel

    async def turn(
        self,
        before: Conversation,
        event: Event | None,
        after: Conversation,
        *,
        started: bool = False,
        once: bytes = b"",
    ) -> None:
        """Count what ``event`` did. ``started``: somebody came in with it.

        Done when it is written, so that a turn is only finished when it is counted. ``once``: the
        same mark counts one time in a day. Never raises, and never takes long.
        """
        if not self._counter.counting:
            return
        counts = counts_of(self._flow, before, event, after) if event is not None else ()
        if started:
            counts = (Count(Measure.START), *counts)
        if counts:
            campaign = self._campaigns.marked(after.origin or before.origin)
            code = str(campaign.code) if campaign else ""
            await self._counter.add(counts, self._channel, code, once)
