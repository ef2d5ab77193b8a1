"""The dialogue written down as updates for any person, by holding it once."""

import asyncio
import time
from collections.abc import Callable
from itertools import count
from typing import Protocol

from tests.bench.dialogue import DIALOGUE, Json, Keyboard, Say, data_of, said, tapped
from tests.bench.instant import Calls

PEOPLE = 60
_Make = Callable[[int, int], Json]  # of a chat and the number of the update
_chats, _updates = count(1000), count(1)


class InProcess(Protocol):
    """A bot without HTTP."""

    calls: Calls

    async def prepare(self) -> None: ...

    async def handle(self, raw: Json) -> None: ...


class Script:
    def __init__(self, bot: InProcess) -> None:
        self._bot = bot
        self._steps: list[_Make] = []

    async def prepare(self) -> None:
        await self._bot.prepare()
        self._bot.calls.names.clear()  # what a start takes is no part of the dialogue
        chat = next(_chats)
        for step in DIALOGUE:
            if isinstance(step, Say):
                make = _say(step.text)
            else:
                make = _tap(step.label, self._bot.calls.keyboard)
            self._steps.append(make)
            await self._bot.handle(make(chat, next(_updates)))

    @property
    def calls(self) -> int:
        """How many calls one dialogue took; to be asked before the first round."""
        return len(self._bot.calls.names)

    async def round(self, *, at_once: bool = False) -> float:
        """CPU microseconds per turn of many people who talk at the same time.

        ``at_once``: not one turn after another, but those of all people side by side.
        """
        people = [next(_chats) for _ in range(PEOPLE)]
        steps = [[make(chat, next(_updates)) for chat in people] for make in self._steps]
        self._bot.calls.names.clear()
        started = time.process_time()
        for updates in steps:
            if at_once:
                await asyncio.gather(*map(self._bot.handle, updates))
            else:
                for update in updates:
                    await self._bot.handle(update)
        return 1e6 * (time.process_time() - started) / (len(steps) * PEOPLE)

    async def meet(self, many: int) -> None:
        """Let ``many`` people answer the first question, each in a chat of their own."""
        answer = self._steps[2]
        for _ in range(many):
            await self._bot.handle(answer(next(_chats), next(_updates)))
            self._bot.calls.names.clear()


def _say(text: str) -> _Make:
    return lambda chat, number: said(text, chat, number)


def _tap(label: str, keyboard: Keyboard) -> _Make:
    data = data_of(label, keyboard)
    return lambda chat, number: tapped(data, keyboard, chat, number)
