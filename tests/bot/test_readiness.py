"""A process says that it is ready when it can do its job, and only then."""

import asyncio

import pytest

from bot import stopping
from bot.readiness import Part, Readiness, State
from bot.stopping import Stopping


@pytest.mark.parametrize(
    ("states", "ready"),
    [
        ({"web": "starting"}, False),
        ({"web": "ok"}, True),
        ({"web": "ok", "telegram": "starting"}, True),
        ({"web": "ok", "telegram": "unreachable"}, True),
        ({"web": "ok", "telegram": "ok", "store": "unreachable"}, True),
        ({"web": "starting", "telegram": "ok"}, False),
        ({"telegram": "starting"}, False),
        ({"telegram": "ok"}, True),
        ({"telegram": "unreachable"}, False),
        ({"telegram": "ok", "store": "starting"}, True),
        ({"telegram": "ok", "store": "unreachable"}, True),
        ({"telegram": "unreachable", "store": "ok"}, False),
    ],
)
def test_it_is_ready_when_it_can_do_its_job(states: dict[Part, State], ready: bool) -> None:
    readiness = Readiness(*states)
    assert not readiness.ready

    for part, state in states.items():
        readiness.tell(part, state)

    assert readiness.ready == ready
    assert readiness.text().splitlines() == [f"{part} {state}" for part, state in states.items()]


def test_a_part_that_comes_back_counts_again() -> None:
    readiness = Readiness("telegram")
    told: list[State] = ["ok", "unreachable", "ok"]
    seen = []
    for state in told:
        readiness.tell("telegram", state)
        seen.append(readiness.ready)

    assert seen == [True, False, True]


def test_who_stops_is_not_ready_whatever_comes() -> None:
    readiness = Readiness("web")
    readiness.tell("web", "ok")
    readiness.stop()
    readiness.tell("web", "ok")

    assert not readiness.ready
    assert readiness.text() == "web ok\nstopping\n"


async def test_at_a_sigterm_it_stays_open_until_that_can_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stopping, "LINGER", 0.05)
    readiness = Readiness("web")
    readiness.tell("web", "ok")
    end = Stopping(readiness)

    end.gently()

    assert (readiness.ready, end.told.is_set(), end.closing.is_set()) == (False, True, False)
    await asyncio.wait_for(end.closing.wait(), 10)


async def test_at_the_keyboard_it_closes_at_once_also_when_it_was_told_before() -> None:
    readiness = Readiness("web")
    readiness.tell("web", "ok")
    end = Stopping(readiness)
    end.gently()
    end.at_once()

    assert (readiness.ready, end.told.is_set(), end.closing.is_set()) == (False, True, True)
