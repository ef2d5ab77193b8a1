"""What Telegram answers, and what the bot makes of it: no error of a call loses a conversation."""

import pytest
from telegram.error import NetworkError, RetryAfter, TimedOut

from bot.metrics import Metrics
from bot.telegram.delivery import Delivery, Gone, NotEditable, Unchanged
from bot.telegram.render import Text
from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.bots import in_process_bot
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot

SHORT = Text("<b>kort</b>", "kort")


@pytest.fixture
def delivery(api: BotApi, anna: Person) -> Delivery:
    anna.say("hallo")
    return Delivery(in_process_bot(api), Metrics())


async def begin(bot: InProcessBot, person: Person) -> None:
    person.say("/zelfcheck")
    await bot.settle()


@pytest.mark.parametrize("kind", ["too_many_requests", "server_error", "bad_gateway"])
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
async def test_a_refusal_for_now_is_tried_again(
    bot: InProcessBot, api: BotApi, anna: Person, kind: str, method: str
) -> None:
    await begin(bot, anna)
    api.faults.add(kind, method=method)
    anna.tap("Nee")
    await bot.settle()

    assert api.faults.pending() == 0
    assert sum("Geen coproductie" in message.text for message in anna.messages) == 1


async def test_an_outcome_that_arrived_is_no_failure_when_the_question_stays_open(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    await begin(bot, anna)
    api.faults.add("server_error", method="editMessageText", times=9)
    anna.tap("Nee")
    await bot.settle()
    anna.tap("Nee")
    await bot.settle()
    api.faults.clear()

    assert sum("Geen coproductie" in message.text for message in anna.messages) == 1
    assert "Er ging iets mis" not in [notice.text for notice in anna.notices]


async def test_an_outcome_that_may_have_arrived_is_not_sent_again(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    await begin(bot, anna)
    api.faults.add("reset_after", method="sendMessage")
    anna.tap("Nee")
    await bot.settle()

    assert sum("Geen coproductie" in message.text for message in anna.messages) == 1
    assert "Er ging iets mis" in anna.notices[-1].text


async def test_after_a_fault_the_same_button_works_again(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    await begin(bot, anna)
    api.faults.add("reset_before", method="sendMessage")
    anna.tap("Nee")
    await bot.settle()
    assert not any("Geen coproductie" in message.text for message in anna.messages)

    anna.tap("Nee")
    await bot.settle()
    assert "Geen coproductie" in anna.last.text


async def test_a_step_is_repeated_after_a_reset(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    await begin(bot, anna)
    api.faults.add("reset_after", method="editMessageText")
    anna.tap("Ja")
    await bot.settle()

    assert "Vraag 2" in anna.last.text


async def test_one_chat_that_must_wait_does_not_hold_up_another(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    other = Person(api, 8)
    api.faults.add("too_many_requests", chat_id=anna.chat_id, method="sendMessage")
    async with InProcessBot(api, flow) as bot:
        anna.say("/zelfcheck")
        await bot.settle()
        other.say("/zelfcheck")
        await bot.settle()

    assert "Vraag 1" in anna.last.text
    assert "Vraag 1" in other.last.text


async def test_a_refused_text_is_sent_without_mark_up() -> None:
    api = BotApi()  # one of its own: this call breaks a rule, so the judge would not have it
    anna = Person(api, 7)
    anna.say("hallo")
    broken = Text("<b>open", "open")
    await Delivery(in_process_bot(api), Metrics()).send(anna.chat_id, broken, None, repeatable=True)

    assert anna.last.text == "open"


async def test_the_same_edit_twice_is_unchanged(delivery: Delivery, anna: Person) -> None:
    await delivery.send(anna.chat_id, SHORT, None, repeatable=True)

    with pytest.raises(Unchanged):
        await delivery.edit(anna.chat_id, anna.last.id, SHORT, None)


@pytest.mark.parametrize("way", ["delete", "let_age"])
async def test_a_message_that_is_gone_or_too_old_is_not_editable(
    delivery: Delivery, anna: Person, way: str
) -> None:
    await delivery.send(anna.chat_id, SHORT, None, repeatable=True)
    message = anna.last
    getattr(anna, way)(message)

    with pytest.raises(NotEditable):
        await delivery.edit(anna.chat_id, message.id, SHORT, None)


async def test_an_unknown_chat_is_gone(delivery: Delivery) -> None:
    with pytest.raises(Gone):
        await delivery.send(404, SHORT, None, repeatable=True)


async def test_a_blocked_chat_is_gone(delivery: Delivery, anna: Person) -> None:
    anna.block()

    with pytest.raises(Gone):
        await delivery.send(anna.chat_id, SHORT, None, repeatable=True)


async def test_an_answer_to_an_old_tap_is_no_fault(delivery: Delivery) -> None:
    await delivery.answer("1234567")


async def test_a_tap_of_long_ago_is_still_handled(flow: Flow) -> None:
    api = BotApi(query_lifetime=0.0)
    anna = Person(api, 7)
    async with InProcessBot(api, flow) as bot:
        await begin(bot, anna)
        anna.tap("Ja")
        await bot.settle()

    assert "Vraag 2" in anna.last.text


async def test_a_timed_out_message_that_may_not_be_doubled_is_given_up(
    delivery: Delivery, api: BotApi, anna: Person
) -> None:
    api.faults.add("timeout", method="sendMessage")

    with pytest.raises(TimedOut):
        await delivery.send(anna.chat_id, SHORT, None, repeatable=False)


async def test_endless_refusals_end(delivery: Delivery, api: BotApi, anna: Person) -> None:
    api.faults.add("too_many_requests", method="sendMessage", times=9, retry_after=0)

    with pytest.raises((RetryAfter, NetworkError)):
        await delivery.send(anna.chat_id, SHORT, None, repeatable=True)
    api.faults.clear()


async def test_the_person_hears_when_something_breaks(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    await begin(bot, anna)
    api.faults.add("server_error", method="sendMessage", times=4)
    anna.say("stop")
    await bot.settle()

    assert "Er ging iets mis" in anna.last.text
