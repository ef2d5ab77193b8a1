"""Inline mode: somebody types ``@bot`` and a question in any chat, and passes on an explanation.

Nothing is remembered, counted or logged of what is typed.
"""

from collections.abc import Iterator

from telegram.constants import InlineQueryLimit

from bot.telegram.cards import CHECK, Cards
from bot.telegram.delivery import Delivery
from bot.telegram.incoming import Inquiry
from dialogues.content import Content
from dialogues.events import Ask, Assess, Check, Event, Suggest, Unknown
from dialogues.state import NEW
from dialogues.understanding import Understanding


class InlineMode:
    def __init__(
        self, content: Content, understanding: Understanding, cards: Cards, delivery: Delivery
    ) -> None:
        self._understanding = understanding
        self._cards = cards
        self._delivery = delivery
        # A topic with a term of the same name is about that term.
        self._main = [*(name for name in content.topics if name in content.terms), CHECK]

    async def answer(self, inquiry: Inquiry) -> None:
        """Raises a TelegramError that is a fault."""
        names = self._meant(inquiry.text)[: InlineQueryLimit.RESULTS]
        await self._delivery.show(inquiry.query, f"[{','.join(map(self._cards.card, names))}]")

    def _meant(self, text: str) -> list[str]:
        """What a text may mean, best first; what is most important when that is not known."""
        understood = self._understanding.understand(text, NEW)
        if isinstance(understood.event, Unknown):
            return self._main
        near = (match.name for match in understood.matches if match.name in self._cards.names)
        return list(dict.fromkeys((*_named(understood.event), *near))) or self._main


def _named(event: Event) -> Iterator[str]:
    """The names of the cards for what was understood."""
    match event:
        case Ask(name=name):
            yield name
        case Check() | Assess():
            yield CHECK
        case Suggest(events=events):
            for one in events:
                yield from _named(one)
