"""Passing on: an explanation and the check by one button, an outcome only after a word about it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given

from bot.telegram.sharing import Sharing
from dialogues.codec import LIMIT, Codec, UnreadableButton
from dialogues.events import Ask
from dialogues.flow import Flow
from dialogues.state import NEW, Conversation
from dialogues.views import view
from tests.botapi.api import BotApi
from tests.botapi.parameters import Json
from tests.botapi.person import Person
from tests.botapi.seen import Seen
from tests.core.test_properties import CODEC, conversations
from tests.made_once import FLOW
from tests.telegram.in_process import InProcessBot, telegram_texts_of_content
from tests.web.campaigns import CAMPAIGNS, CHECK, TERM

SHARE, SHARE_OUTCOME, PASS_ON = "Deel dit", "Deel deze uitkomst", "Kies met wie u deelt"


def keyboards(api: BotApi, message: int) -> list[Json]:
    """The buttons below a message now, row by row."""
    return [button for row in api.state.chats[7].messages[message].rows for button in row]


def shared(api: BotApi, message: Seen, label: str = SHARE) -> tuple[str, str]:
    """What the button below a message passes on: an address and a text."""
    [button] = [each for each in keyboards(api, message.id) if each["text"] == label]
    assert message.buttons[-1] == [label]
    parts = urlsplit(button["url"])
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "t.me", "/share/url")
    query = parse_qs(parts.query, strict_parsing=True)
    assert query.keys() == {"url", "text"}
    return query["url"][0], query["text"][0]


def has(message: Seen, label: str) -> bool:
    return [label] in message.buttons


@pytest.mark.parametrize(
    ("asked", "name", "title"),
    [
        ("wat is coproductie?", "coproductie", "Wat is coproductie?"),
        ("inspraak", "inspraak", "Inspraak"),
        ("/start buurtpreventie", "buurtpreventie", ""),
        ("/start c-buurtfeest-2027", "cocreatie", "Wat is cocreatie?"),
    ],
)
async def test_an_explanation_is_passed_on_without_what_brought_the_person(
    api: BotApi, flow: Flow, anna: Person, asked: str, name: str, title: str
) -> None:
    async with InProcessBot(api, flow, campaigns=CAMPAIGNS) as bot:
        anna.say(asked)
        await bot.settle()
        address, said = shared(api, anna.last)
        anna.tap("Meer uitleg")
        await bot.settle()

    assert shared(api, anna.last) == (address, said)
    assert address == f"https://t.me/test_bot?start={name}"
    assert said.startswith(title)
    assert said.endswith("Coproductiewijzer")


async def test_in_the_middle_of_the_check_the_explanation_has_the_button_and_not_the_question(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, campaigns=CAMPAIGNS) as bot:
        anna.say(f"/start {CHECK.payload}")
        await bot.settle()
        assert shared(api, anna.last)[0] == "https://t.me/test_bot?start=zelfcheck"
        anna.say("wat is het primaire proces?")
        await bot.settle()
        explanation, question = anna.messages[-2:]
        assert shared(api, explanation)[0] == "https://t.me/test_bot?start=primair_proces"
        assert not has(question, SHARE)
        anna.tap("Ja")
        await bot.settle()
        assert "Vraag 2" in anna.last.text
        assert not has(anna.last, SHARE)
        anna.tap("Ontwerp", explanation)
        await bot.settle()

    edited = next(m for m in anna.messages if m.id == explanation.id)
    assert shared(api, edited)[0] == "https://t.me/test_bot?start=ontwerp"


async def test_the_welcome_has_the_button_and_what_only_concerns_the_person_has_not(
    api: BotApi, bot: InProcessBot, anna: Person
) -> None:
    anna.say("/start")
    await bot.settle()
    assert shared(api, anna.last)[0] == "https://t.me/test_bot?start=start"
    for text in ("privacy", "help", "blabla", "/zelfcheck", "ja", "terug", "wijzigen", "stop"):
        anna.say(text)
        await bot.settle()
        assert has(anna.last, SHARE) == (text == "/zelfcheck"), text
        assert not has(anna.last, SHARE_OUTCOME)


async def at_outcome(bot: InProcessBot, person: Person, start: str = "/zelfcheck") -> Seen:
    person.say(start)
    await bot.settle()
    person.tap("Nee")
    await bot.settle()
    return person.last


async def test_an_outcome_is_passed_on_only_when_somebody_asks_and_was_told_what_is_in_it(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, campaigns=CAMPAIGNS) as bot:
        outcome = await at_outcome(bot, anna, f"/start {CHECK.payload}")
        assert outcome.buttons[-1] == [SHARE_OUTCOME]
        assert "share/url" not in str(api.state.chats[7].messages[outcome.id].json)
        anna.tap(SHARE_OUTCOME)
        await bot.settle()

        told = anna.last
        assert "In deze link staan uw antwoorden" in told.text
        assert "deze uitkomst: geen coproductie" in told.text
        assert told.buttons == [[PASS_ON]]
        address, said = shared(api, told, PASS_ON)
        assert address == "https://t.me/test_bot?start=AwN"
        assert said == "Uitkomst van de zelfcheck: geen coproductie"
        assert outcome in anna.messages
        assert anna.notices == []

        anna.say("ook de andere vragen")
        await bot.settle()
        assert "Vraag 2" in anna.last.text

    bob = Person(api, 8)
    async with InProcessBot(api, flow) as bot:
        bob.say(f"/start {address.partition('=')[2]}")
        await bot.settle()
    assert outcome.text.endswith(bob.last.text)


async def test_an_explanation_at_an_outcome_has_a_button_of_its_own(
    api: BotApi, bot: InProcessBot, anna: Person
) -> None:
    await at_outcome(bot, anna)
    anna.say("wat is cocreatie?")
    await bot.settle()

    explanation, below = anna.messages[-2:]
    assert shared(api, explanation)[0] == "https://t.me/test_bot?start=cocreatie"
    assert not has(explanation, SHARE_OUTCOME)
    assert has(below, SHARE_OUTCOME)


async def test_two_taps_give_one_message(bot: InProcessBot, anna: Person) -> None:
    await at_outcome(bot, anna)
    anna.tap(SHARE_OUTCOME)
    anna.tap(SHARE_OUTCOME)
    await bot.settle()

    assert sum(has(message, PASS_ON) for message in anna.messages) == 1
    assert anna.notices[-1].text.startswith("Dit hebt u al gekozen")


async def test_a_button_of_before_a_restart_passes_on_its_own_answers(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow) as first:
        outcome = await at_outcome(first, anna)
    async with InProcessBot(api, flow) as second:
        anna.say("/zelfcheck")
        await second.settle()
        anna.tap("Ja")
        await second.settle()
        anna.tap(SHARE_OUTCOME, outcome)
        await second.settle()
        assert shared(api, anna.last, PASS_ON)[0].endswith("=AwN")

        anna.say("nee")
        await second.settle()
        assert "Inzet van inwoners: Inwoners steken er zelf geen tijd" in anna.last.text


@pytest.mark.parametrize("payload", ["AwX", "AwNbX", "AwNzzJ", "A", "AwJ", "A-wN", "", "wN"])
async def test_a_button_without_an_outcome_leaves_all_as_it_is_and_says_so(
    bot: InProcessBot, anna: Person, payload: str
) -> None:
    outcome = await at_outcome(bot, anna)
    anna.tap_data(f"deel|{payload}", outcome.id)
    await bot.settle()

    assert outcome in anna.messages
    assert not any(has(message, PASS_ON) for message in anna.messages)
    assert "Deze knop werkt niet meer" in anna.last.text


async def test_blocking_before_the_link_comes_breaks_nothing(
    bot: InProcessBot, anna: Person
) -> None:
    await at_outcome(bot, anna)
    anna.tap(SHARE_OUTCOME)
    anna.block()
    await bot.settle()

    assert not any(has(message, PASS_ON) for message in anna.messages)


@given(conversations)
def test_the_button_fits_and_has_the_answers_alone(conversation: Conversation) -> None:
    sharing = Sharing(FLOW, telegram_texts_of_content(), "test_bot")
    rows = sharing.rows(conversation, view(FLOW, conversation))
    assert len(rows) <= 1
    for [button] in rows:
        if "url" in button:
            assert not conversation.answers
            continue
        data = button["callback_data"]
        bare = Conversation(conversation.answers, complete=conversation.complete)
        assert len(data.encode()) <= LIMIT
        assert sharing.asked(data) == bare
        assert sharing.outcome(bare)
        with pytest.raises(UnreadableButton):
            CODEC.decode(data)


def test_every_explanation_has_a_link_that_fits(flow: Flow) -> None:
    sharing = Sharing(flow, telegram_texts_of_content(), "test_bot")
    content = flow.content
    for name in (*content.terms, *content.forms, *content.examples):
        about = Conversation(at=NEW.at, about=Ask(name), origin=TERM.mark)
        [[button]] = sharing.rows(about, view(flow, about))
        assert TERM.mark not in button["url"]
        assert Codec(content).opened(name) is None
