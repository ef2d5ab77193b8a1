"""A link to the bot that carries answers opens them; any other link is an ordinary start."""

import pytest

from dialogues.codec import Codec
from dialogues.flow import Flow
from dialogues.state import Conversation, place_of
from dialogues.ways import ways
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot


async def test_every_outcome_and_every_open_question_is_opened(
    bot: InProcessBot, flow: Flow, anna: Person
) -> None:
    codec = Codec(flow.content)
    by_place = {place_of(flow, way): way for way in ways(flow)}
    for place, conversation in by_place.items():
        anna.say(f"/start {codec.payload(conversation)}")
        await bot.settle()

        outcome = flow.content.outcomes.get(place)
        shown = outcome.sentence if outcome else flow.content.questions[place].text
        assert any(shown in m.text for m in anna.messages[-3:] if m.from_bot)
    assert by_place.keys() == flow.content.questions.keys() | flow.content.outcomes.keys()


async def test_what_was_opened_goes_on_by_typing_and_tapping(
    bot: InProcessBot, anna: Person
) -> None:
    anna.say("/start AwJbJ")
    await bot.settle()
    assert "Vraag 3 van hooguit 8" in anna.last.text

    anna.say("nee")
    await bot.settle()
    assert "Inzet van medewerkers" in anna.last.text
    anna.tap("Antwoorden wijzigen")
    await bot.settle()
    assert ["Inzet van inwoners: Ja"] in anna.last.buttons


async def test_the_answers_of_a_link_take_the_place_of_those_before(
    bot: InProcessBot, anna: Person
) -> None:
    anna.say("/zelfcheck")
    anna.say("ja")
    anna.say("/start@test_bot A-wN")
    await bot.settle()

    assert "Vraag 2" in anna.last.text
    anna.tap("Antwoorden wijzigen")
    await bot.settle()
    assert anna.last.buttons[0] == ["Publieke waarde: Nee"]


async def test_answers_that_are_gone_are_told(bot: InProcessBot, anna: Person) -> None:
    anna.say("/start AwJzzNbX")
    await bot.settle()

    assert "De vragen zijn intussen aangepast" in anna.last.text
    assert "Vraag 2" in anna.last.text


@pytest.mark.parametrize(
    "payload", ["a", "Aw", "AJ", "AwJ.", "A--wJ", "AwJ-", "BwJ", "awj", "AwJ bN", "A\u00eaJ", "1wJ"]
)
async def test_what_cannot_be_read_is_an_ordinary_start(
    bot: InProcessBot, anna: Person, payload: str
) -> None:
    anna.say(f"/start {payload}")
    await bot.settle()

    assert "Welkom" in anna.last.text


async def test_in_a_group_a_link_shows_no_answers(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    anna.say_in_group(-1001, "/start@test_bot AwN")
    await bot.settle()

    [sent] = api.calls_of("sendMessage")
    [[button]] = sent.params["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/test_bot?start=start"


async def test_a_link_that_is_opened_twice_shows_the_same(bot: InProcessBot, anna: Person) -> None:
    for _ in range(2):
        anna.say("/start AwN")
        await bot.settle()

    first, second = (m for m in anna.messages if m.from_bot)
    assert first.text == second.text
    assert first.buttons == second.buttons


def test_a_payload_is_short(flow: Flow) -> None:
    everything: dict[str, str] = {
        question.id: question.options[-1].id for question in flow.content.questions.values()
    }

    payload = Codec(flow.content).payload(Conversation(everything, complete=True))
    assert payload == "A-wWbWpWuWdWgWkWoW"
