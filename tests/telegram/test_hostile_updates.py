"""Ten thousand updates of the Bot API's shape with anything in them: none breaks the bot."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot

MANY = 10_000
Place = tuple[Any, object]


def usual(api: BotApi, anna: Person) -> list[Json]:
    """One of each kind that people send, and some that we never asked for."""
    anna.say("/zelfcheck Jansen")
    number = anna.say("ja")
    anna.edit(number, "nee")
    anna.send_photo("kijk")
    anna.send_album(2)
    anna.send_poll()
    anna.say_in_group(-100, "/start@test_bot")
    anna.tap_data("1|a|pwj||", number)
    anna.tap_data("1|k|coproductie||pwj.buj", 99)
    anna.tap_data("pdf|ApwJ", number)
    anna.block()
    anna.unblock()
    updates = api.state.take_updates()
    return [
        *updates,
        {"update_id": 1, "inline_query": {"id": "1", "query": "x", "offset": ""}},
        {"update_id": 2, "poll": {"id": "1"}},
        {"update_id": 3, "something_new": {"id": 5}},
    ]


def junk(chance: random.Random) -> object:
    deep: object = "x"
    for _ in range(chance.choice((3, 400))):
        deep = [deep] if chance.random() < 0.5 else {"message": deep}
    return chance.choice(
        (
            *(None, True, False, 0, -1, 2**63, 10**300, 1e308, float("nan"), float("inf"), 0.5),
            *("", "private", "group", "\ud800", "\x00", "ja", "/start", "1|a|pwj||", "9" * 5000),
            *(
                "é" * 5000,
                "🙂" * 3000,
                "/start Apw" + "J" * 900,
                "1|" * 900,
                "<b>&amp;",
                "nee\n" * 99,
            ),
            *([], {}, [[]], [None], {"id": None}, {"chat": {"id": 7, "type": "private"}}, deep),
        )
    )


def places(value: object) -> Iterator[Place]:
    """Everything in an update that can be something else."""
    if isinstance(value, dict):
        entries: list[tuple[object, object]] = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    else:
        return
    for key, inner in entries:
        yield value, key
        yield from places(inner)


def spoilt(update: Json, chance: random.Random) -> Json:
    made = copy.deepcopy(update)
    for _ in range(chance.choice((1, 1, 2, 5))):
        within, key = chance.choice(list(places(made)) or [(made, "update_id")])
        if chance.random() < 0.2 and isinstance(within, dict):
            within.pop(str(key), None)
        else:
            within[key] = junk(chance)
        if chance.random() < 0.1:
            made[chance.choice(("message", "callback_query", "edited_message"))] = junk(chance)
    return made


@pytest.mark.parametrize("seed", range(4))
async def test_no_update_breaks_the_bot(
    flow: Flow, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(seed)
    api = BotApi()
    anna = Person(api, 7)
    async with InProcessBot(api, flow) as bot:
        normal = usual(api, anna)
        for number in range(MANY // 4):
            update = spoilt(chance.choice(normal), chance)
            await bot.handle(update)
            if number % 500 == 0:
                # What comes over the line has been JSON.
                await bot.handle(json.loads(json.dumps(update)))

        anna.say("/zelfcheck")
        await bot.settle()

    assert "Vraag" in anna.last.text
    assert "could not be handled" not in caplog.text
    assert b'errors_total{kind="update"} 0.0' in bot.metrics.text()
    assert "Jansen" not in caplog.text
