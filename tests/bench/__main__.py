"""Benchmarks: `make bench`. Ratios against a baseline of the same run, medians of several rounds.

The machines that this runs on drift by a factor of two, so the ratios count and not the times.
"""

import asyncio
import statistics
import time
import warnings
from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.ext import Application
from telegram.warnings import PTBUserWarning

from bot.settings import TelegramSettings
from bot.store import MemoryStore
from bot.telegram.application import add_channel, build_application
from dialogues.conversation import handle
from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.state import NEW
from dialogues.understanding import Understanding
from tests.bench import understanding as understood
from tests.bench import web
from tests.bench.dialogue import DIALOGUE, Say, said, tapped
from tests.bench.instant import TOKEN, InstantRequest
from tests.bench.peer import Peer
from tests.telegram.in_process import telegram_texts_of_content

PEOPLE = 60
ROUNDS = 7
App = Application[Any, Any, Any, Any, Any, Any]


class Bench:
    """An application on the instant Bot API, with the updates of the dialogue for any person."""

    def __init__(self, add: Callable[[App], None]) -> None:
        self._add = add
        self.request = InstantRequest()
        settings = TelegramSettings(TOKEN, "http://bench/bot", "http://bench/file/bot")
        self.application = build_application(settings, self.request, self.request)
        self._script: list[Callable[[int, int], dict[str, object]]] = []

    async def prepare(self) -> None:
        """Hold the dialogue once and write down what each step sends."""
        await self.application.initialize()
        self._add(self.application)
        for step in DIALOGUE:
            if isinstance(step, Say):
                make = _say(step.text)
            else:
                make = _tap(step.label, self.request.keyboard)
            self._script.append(make)
            await self._handle(make(7, 1))

    async def _handle(self, update: dict[str, object]) -> None:
        await self.application.process_update(Update.de_json(update, self.application.bot))

    async def round(self, first_chat: int) -> float:
        """CPU microseconds per turn of many people who talk at the same time."""
        started = time.process_time()
        for number, make in enumerate(self._script):
            for chat in range(first_chat, first_chat + PEOPLE):
                await self._handle(make(chat, number))
        return 1e6 * (time.process_time() - started) / (PEOPLE * len(self._script))


def _say(text: str) -> Callable[[int, int], dict[str, object]]:
    return lambda chat, number: said(text, chat, number)


def _tap(
    label: str, keyboard: list[list[dict[str, str]]]
) -> Callable[[int, int], dict[str, object]]:
    buttons = [button for row in keyboard for button in row]
    data = next(b["callback_data"] for b in buttons if b["text"].startswith(label))
    return lambda chat, number: tapped(data, keyboard, chat, number)


def core_round(flow: Flow, understanding: Understanding) -> float:
    """CPU microseconds per turn of the core alone, with everything typed."""
    words = [step.text if isinstance(step, Say) else step.label for step in DIALOGUE]
    started = time.process_time()
    for _ in range(PEOPLE):
        conversation = NEW
        for word in words:
            event = understanding.read(word, conversation)
            conversation, _ = handle(flow, conversation, event)
    return 1e6 * (time.process_time() - started) / (PEOPLE * len(words))


async def main() -> None:
    flow = Flow(load())
    understanding = Understanding(flow)
    ours = Bench(lambda app: add_channel(app, flow, telegram_texts_of_content(), MemoryStore()))
    peer = Bench(Peer(flow).add_to)
    for bench in (ours, peer):
        await bench.prepare()
    calls = len(ours.request.calls), len(peer.request.calls)

    core, adapter, baseline = [], [], []
    for number in range(ROUNDS):
        core.append(core_round(flow, understanding))
        adapter.append(await ours.round(1000 * (number + 1)))
        baseline.append(await peer.round(1000 * (number + 1)))
    print(f"dialogue of {len(DIALOGUE)} turns, {PEOPLE} people at a time, {ROUNDS} rounds, medians")
    print(f"API calls in one dialogue: ours {calls[0]}, ConversationHandler {calls[1]}")
    base = statistics.median(baseline)
    for name, figures in (
        ("core alone, all typed", core),
        ("Telegram adapter in process", adapter),
        ("the same on ConversationHandler", baseline),
    ):
        middle = statistics.median(figures)
        print(f"{name:<33} {middle:8.0f} us per turn {middle / base:6.2f} of the baseline")


if __name__ == "__main__":
    with warnings.catch_warnings():
        # The peer is built as the library's examples are; its remarks on that are not ours.
        warnings.simplefilter("ignore", PTBUserWarning)
        asyncio.run(main())
    understood.main(Understanding(Flow(load())))
    asyncio.run(web.main())
