"""Processes are killed at any moment while hundreds of people go on: nobody may notice."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from tests.botapi.faults import Fault, Faults, Kind
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace
from tests.telegram.crowd import Crowd
from tests.telegram.process import PUBLIC_URL, BotProcess, webhook_command, with_webhook
from tests.valkey import Valkey

PEOPLE = 200
KILLS = 6
SEEDS = (1,)
# A turn of a process that died keeps others of its chat off for five seconds.
UNHURRIED = Pace(slow=60.0)
# A client cannot notice all of these, so that a button may keep spinning or be answered twice.
STRIKING = (
    *(Kind.TOO_MANY_REQUESTS, Kind.SERVER_ERROR, Kind.BAD_GATEWAY),
    *(Kind.TIMEOUT, Kind.RESET_BEFORE, Kind.RESET_AFTER, Kind.HALF_BODY),
)


class RandomFaults(Faults):
    """One call in ten goes wrong, in some way or other."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._chance = random.Random(seed)
        self.struck = 0

    def take(self, method: str, chat_id: object) -> Fault | None:
        # What stands in the answer of a webhook is no call of its own in reality.
        if method == "answerCallbackQuery" or self._chance.random() >= 0.1:
            return None
        self.struck += 1
        kind = self._chance.choice(STRIKING)
        return Fault(kind, method, None, 1, retry_after=1, delay=0.2)


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer(webhook_pace=UNHURRIED) as server:
        yield server


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    with Valkey() as valkey:
        yield valkey


@contextmanager
def two_bots(server: BotApiServer, store: str, mode: str) -> Iterator[list[BotProcess]]:
    """Ready; what they logged is shown when something fails."""
    with ExitStack() as running:
        made = (
            [with_webhook(server, COPRO_STORE=store) for _ in range(2)]
            if mode == "webhook"
            else [
                BotProcess(server, COPRO_STORE=store, COPRO_PUBLIC_URL=PUBLIC_URL) for _ in range(2)
            ]
        )
        bots = [running.enter_context(bot) for bot in made]
        try:
            for bot in bots:
                bot.until(lambda process: "as @test_bot" in process.log)
            if mode == "webhook":
                assert webhook_command(server, "set").returncode == 0
            yield bots
        finally:
            print(*(bot.log for bot in bots), sep="\n")


def kills(
    bots: Sequence[BotProcess], chance: random.Random
) -> list[tuple[int, Callable[[], None]]]:
    """Each process again and again, and sometimes all of them at once, begun again at once."""

    def crash(struck: Sequence[BotProcess]) -> Callable[[], None]:
        def happens() -> None:
            for bot in struck:
                bot.kill()
            for bot in struck:
                bot.start()

        return happens

    moments = sorted(chance.sample(range(PEOPLE // 2, 6 * PEOPLE), KILLS))
    struck = [bots if chance.random() < 0.25 else [chance.choice(bots)] for _ in moments]
    return [(moment, crash(these)) for moment, these in zip(moments, struck, strict=True)]


def assert_place_lost_only_without_the_store(crowd: Crowd, bots: Sequence[BotProcess]) -> None:
    """On a machine that is busy a healthy store may take too long for a turn."""
    gone = any("the store is unavailable" in bot.log for bot in bots)
    assert gone or crowd.told_to_tap == 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mode", ["webhook", "polling"])
def test_kill_9_at_any_moment(server: BotApiServer, valkey: Valkey, mode: str, seed: int) -> None:
    with two_bots(server, valkey.address, mode) as bots:
        crowd = Crowd(server, PEOPLE, seed)
        crowd.walk(kills(bots, random.Random(seed)))
        crowd.people[0].person.wait_quiet(60)

        assert all("could not be handled" not in bot.log for bot in bots)
        assert_place_lost_only_without_the_store(crowd, bots)

    assert [one for one in server.violations if "answered twice" not in one] == []
    assert server.unanswered_queries() == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["webhook", "polling"])
def test_one_call_in_ten_goes_wrong(server: BotApiServer, valkey: Valkey, mode: str) -> None:
    with two_bots(server, valkey.address, mode) as bots:
        server.faults = faults = RandomFaults(seed=1)
        crowd = Crowd(server, 30, seed=2)
        crowd.walk()
        assert faults.struck > 20
        server.faults = Faults()
        crowd.people[0].person.wait_quiet(60)
        assert_place_lost_only_without_the_store(crowd, bots)
