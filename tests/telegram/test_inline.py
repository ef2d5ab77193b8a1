"""Cards for any chat: what is understood comes first, nothing is about the person who types."""

import asyncio
import logging
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.counts.sqlite_counts import SqliteCounts
from bot.metrics import Metrics
from bot.telegram.cards import Cards
from bot.telegram.delivery import Delivery
from bot.telegram.render import Renderer
from dialogues.codec import Codec
from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.state import NEW
from tests.botapi.api import BotApi
from tests.botapi.bots import in_process_bot
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.conftest import ContentWith
from tests.made_once import FLOW, understanding_of
from tests.telegram.in_process import InProcessBot, telegram_texts_of_content
from tests.telegram.judge import judge
from tests.telegram.test_serve import bot as served

MAIN = ["coproductie", "cocreatie", "verschil", "participatie", "vormen", "waarom", "/zelfcheck"]
TO_BOT = "https://t.me/test_bot?start="


async def shown(bot: InProcessBot, person: Person, text: str, offset: str = "") -> list[Json]:
    query = person.type_inline(text, offset)
    await bot.settle()
    cards = person.cards(query)
    assert cards
    return cards


def names(cards: list[Json]) -> list[str]:
    return [str(card["id"]) for card in cards]


def links(card: Json) -> dict[str, str]:
    rows = card["reply_markup"]["inline_keyboard"]
    return {button["text"]: button["url"] for row in rows for button in row}


@pytest.mark.parametrize("text", ["", "  ", "wat voor weer wordt het morgen?", "/vergeet", "qqq"])
async def test_without_something_understood_the_most_important_is_shown(
    bot: InProcessBot, anna: Person, text: str
) -> None:
    assert names(await shown(bot, anna, text)) == MAIN


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("coproductie", "coproductie"),
        ("wat is koproduktie", "coproductie"),
        ("wie beslist er nou eigenlijk?", "wie_beslist"),
        ("inspraak", "inspraak"),
        ("is onze buurtpreventie koproduktie?", "buurtpreventie"),
        ("zelfcheck", "/zelfcheck"),
        ("is mijn idee coproductie?", "/zelfcheck"),
        ("/zelfcheck", "/zelfcheck"),
    ],
)
async def test_what_is_understood_comes_first_and_what_it_may_be_besides_after_it(
    bot: InProcessBot, anna: Person, text: str, first: str
) -> None:
    found = names(await shown(bot, anna, text))
    understood = understanding_of(FLOW).understand(text, NEW)

    assert found[0] == first
    near = [m.name for m in understood.matches if m.name in (*FLOW.content.terms, *MAIN)]
    assert [name for name in found[1:] if name in near] == [n for n in near if n != first]


