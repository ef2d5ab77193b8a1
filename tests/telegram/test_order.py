"""Updates of one chat that come at the same time: as if they had come one by one."""

import asyncio
import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import MemoryStore
from dialogues.codec import Codec
from dialogues.events import Answer, Ask, Back, Change, Check, Event, Restart
from dialogues.state import Conversation
from tests.botapi.api import BotApi, Response
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.made_once import FLOW
from tests.telegram.in_process import InProcessBot

CODEC = Codec(FLOW.content)
CHATS = (7, 8)
STARTS = (
    Conversation(),
    Conversation({"publieke_waarde": "ja"}),
    Conversation({"publieke_waarde": "ja", "burgers": "weet_niet"}),
)
EVENTS: tuple[Event, ...] = (
    *(Answer("publieke_waarde", "ja"), Answer("publieke_waarde", "nee"), Answer("burgers", "ja")),
    *(Ask("coproductie"), Back(), Change(), Check(), Restart()),
)
texts = st.sampled_from(
    ["ja", "nee", "weet ik niet", "terug", "2", "/zelfcheck", "/opnieuw", "wat is cocreatie?", "?!"]
)
taps = st.builds(CODEC.encode, st.sampled_from(STARTS), st.sampled_from(EVENTS)).map(
    lambda data: ("tap", data)
)
actions = st.lists(
    st.tuples(
        st.sampled_from(CHATS),
        st.one_of(texts.map(lambda text: ("text", text)), taps, st.just(("photo", ""))),
    ),
    max_size=7,
)


class SlowApi(BotApi):
    """Each call takes some turns of the event loop, so that everything can overtake everything."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    async def respond(self, token: str, method: str, params: object) -> Response:
        for _ in range(self._chance.randrange(6)):
            await asyncio.sleep(0)
        return await super().respond(token, method, params)  # type: ignore[arg-type]  # passed on


class SlowStore(MemoryStore):
    """As one that is reached over a network."""

    async def get(self, key: str) -> str | None:
        await asyncio.sleep(0)
        return await super().get(key)

    async def put(self, key: str, value: str) -> None:
        await asyncio.sleep(0)
        await super().put(key, value)


class World:
    """Two people who have started, and the updates of what they do next."""

    def __init__(self, seed: int) -> None:
        self.api = SlowApi(random.Random(seed))
        self.people = {chat: Person(self.api, chat) for chat in CHATS}
        self.bot = InProcessBot(self.api, FLOW, SlowStore())

    async def begin(self, doing: Sequence[tuple[int, tuple[str, str]]]) -> list[Json]:
        for person in self.people.values():
            person.say("/zelfcheck")
        await self.bot.settle()
        for chat, (kind, what) in doing:
            person = self.people[chat]
            match kind:
                case "text":
                    person.say(what)
                case "tap":
                    person.tap_data(what, 2)
                case _:
                    person.send_photo()
        return self.api.state.take_updates()

    def seen(self) -> dict[int, str]:
        """What stands in each chat, with the buttons and what they carry."""
        return {
            chat: "\n".join(repr((m.text, m.buttons)) for m in person.messages) + person.dump()
            for chat, person in self.people.items()
        }


async def one_by_one(doing: Sequence[tuple[int, tuple[str, str]]]) -> dict[int, str]:
    world = World(0)
    async with world.bot:
        for update in await world.begin(doing):
            await world.bot.handle(update)
    return world.seen()


async def at_once(
    doing: Sequence[tuple[int, tuple[str, str]]], seed: int, again: Sequence[int]
) -> dict[int, str]:
    """All at the same moment, and some of them brought once more, while or after."""
    world = World(seed)
    async with world.bot:
        updates = await world.begin(doing)
        twice = [*updates]
        for place in again:
            if updates:
                number = place % len(updates)
                twice.insert(number + 1 + place % (len(twice) - number), updates[number])
        await asyncio.gather(*map(world.bot.handle, twice))
        for place in again:
            if updates:
                await world.bot.handle(updates[place % len(updates)])
    return world.seen()


@settings(max_examples=60, deadline=None)
@given(actions, st.integers(0, 2**32), st.lists(st.integers(0, 50), max_size=3))
def test_what_comes_at_once_does_what_it_does_one_by_one(
    doing: list[tuple[int, tuple[str, str]]], seed: int, again: list[int]
) -> None:
    async def both() -> tuple[dict[int, str], dict[int, str]]:
        return await one_by_one(doing), await at_once(doing, seed, again)

    expected, happened = asyncio.run(both())

    assert happened == expected
