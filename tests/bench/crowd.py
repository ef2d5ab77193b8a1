"""People who hold the dialogue over a webhook, each tapping what the last reply showed."""

import asyncio
import json
import statistics
import time
from dataclasses import dataclass
from itertools import count

from tests.bench.dialogue import DIALOGUE, Json, Say, data_of, said, tapped
from tests.bench.raw_http import Asking
from tests.bench.server import Server

CONNECTIONS = 40  # what Telegram opens unless it is told otherwise
_PATIENCE = 30.0  # seconds for what is in hand at the end of a round
_chats, _updates = count(1000), count(1)


@dataclass(frozen=True, slots=True)
class Round:
    """What happened in a while. ``p50``, ``p99``: milliseconds until the reply was visible."""

    turns: int
    rate: float  # turns per second
    rate_of_cpu: float  # turns per second that the server computed
    p50: float
    p99: float
    calls: float  # per turn, those in the response not counted
    busy: float  # how much of a core the measuring itself took


class Person:
    def __init__(self, server: Server) -> None:
        self._server = server
        self._chat = next(_chats)
        self._step = 0

    async def turn(self, connection: Asking) -> tuple[float, float]:
        """Do one thing; when it was done, and when the reply was visible."""
        stub = self._server.stub
        if self._step == len(DIALOGUE):
            stub.forget(self._chat)
            self._chat, self._step = next(_chats), 0
        body = json.dumps(self._update()).encode()
        shown = stub.shown(self._chat)
        started = time.perf_counter()
        stub.responded(await connection.post(self._server.path, self._server.headers, body))
        moment = await shown
        self._step += 1
        return started, moment

    def _update(self) -> Json:
        step = DIALOGUE[self._step]
        if isinstance(step, Say):
            return said(step.text, self._chat, next(_updates))
        keyboard = self._server.stub.keyboard(self._chat)
        return tapped(data_of(step.label, keyboard), keyboard, self._chat, next(_updates))


class Crowd:
    """As many people as Telegram has connections to the bot, each with an update under way.

    ``pause``: seconds that they take between a reply and the next thing they do.
    """

    def __init__(self, server: Server, people: int = CONNECTIONS, pause: float = 0.0) -> None:
        self._server = server
        self._pause = pause
        self._people = [Person(server) for _ in range(people)]

    async def spread(self) -> None:
        """Let everybody begin, and come to another step of the dialogue."""
        await asyncio.gather(
            *(
                self._walk(person, number % len(DIALOGUE))
                for number, person in enumerate(self._people)
            )
        )

    async def _walk(self, person: Person, steps: int) -> None:
        connection = await self._server.connect()
        for _ in range(steps):
            await person.turn(connection)
        connection.close()

    async def round(self, seconds: float, delay: float) -> Round:
        # New ones each time: a server hangs up on who is silent while others have their turn.
        connections = [await self._server.connect() for _ in self._people]
        stub = self._server.stub
        stub.delay, stub.calls = delay, 0
        cpu, own = self._server.cpu_seconds(), time.process_time()
        started = time.perf_counter()
        until = started + seconds
        talking = [
            asyncio.create_task(_talk(person, connection, until, self._pause))
            for person, connection in zip(self._people, connections, strict=True)
        ]
        await asyncio.sleep(seconds)
        cpu, own = self._server.cpu_seconds() - cpu, time.process_time() - own
        calls = stub.calls
        stub.delay = 0.0  # so that nothing is in hand any more when another server has its turn
        async with asyncio.timeout(_PATIENCE):
            turns = [turn for each in await asyncio.gather(*talking) for turn in each]
        for connection in connections:
            connection.close()
        took = sorted(1e3 * (moment - began) for began, moment in turns if moment <= until)
        return Round(
            turns=len(took),
            rate=len(took) / seconds,
            rate_of_cpu=len(took) / cpu,
            p50=statistics.median(took),
            p99=took[int(0.99 * len(took))],
            calls=calls / len(took),
            busy=own / seconds,
        )


async def _talk(
    person: Person, connection: Asking, until: float, pause: float
) -> list[tuple[float, float]]:
    turns = []
    while time.perf_counter() < until:
        turns.append(await person.turn(connection))
        if pause:
            await asyncio.sleep(pause)
    return turns
