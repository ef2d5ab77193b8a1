"""The emulated Bot API in process, a person, and a bot; each call is judged afterwards."""

from collections.abc import AsyncIterator, Iterator

import pytest

from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot
from tests.telegram.judge import judge


@pytest.fixture
def api() -> Iterator[BotApi]:
    api = BotApi()
    yield api
    judge(api)


@pytest.fixture
def anna(api: BotApi) -> Person:
    return Person(api, 7)


@pytest.fixture
async def bot(api: BotApi, flow: Flow) -> AsyncIterator[InProcessBot]:
    async with InProcessBot(api, flow) as bot:
        yield bot
