"""Updates to the webhook of a bot, posted as the real server does it.

Taken from the behaviour of tdlib/telegram-bot-api: the updates of one lane go one at a time and in
order, lanes go side by side. The texts of a chat and the taps of its person are two lanes. Only the
oldest updates take part, so chats that keep failing can hold up the others.
"""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import aiohttp

from tests.botapi.api import BotApi
from tests.botapi.parameters import Json
from tests.botapi.webhook_http import Answer, Post, call_in

_LONGEST_WAIT = 3600  # seconds of a Retry-After that count
Lane: TypeAlias = tuple[str, int]


@dataclass(frozen=True)
class Pace:
    """Seconds, except where said otherwise.

    The first failure of an update is followed by another try at once, later ones by pauses that
    double from `first_pause` to `longest_pause` (in reality from 2 to 60 or more). `slow` is what
    an answer may take before it counts as a violation, `time_out` what is waited for one. After
    answers 410 alone during `gone_after` the webhook is removed.
    """

    first_pause: float = 0.05
    longest_pause: float = 0.5
    slow: float = 10.0
    time_out: float = 60.0
    gone_after: float = 23 * 3600.0


DEFAULT_PACE = Pace()


@dataclass(frozen=True)
class Posted:
    """One try to deliver an update.

    `status` is 0 when there was no answer. `method` is the call that stood in the answer.
    """

    update_id: int
    target: str
    status: int
    seconds: float
    method: str | None = None


class WebhookDelivery:
    """Delivers while `run` runs. `targets` gives the local addresses behind a public origin."""

    def __init__(self, api: BotApi, targets: dict[str, list[str]], pace: Pace) -> None:
        self.posted: list[Posted] = []
        self._api = api
        self._targets = targets
        self._pace = pace
        self._turn = itertools.count()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._gone_since: float | None = None

    async def run(self) -> None:
        """Deliver until cancelled."""
        webhook: Json | None = None
        post: Post | None = None
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:
            with self._api.changes() as changed:
                try:
                    while True:
                        current = self._api.state.webhook
                        if current is not webhook:
                            await self._end()
                            webhook, self._gone_since = current, None
                        if webhook:
                            if post is None or post.webhook is not webhook:
                                post = Post(
                                    session, webhook, self._target_order, self._pace.time_out
                                )
                            self._start_lanes(post, changed)
                        await changed.wait()
                        changed.clear()
                finally:
                    await self._end()

    async def _end(self) -> None:
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()

    def _start_lanes(self, post: Post, changed: asyncio.Event) -> None:
        for lane in dict.fromkeys(map(_lane, self._window(post))):
            if lane not in self._lanes:
                task = asyncio.create_task(self._work_off(lane, post))
                self._lanes[lane] = task
                task.add_done_callback(self._ended(lane, changed))

    def _ended(self, lane: Lane, changed: asyncio.Event) -> Callable[[asyncio.Task[None]], None]:
        def forget(task: asyncio.Task[None]) -> None:
            if task.cancelled():
                return
            if error := task.exception():
                self._api.violations.append(f"webhook: the emulator failed: {error!r}")
            self._lanes.pop(lane, None)
            changed.set()

        return forget

    def _window(self, post: Post) -> list[Json]:
        return self._api.state.pending(2 * post.webhook["max_connections"])

    def _target_order(self, origin: str) -> list[str]:
        targets = list(self._targets.get(origin, ()))
        first = next(self._turn) % len(targets) if targets else 0
        return targets[first:] + targets[:first]

    async def _work_off(self, lane: Lane, post: Post) -> None:
        failures: Counter[int] = Counter()
        while update := next((one for one in self._window(post) if _lane(one) == lane), None):
            number = update["update_id"]
            begin = time.monotonic()
            answer = await post(update)
            taken = time.monotonic() - begin
            method = await self._read(answer, number, taken)
            self.posted.append(Posted(number, answer.target, answer.status, taken, method))
            if 200 <= answer.status <= 299:
                self._gone_since = None
                self._api.state.confirm_one(number)
                continue
            self._remember(answer)
            failures[number] += 1
            if answer.retry_after:
                await asyncio.sleep(min(answer.retry_after, _LONGEST_WAIT))
            elif failures[number] > 1:
                pause = self._pace.first_pause * 2.0 ** (failures[number] - 2)
                await asyncio.sleep(min(pause, self._pace.longest_pause))

    async def _read(self, answer: Answer, number: int, taken: float) -> str | None:
        problem = None
        method = None
        if answer.status and taken > self._pace.slow:
            problem = f"answered after {taken:.1f} s"
        if 200 <= answer.status <= 299 and answer.body:
            params, misread = call_in(answer)
            problem = misread or problem
            if params:
                method = str(params.pop("method"))
                await self._api.respond(self._api.token, method, params)
        if problem:
            self._api.violations.append(f"webhook: update {number}: {problem}")
        return method

    def _remember(self, answer: Answer) -> None:
        state = self._api.state
        error = answer.reason
        if answer.status:
            error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        state.webhook_error = {"last_error_date": int(time.time()), "last_error_message": error}
        if answer.status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = time.monotonic()
        elif time.monotonic() - self._gone_since > self._pace.gone_after:
            with state.lock:
                state.webhook = None
                state.wake()


def _lane(update: Json) -> Lane:
    (kind,) = update.keys() - {"update_id"}
    content = update[kind]
    if kind == "callback_query":
        return "taps", content["from"]["id"]
    return "members" if "chat_member" in kind else "messages", content["chat"]["id"]
