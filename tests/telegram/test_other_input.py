"""Everything that is not the expected input gets one clear reply and loses nothing."""

from collections.abc import Callable

import pytest

from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot, telegram_texts_of_content

SEND: dict[str, Callable[[Person], object]] = {
    "photo": lambda person: person.send_photo("kijk"),
    "voice": lambda person: person.send_voice(),
    "sticker": lambda person: person.send_sticker(),
    "location": lambda person: person.send_location(),
    "poll": lambda person: person.send_poll(),
    "contact": lambda person: person.send_contact(),
    "album": lambda person: person.send_album(4),
}


async def at_second_question(bot: InProcessBot, person: Person) -> None:
    person.say("/zelfcheck")
    await bot.settle()
    person.tap("Ja")
    await bot.settle()


def from_bot(person: Person) -> int:
    return sum(message.from_bot for message in person.messages)


@pytest.mark.parametrize("kind", SEND)
async def test_an_attachment_gets_one_line_and_the_question(
    bot: InProcessBot, anna: Person, kind: str
) -> None:
    await at_second_question(bot, anna)
    before = from_bot(anna)
    SEND[kind](anna)
    await bot.settle()

    assert from_bot(anna) == before + 1
    assert "Ik kan alleen tekst en knoppen lezen" in anna.last.text
    assert "Vraag 2" in anna.last.text


async def test_each_album_gets_its_own_line(bot: InProcessBot, anna: Person) -> None:
    for _ in range(2):
        anna.send_album(3)
        await bot.settle()

    assert from_bot(anna) == 2


async def test_an_edited_message_is_no_new_answer(bot: InProcessBot, anna: Person) -> None:
    await at_second_question(bot, anna)
    said = anna.say("ja")
    await bot.settle()
    anna.edit(said, "nee")
    await bot.settle()

    assert "Typ wijzigen" in anna.last.text
    assert "Vraag 3" in anna.last.text


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/start", "Welkom"),
        ("/start campagne-2027", "Welkom"),
        ("/start ladder", "Wat betekent coproduceren op de participatieladder?"),
        ("/start uitdaagrecht", "nemen een taak van de gemeente over"),
        ("/start zelfcheck", "Vraag 1"),
        ("/start ../../etc/passwd", "Welkom"),
        ("/zelfcheck", "Vraag 1"),
        ("/begrippen", "Waarover wilt u meer weten?"),
        ("/voorbeelden", "Kies een terrein of een uitkomst"),
        ("/start buurtpreventie", "Buurtpreventie met de wijkagent"),
        ("/verder", "Roset Twente"),
        ("/help", "Typ zelfcheck"),
        ("/opnieuw", "We beginnen opnieuw"),
        ("/stop", "U bent gestopt"),
        ("/privacy", "Telegram zelf bewaart de berichten"),
        ("/vergeet", "Wilt u alles wissen?"),
        ("/START", "Welkom"),
        ("/start@test_bot", "Welkom"),
        ("/bestaat_niet", "Daar weet ik niets van"),
        ("/", "Daar weet ik niets van"),
    ],
)
async def test_every_command_works_from_nothing(
    bot: InProcessBot, anna: Person, command: str, expected: str
) -> None:
    anna.say(command)
    await bot.settle()

    assert any(expected in message.text for message in anna.messages if message.from_bot)


@pytest.mark.parametrize("command", [c.name for c in telegram_texts_of_content().commands])
async def test_every_command_works_in_the_middle_of_the_check(
    bot: InProcessBot, anna: Person, command: str
) -> None:
    await at_second_question(bot, anna)
    anna.say(f"/{command}")
    await bot.settle()

    assert "Daar weet ik niets van" not in anna.last.text
    assert anna.last.buttons


@pytest.mark.parametrize(
    "text", ["hallo wereld hoe gaat het", "<b>vet</b> & <script>", "a" * 4000, "\u202e\u0000🙂"]
)
async def test_nonsense_gets_the_question_again(bot: InProcessBot, anna: Person, text: str) -> None:
    await at_second_question(bot, anna)
    anna.say(text)
    await bot.settle()

    story = len(text) > 60
    expected = "Ik kan geen heel verhaal lezen" if story else "Daar weet ik niets van"
    assert expected in anna.last.text
    assert "Vraag 2" in anna.last.text


async def test_forgetting_asks_first_and_then_knows_nothing(
    bot: InProcessBot, anna: Person
) -> None:
    await at_second_question(bot, anna)
    anna.say("/vergeet")
    await bot.settle()
    anna.tap("Nee, wis niets")
    await bot.settle()
    assert "Vraag 2" in anna.last.text

    anna.say("/vergeet")
    await bot.settle()
    anna.tap("Ja, wis alles")
    await bot.settle()
    assert "Verwijder dan dit gesprek in Telegram" in anna.last.text

    anna.say("ja")
    await bot.settle()
    assert "Ik weet niet bij welke vraag" in anna.last.text


async def test_in_a_group_there_is_only_the_way_to_the_private_chat(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    group = -1001
    anna.say_in_group(group, "/start@test_bot")
    anna.say_in_group(group, "/help")
    anna.say_in_group(group, "/zelfcheck@another_bot")
    anna.say_in_group(group, "ja")
    await bot.settle()

    sent = api.calls_of("sendMessage")
    assert [call.params["chat_id"] for call in sent] == [group, group]
    [[button]] = sent[0].params["reply_markup"]["inline_keyboard"]
    assert button["url"] == "https://t.me/test_bot?start=start"


async def test_a_command_of_the_private_chat_is_not_answered_in_a_group(
    bot: InProcessBot, api: BotApi, anna: Person
) -> None:
    anna.say_in_group(-1001, "/zelfcheck")
    await bot.settle()

    assert api.calls_of("sendMessage") == []


async def test_after_blocking_and_unblocking_it_starts_afresh(
    bot: InProcessBot, anna: Person
) -> None:
    await at_second_question(bot, anna)
    anna.block()
    await bot.settle()
    anna.unblock()
    anna.say("ja")
    await bot.settle()

    assert "Ik weet niet bij welke vraag" in anna.last.text


async def test_blocking_while_the_bot_replies_breaks_nothing(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow) as bot:
        anna.say("/zelfcheck")
        anna.block()
        await bot.settle()
        other = Person(api, 8)
        other.say("/zelfcheck")
        await bot.settle()

    assert "Vraag 1" in other.last.text
