"""A link of a campaign opens what it begins with, under its line; no other link does any harm."""

import asyncio

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.campaigns.campaigns import Campaign
from bot.telegram.links import Opened, StartLinks
from dialogues.codec import Codec
from dialogues.entries import entries, entry
from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.entities import utf16_length
from tests.botapi.person import Person
from tests.made_once import FLOW
from tests.telegram.in_process import InProcessBot
from tests.telegram.judge import judge
from tests.web.campaigns import CAMPAIGNS, CHECK, ENDED, LINE, OPENING, PARTNER, START, TERM

BEGINS = {
    TERM: "Wat is cocreatie?",
    CHECK: "Vraag 1 van",
    START: "Welkom",
    ENDED: "Wat is cocreatie?",
}
LONGEST = 4_000  # characters of a text that an app sends


async def opened(person: Person, api: BotApi, *said: str) -> str:
    async with InProcessBot(api, FLOW, campaigns=CAMPAIGNS) as bot:
        for text in said:
            person.say(text)
            await bot.settle()
    return person.last.text


@pytest.mark.parametrize("campaign", OPENING, ids=lambda campaign: str(campaign.code))
async def test_its_link_opens_it_with_its_line_above(
    api: BotApi, anna: Person, campaign: Campaign
) -> None:
    said = await opened(anna, api, f"/start {campaign.payload}")

    assert BEGINS[campaign] in said
    if campaign == ENDED:
        assert LINE not in said
    else:
        assert said.startswith(f"{campaign.welcome}\n\n{PARTNER}\n\n")


@pytest.mark.parametrize("text", ["/start C-Zelf-Doen", "/START@test_bot  c-ZELF-DOEN\n"])
async def test_who_types_it_from_a_poster_is_understood(
    api: BotApi, anna: Person, text: str
) -> None:
    assert CHECK.welcome in await opened(anna, api, text)


async def test_it_is_a_fresh_conversation_that_carries_its_mark_and_nothing_else_says_so(
    api: BotApi, anna: Person
) -> None:
    said = await opened(anna, api, "/zelfcheck", "ja", f"/start {CHECK.payload}", "ja", "ja")

    assert "Vraag 3" in said
    assert LINE not in said
    keyboard = api.calls_of("sendMessage")[-1].params["reply_markup"]["inline_keyboard"]
    assert all(
        button["callback_data"].endswith(f"|{CHECK.mark}") for row in keyboard for button in row
    )
    assert str(CHECK.code) not in str(keyboard)


def test_everything_that_has_a_name_has_a_link(flow: Flow) -> None:
    links = StartLinks(flow.content, Codec(flow.content), CAMPAIGNS)
    for name in entries(flow.content):
        event = entry(flow.content, name)
        assert event is not None
        assert links.opened(f"/start {name}") == Opened(event, started=True)


@pytest.mark.parametrize("name", ["coproductie", "inspraak", "buurtpreventie", "volledig", "geen"])
async def test_it_opens_in_the_middle_of_the_check(api: BotApi, anna: Person, name: str) -> None:
    said = await opened(anna, api, "/zelfcheck", "ja", f"/start {name}")
    explained = anna.messages[-2].text

    assert "Vraag 2" in said
    assert explained
    assert "Welkom" not in explained


HOSTILE = [
    "c-",
    "c-geen-van-ons",
    "c-../../etc/passwd",
    "../c-zelf-doen",
    "c-zelf-doen/",
    "c-zelf-doen\0",
    "c-zelf\tdoen",
    "c-\u0437elf-doen",
    "c-zelf-do\u00e9n",
    "c-" + "a" * 62,
    "c-" + "a" * 63,
    "a" * 65,
    "\u202ec-zelf-doen",
    "c-zelf-doen c-zelf-doen",
    "%00",
    "<b>",
    "**c**",
    "'; DROP TABLE sums; --",
    "A" * 64,
    "A_" + CHECK.mark + "x",
    "c",
    "-",
    "_",
]


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("between", [" ", "\n", "\u00a0"])
async def test_a_payload_that_is_none_is_the_ordinary_welcome(
    api: BotApi, anna: Person, payload: str, between: str
) -> None:
    said = await opened(anna, api, f"/start{between}{payload}")

    assert "Welkom. Ik ben een computerprogramma" in said
    assert LINE not in said


payloads = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
    | st.from_regex(r"[A-Za-z0-9_-]{0,70}", fullmatch=True)
    | st.from_regex(r"[cC]-[a-z0-9-]{0,45}", fullmatch=True)
    | st.from_regex(r"A-?([a-z]{1,2}[A-Z]){0,9}(_[A-Za-z0-9_-]{4})?", fullmatch=True)
    | st.sampled_from([*entries(FLOW.content)])
)


@settings(max_examples=80)
@given(payloads)
@example("A_!!!!")
@example("vergeet")
@example("stop")
def test_any_payload_gets_a_reply(payload: str) -> None:
    async def replied() -> None:
        api = BotApi()
        anna = Person(api, 7)
        text = f"/start {payload}"
        assert utf16_length(text) < LONGEST
        async with InProcessBot(api, FLOW, campaigns=CAMPAIGNS) as bot:
            anna.say(text)
            await bot.settle()
            assert anna.last.buttons
            assert "Daar weet ik niets van" not in anna.last.text
            assert "Er ging iets mis" not in anna.last.text
            assert b'errors_total{kind="update"} 0.0' in bot.metrics.text()
        judge(api)

    asyncio.run(replied())