async def test_a_card_is_an_explanation_with_its_sources_and_the_way_to_more(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    card, *_ = await shown(bot, anna, "wat is cocreatie?")

    assert card["title"] == "Wat is cocreatie?"
    assert card["description"]
    assert card["shown"].startswith("Wat is cocreatie?\n")
    assert "Bron" in card["shown"]
    assert links(card)["Lees meer"] == f"{TO_BOT}cocreatie"
    [call] = api.calls_of("answerInlineQuery")
    assert call.params["is_personal"] is False
    assert call.params["cache_time"] >= 300
    assert "next_offset" not in call.params


async def test_the_check_has_a_card_that_leads_to_it(bot: InProcessBot, anna: Person) -> None:
    card, *_ = await shown(bot, anna, "zelfcheck")

    assert links(card)["Doe de zelfcheck"] == f"{TO_BOT}zelfcheck"


SIMPLE = """\
- id: eenvoudig_coproductie
  naam: Coproductie in het kort
  vraag: Coproductie, in eenvoudige woorden
  tekst: |
    Mensen en de overheid doen samen iets.
  meer: |
    Mensen en de overheid doen samen iets.
- id: eenvoudig_cocreatie
  naam: Cocreatie in het kort
  vraag: Cocreatie, in eenvoudige woorden
  tekst: |
    Mensen en de overheid bedenken samen iets.
  meer: |
    Mensen en de overheid bedenken samen iets.
"""


def with_simple_words(content_with: ContentWith) -> Flow:
    """The content with the topic in simple words, also when the real one has another."""
    folder = content_with()
    (folder / "begrippen" / "eenvoudig.yaml").write_text(SIMPLE, encoding="utf-8")
    texts = folder / "teksten.yaml"
    words = texts.read_text(encoding="utf-8")
    if "  eenvoudig:" not in words:
        words = words.replace(
            "onderwerpen:\n", "onderwerpen:\n  eenvoudig: In eenvoudige woorden\n"
        )
    texts.write_text(words, encoding="utf-8")
    return Flow(load(folder))


async def test_every_card_leads_to_simple_words_where_there_are_any(
    api: BotApi, anna: Person, content_with: ContentWith
) -> None:
    label = "In eenvoudige woorden"
    async with InProcessBot(api, with_simple_words(content_with)) as bot:
        cards = {c["id"]: c for text in ("", "inspraak") for c in await shown(bot, anna, text)}

    to = {name: links(card).get(label) for name, card in cards.items()}
    assert to["coproductie"] == f"{TO_BOT}eenvoudig_coproductie"
    assert to["cocreatie"] == f"{TO_BOT}eenvoudig_cocreatie"
    assert {to["inspraak"], to["/zelfcheck"]} == {f"{TO_BOT}eenvoudig_coproductie"}
    assert to.get("eenvoudig_cocreatie") is None


async def test_nothing_of_the_person_is_in_the_cards_or_kept(
    api: BotApi, flow: Flow, anna: Person, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    async with InProcessBot(api, flow, counts=SqliteCounts(tmp_path / "counts")) as bot:
        before = await shown(bot, anna, "wat is coproductie van Jansen?")
        anna.say("/zelfcheck")
        await bot.settle()
        anna.tap("Ja")
        await bot.settle()
        counted = await bot.counter.read()
        assert await shown(bot, anna, "wat is coproductie van Jansen?") == before
        assert await bot.counter.read() == counted
        anna.say("nee")
        await bot.settle()

    assert "Geen coproductie" in anna.last.text
    assert "Jansen" not in caplog.text


typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=256)


@settings(max_examples=60)
@given(typed, typed)
@example("a" * 256, "x" * 64)
@example("\0\u202e", "-1")
@example("/start A-wJ", "")
@example("1", "999")
def test_whatever_is_typed_there_are_cards(text: str, offset: str) -> None:
    async def cards() -> list[Json]:
        api = BotApi()
        async with InProcessBot(api, FLOW) as bot:
            found = await shown(bot, Person(api, 7), text, offset)
            assert b'errors_total{kind="update"} 0.0' in bot.metrics.text()
        judge(api)
        return found

    assert 1 <= len(asyncio.run(cards())) <= 50


async def test_everything_in_the_content_can_be_a_card(api: BotApi, anna: Person) -> None:
    renderer = Renderer(FLOW.content.texts, Codec(FLOW.content))
    cards = Cards(FLOW, telegram_texts_of_content(), renderer, "test_bot")
    everything = sorted(cards.names)
    async with in_process_bot(api) as bot:
        for first in range(0, len(everything), 50):
            some = everything[first : first + 50]
            query = anna.type_inline("")
            await Delivery(bot, Metrics()).show(query, f"[{','.join(map(cards.card, some))}]")
            assert names(anna.cards(query) or []) == some


async def test_who_types_on_gets_the_cards_of_each_query(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    queries = [anna.type_inline("coproductie"[:length]) for length in range(1, 12)]
    others = [Person(api, 100 + n).type_inline("cocreatie") for n in range(40)]
    await asyncio.gather(*map(bot.handle, api.state.take_updates()))

    assert all(anna.cards(query) for query in (*queries, *others))


async def test_too_late_is_no_fault(flow: Flow) -> None:
    api = BotApi(query_lifetime=-1)
    anna = Person(api, 7)
    async with InProcessBot(api, flow) as bot:
        query = anna.type_inline("coproductie")
        await bot.settle()
        assert b'errors_total{kind="telegram"} 0.0' in bot.metrics.text()
        assert b'errors_total{kind="update"} 0.0' in bot.metrics.text()
    assert anna.cards(query) is None


@pytest.mark.parametrize("kind", ["too_many_requests", "reset_before", "server_error"])
async def test_what_cannot_be_answered_now_is_given_up_at_once(
    flow: Flow, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    api = BotApi()
    anna = Person(api, 7)
    async with InProcessBot(api, flow) as bot:
        api.faults.add(kind, method="answerInlineQuery", times=2)
        query = anna.type_inline("Jansen")
        await bot.settle()
        assert anna.cards(query) is None
        assert api.faults.pending() == 1
        api.faults.clear()
        assert await shown(bot, anna, "coproductie")
        silent = kind == "too_many_requests"
        assert (b'errors_total{kind="update"} 0.0' in bot.metrics.text()) == silent
        assert (b"too_many_requests_total 1.0" in bot.metrics.text()) == silent
    assert "Jansen" not in caplog.text


async def test_over_http_beside_a_conversation(flow: Flow) -> None:
    stopping = asyncio.Event()
    with BotApiServer() as server:
        anna = Person(server, 7)
        polling = asyncio.create_task(served(flow, server, server.token).poll(stopping))
        anna.say("/zelfcheck")
        query = anna.type_inline("wat is koproduktie")
        await anna.wait_async(lambda person: bool(person.cards(query)))
        await anna.wait_async(lambda person: "Vraag 1" in person.last.text)
        assert names(anna.cards(query) or [])[0] == "coproductie"
        assert server.state.allowed_updates is not None
        assert "inline_query" in server.state.allowed_updates

        stopping.set()
        await polling
        assert server.state.pending_count == 0
    judge(server)
