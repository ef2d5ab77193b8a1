"""Steps edit the message, the outcome stays, and any button works at any time."""

import pytest

from bot.store import MemoryStore
from dialogues.flow import Flow
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.telegram.in_process import InProcessBot


async def tap(bot: InProcessBot, person: Person, *labels: str) -> None:
    for label in labels:
        person.tap(label)
        await bot.settle()


async def begin(bot: InProcessBot, person: Person) -> None:
    person.say("/zelfcheck")
    await bot.settle()


def replies(person: Person) -> list[str]:
    return [message.text for message in person.messages if message.from_bot]


async def test_a_step_edits_the_message_and_repeats_the_answer(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Ja")

    assert len(replies(anna)) == 1
    assert "U antwoordde: Ja." in anna.last.text
    assert "Vraag 2 van hooguit 8" in anna.last.text


async def test_the_outcome_is_a_new_message_and_the_question_loses_its_buttons(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    question = anna.last.id
    await tap(bot, anna, "Ja", "Ja", "Nee")

    closed, outcome = (m for m in anna.messages if m.from_bot)
    assert closed.id == question
    assert closed.buttons == []
    assert "U antwoordde: Nee." in closed.text
    assert "Geen coproductie" in outcome.text


async def test_a_button_of_the_outcome_leaves_the_outcome_as_it_is(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Nee")
    outcome = anna.last
    await tap(bot, anna, "Antwoorden wijzigen", "Publieke waarde", "Ja")

    assert next(m for m in anna.messages if m.id == outcome.id) == outcome
    assert "Vraag 2" in anna.last.text


async def test_continuing_after_an_early_no_asks_the_rest(bot: InProcessBot, anna: Person) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Nee", "Ook de andere vragen", *["Ja"] * 3, "Nee", "Ja", "Nee", "Ja")

    assert "Het levert niets op voor de samenleving" in anna.last.text
    assert "Het doel is niet om de dienst beter te maken" in anna.last.text


async def test_a_given_answer_is_marked_when_the_question_is_asked_again(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Nee", "Antwoorden wijzigen", "Publieke waarde")

    assert ["Nee (uw antwoord)"] in anna.last.buttons


@pytest.mark.parametrize("taps", range(1, 9))
async def test_a_tap_works_after_a_restart(
    api: BotApi, flow: Flow, anna: Person, taps: int
) -> None:
    async with InProcessBot(api, flow) as first:
        await begin(first, anna)
        await tap(first, anna, *["Ja"] * (taps - 1))
    async with InProcessBot(api, flow) as second:
        await tap(second, anna, *["Ja"] * (9 - taps))

    assert "Volledige coproductie" in anna.last.text


async def test_an_old_button_goes_on_from_its_own_answers(bot: InProcessBot, anna: Person) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Ja", "Ja")
    old = anna.last
    anna.say("nee")
    await bot.settle()
    anna.tap("Ja", old)
    await bot.settle()

    edited = next(m for m in anna.messages if m.id == old.id)
    assert "Vraag 4" in edited.text
    assert anna.notices[-1].text == "U gaat verder vanaf een ouder bericht."


async def test_two_taps_on_one_button_are_one_answer(bot: InProcessBot, anna: Person) -> None:
    await begin(bot, anna)
    anna.tap("Ja")
    anna.tap("Ja")
    await bot.settle()

    assert "Vraag 2" in anna.last.text
    assert len(replies(anna)) == 1


async def test_two_taps_on_the_last_answer_give_one_outcome(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.tap("Nee")
    anna.tap("Nee")
    await bot.settle()

    assert sum("Geen coproductie" in text for text in replies(anna)) == 1
    assert anna.notices[-1].text.startswith("Dit hebt u al gekozen")


async def test_a_tap_that_comes_again_after_a_crash_repeats_the_reply_at_most(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow) as bot:
        await begin(bot, anna)
    data = api.calls_of("sendMessage")[-1].params["reply_markup"]["inline_keyboard"][0][1]
    message = anna.last.id
    for _ in range(2):
        anna.tap_data(data["callback_data"], message)
        async with InProcessBot(api, flow, MemoryStore()) as bot:
            await bot.settle()

    assert "Geen coproductie" in anna.last.text
    assert sum("Geen coproductie" in text for text in replies(anna)) == 2


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "1",
        "1|||",
        "1||||||",
        "0|a|wj||",
        "1|a|||",
        "1|a|zz||",
        "1|k|nonsense||",
        "1|w|zz||wj",
        "2|a|wj||wj",
        "1|Z|||wj",
        "a:invloed:ja",
        "é" * 32,
        "\x00\x1b[31m",
        "1|a|oj||wj",
    ],
)
async def test_garbled_data_gets_a_friendly_line_and_the_place_where_one_was(
    bot: InProcessBot, anna: Person, data: str
) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Ja")
    anna.tap_data(data, anna.last.id)
    await bot.settle()

    assert anna.last.buttons
    said = anna.last.text
    assert "Deze knop werkt niet meer" in said or "Daar weet ik niets van" in said


async def test_answers_to_questions_that_are_gone_are_told_once(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.tap_data("1|a|bj||wj.zzj", anna.last.id)
    await bot.settle()

    assert "De vragen zijn intussen aangepast" in anna.last.text
    assert "Vraag 3" in anna.last.text
    await tap(bot, anna, "Ja")
    assert "De vragen zijn intussen aangepast" not in anna.last.text


async def test_a_tap_on_a_message_that_is_too_old_gets_a_new_message(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.tap("Ja", inaccessible=True)
    await bot.settle()

    assert len(replies(anna)) == 2
    assert "Vraag 2" in anna.last.text


@pytest.mark.parametrize("way", ["delete", "let_age"])
async def test_a_message_that_cannot_be_edited_is_sent_anew(
    bot: InProcessBot, anna: Person, way: str
) -> None:
    await begin(bot, anna)
    anna.tap("Ja")
    getattr(anna, way)(anna.last)
    await bot.settle()

    assert "Vraag 2" in anna.last.text


async def test_a_typed_answer_counts_where_the_last_tap_left_off(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    await tap(bot, anna, "Ja")
    anna.say("2")
    await bot.settle()

    assert "U antwoordde: Nee." in anna.last.text
    assert "Geen coproductie" in anna.last.text


async def test_what_was_asked_for_stays_when_the_question_moves_on(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.say("primair proces")
    await bot.settle()
    await tap(bot, anna, "Ja")

    assert any(text.startswith("Wat is het primaire proces?") for text in replies(anna))
    assert "Vraag 2" in anna.last.text


async def test_an_explanation_has_its_own_choices_and_the_question_its_own(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.say("wat is participatie")
    await bot.settle()
    *_, explanation, question = anna.messages

    assert explanation.buttons[0][0] == "Meer uitleg"
    assert "Ja" not in [label for row in explanation.buttons for label in row]
    assert question.buttons == [["Ja", "Nee", "Weet ik niet"], ["Uitleg", "Terug"], ["Stoppen"]]


async def test_going_on_in_an_explanation_leaves_the_question_below_it(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.say("wat is participatie")
    await bot.settle()
    question = anna.last
    await tap(bot, anna, "Meer uitleg", "De participatieladder")
    *_, explanation, below = anna.messages

    assert explanation.text.startswith("Wat betekent coproduceren op de participatieladder?")
    assert "Vraag 1" not in explanation.text
    assert below == question
    anna.say("meer uitleg")
    await bot.settle()
    assert anna.messages[-2].text.startswith("Wat betekent coproduceren op de participatieladder?")


async def test_an_older_explanation_does_not_take_the_answers_back(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.say("voorbeelden")
    await bot.settle()
    await tap(bot, anna, "Ja", "Ja", "Veiligheid", "Vrijwillige brandweer")
    anna.say("weet niet")
    await bot.settle()

    assert "Vraag 4" in anna.last.text
    assert not anna.notices


async def test_help_to_choose_stands_in_the_order_in_which_it_is_read(
    bot: InProcessBot, anna: Person
) -> None:
    await begin(bot, anna)
    anna.say("soms wel soms niet")
    await bot.settle()
    *_, said, question = anna.messages

    assert said.text.startswith("Ligt het ertussenin?")
    assert said.text.index("Dit telt mee") < said.text.index("Dit telt niet mee")
    assert question.text.startswith("Vraag 1")


async def test_privacy_in_telegram_comes_after_privacy_in_general(
    bot: InProcessBot, anna: Person
) -> None:
    for begin_with in ("/start", "/zelfcheck"):
        anna.say(begin_with)
        anna.say("/privacy")
        await bot.settle()
        text = next(t for t in reversed(replies(anna)) if t.startswith("Privacy"))

        assert text.index("vraagt geen naam") < text.index("In Telegram gelden nog drie dingen.")


async def test_a_typed_answer_after_a_restart_is_not_guessed(
    api: BotApi, flow: Flow, anna: Person
) -> None:
    async with InProcessBot(api, flow) as first:
        await begin(first, anna)
    async with InProcessBot(api, flow) as second:
        anna.say("ja")
        await second.settle()

    assert "Ik weet niet bij welke vraag dit antwoord hoort" in anna.last.text
