"""Below an outcome: the report as a file, and the same outcome on the web."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from hypothesis import given

from bot.address import link
from bot.report.queue import ReportQueue
from bot.telegram.outcome import OutcomeExtras
from dialogues.codec import LIMIT, UnreadableButton
from dialogues.flow import Flow
from dialogues.state import Conversation
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.botapi.seen import Seen
from tests.core.test_properties import CODEC, conversations
from tests.made_once import FLOW
from tests.telegram.in_process import InProcessBot, telegram_texts_of_content

WEB = "https://voorbeeld.nl/wijzer"
TO_PDF, TO_WEB, SHARE = "Bewaar als PDF", "Bekijk op de website", "Deel deze uitkomst"
NO_VALUE = Conversation({"publieke_waarde": "nee"})
Making = Callable[[Conversation], bytes]


def report(conversation: Conversation) -> bytes:
    """Says what it is about; the real report is made by the real process in test_process."""
    return str(dict(conversation.answers)).encode()


def files(person: Person) -> list[str]:
    return [m.document.content.decode() for m in person.messages if m.document]


async def at_outcome(bot: InProcessBot, person: Person) -> Seen:
    person.say("/zelfcheck")
    await bot.settle()
    person.tap("Nee")
    await bot.settle()
    return person.last


async def ask_report(bot: InProcessBot, person: Person, message: Seen | None = None) -> None:
    person.tap(TO_PDF, message)
    await bot.settle()


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        (WEB, True),
        ("http://wijzer.voorbeeld.nl", True),
        ("https://Voorbeeld.NL:8443/a/b", True),
        ("", False),
        ("http://localhost", False),
        ("http://localhost:8000/wijzer.nl", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://wijzer:8000", False),
        ("http://wijzer.", False),
        ("https://.nl", False),
        ("https://voorbeeld.nl:8000000", False),
    ],
)
async def test_the_web_is_offered_only_where_telegram_takes_the_address(
    api: BotApi, flow: Flow, anna: Person, address: str, offered: bool
) -> None:
    async with InProcessBot(api, flow, public_url=address) as bot:
        outcome = await at_outcome(bot, anna)

    assert "Geen coproductie" in outcome.text
    assert ([TO_WEB] in outcome.buttons) == offered
    assert [TO_PDF] not in outcome.buttons


async def test_the_buttons_stand_below_the_choices_of_every_outcome_and_nowhere_else(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, public_url=WEB, report=report) as bot:
        anna.say("/zelfcheck")
        await bot.settle()
        assert [TO_PDF] not in anna.last.buttons
        anna.tap("Nee")
        await bot.settle()
        assert anna.last.buttons[-3:] == [[TO_PDF], [TO_WEB], [SHARE]]
        anna.tap("Verder lezen")
        await bot.settle()
        assert anna.last.buttons[-3:] == [[TO_PDF], [TO_WEB], [SHARE]]

    keyboard = api.calls_of("sendMessage")[-1].params["reply_markup"]["inline_keyboard"]
    assert keyboard[-2][0]["url"] == link(flow, NO_VALUE, WEB)


async def test_the_report_is_a_file_and_everything_else_stays_where_it_was(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, report=report) as bot:
        outcome = await at_outcome(bot, anna)
        await ask_report(bot, anna)

        sent = anna.last
        assert sent.document is not None
        assert sent.document.name == "coproductiewijzer-uitkomst.pdf"
        assert sent.text == telegram_texts_of_content().report_caption
        assert files(anna) == [report(NO_VALUE).decode()]
        assert outcome in anna.messages
        assert anna.notices == []

        anna.say("ook de andere vragen")
        await bot.settle()
        assert "Vraag 2" in anna.last.text


async def test_two_taps_give_one_file(api: BotApi, flow: Flow, anna: Person) -> None:
    async with InProcessBot(api, flow, report=report) as bot:
        await at_outcome(bot, anna)
        anna.tap(TO_PDF)
        await ask_report(bot, anna)

    assert len(files(anna)) == 1
    assert anna.notices[-1].text.startswith("Dit hebt u al gekozen")


async def test_a_button_of_before_a_restart_gives_its_own_answers(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, report=report) as first:
        outcome = await at_outcome(first, anna)
    async with InProcessBot(api, flow, report=report) as second:
        anna.say("/zelfcheck")
        await second.settle()
        anna.tap("Ja")
        await second.settle()
        await ask_report(second, anna, outcome)
        assert files(anna) == [report(NO_VALUE).decode()]

        anna.say("nee")
        await second.settle()
        assert "Inzet van inwoners: Inwoners steken er zelf geen tijd" in anna.last.text


async def test_a_report_that_cannot_be_made_can_be_asked_for_again(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    faults = [OSError("no space")]

    def failing_once(conversation: Conversation) -> bytes:
        if faults:
            raise faults.pop()
        return report(conversation)

    async with InProcessBot(api, flow, report=failing_once) as bot:
        outcome = await at_outcome(bot, anna)
        await ask_report(bot, anna)
        assert anna.notices[-1].text.startswith("Er ging iets mis")
        assert anna.last == outcome

        await ask_report(bot, anna)
        assert len(files(anna)) == 1


@pytest.mark.parametrize("kind", ["too_many_requests", "server_error", "bad_gateway"])
async def test_a_refusal_for_now_is_tried_again(
    api: BotApi, flow: Flow, anna: Person, kind: str
) -> None:
    async with InProcessBot(api, flow, report=report) as bot:
        await at_outcome(bot, anna)
        api.faults.add(kind, method="sendDocument")
        await ask_report(bot, anna)

    assert api.faults.pending() == 0
    assert len(files(anna)) == 1
    assert anna.notices == []


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_file_that_may_have_arrived_is_not_sent_again_unasked(
    api: BotApi, flow: Flow, anna: Person, kind: str, arrived: int
) -> None:
    async with InProcessBot(api, flow, report=report) as bot:
        await at_outcome(bot, anna)
        api.faults.add(kind, method="sendDocument")
        await ask_report(bot, anna)
        assert len(files(anna)) == arrived
        assert anna.notices[-1].text.startswith("Er ging iets mis")

        await ask_report(bot, anna)
        assert len(files(anna)) == arrived + 1


@pytest.mark.parametrize("making", [report, None])
@pytest.mark.parametrize("payload", ["AwX", "AwNbX", "AwNzzJ", "A", "AwJ", "A-wN", "", "wN"])
async def test_a_button_without_a_report_leaves_the_outcome_and_says_so(
    api: BotApi, flow: Flow, anna: Person, payload: str, making: Making | None
) -> None:
    async with InProcessBot(api, flow, report=making) as bot:
        outcome = await at_outcome(bot, anna)
        anna.tap_data(f"pdf|{payload}", outcome.id)
        await bot.settle()

    assert outcome in anna.messages
    assert files(anna) == []
    assert "Deze knop werkt niet meer" in anna.last.text
    assert anna.last.buttons


async def test_blocking_while_the_report_is_made_breaks_nothing(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow, report=report) as bot:
        await at_outcome(bot, anna)
        anna.tap(TO_PDF)
        anna.block()
        await bot.settle()
        anna.unblock()
        anna.say("ja")
        await bot.settle()

    assert files(anna) == []
    assert "Ik weet niet bij welke vraag" in anna.last.text


async def test_nobody_waits_for_the_report_of_another(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    may_end = threading.Event()

    def slow(conversation: Conversation) -> bytes:
        assert may_end.wait(30)
        return report(conversation)

    bob = Person(api, 8)
    async with InProcessBot(api, flow, report=slow) as bot:
        await at_outcome(bot, anna)
        anna.tap(TO_PDF)
        [tap] = api.state.take_updates()
        in_hand = asyncio.create_task(bot.handle(tap))
        bob.say("/zelfcheck")
        await bot.settle()
        assert "Vraag 1" in bob.last.text
        assert files(anna) == []

        may_end.set()
        await in_hand
    assert len(files(anna)) == 1


@given(conversations)
def test_the_buttons_fit_and_carry_the_answers(conversation: Conversation) -> None:
    extras = OutcomeExtras(FLOW, telegram_texts_of_content(), "", ReportQueue(report))
    for [button] in extras.rows(conversation):
        data = button["callback_data"]

        assert len(data.encode()) <= LIMIT
        assert extras.asked(data) == Conversation(
            conversation.answers, complete=conversation.complete, origin=conversation.origin
        )
        with pytest.raises(UnreadableButton):
            CODEC.decode(data)
