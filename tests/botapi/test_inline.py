"""The emulator takes cards for an inline query as the Bot API does, and refuses the rest."""

from typing import Any

import pytest

from tests.botapi.api import BotApi
from tests.botapi.bots import in_process_bot
from tests.botapi.calls import refusal, result
from tests.botapi.person import Person

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def person(api: BotApi) -> Person:
    return Person(api, 5)


def card(**changes: object) -> dict[str, Any]:
    content = {"message_text": "<b>tekst</b>", "parse_mode": "HTML"}
    return {
        "type": "article",
        "id": "a",
        "title": "Kop",
        "input_message_content": content,
    } | changes


def answer(api: BotApi, query: str, *cards: object, **more: object) -> object:
    return result(api, "answerInlineQuery", inline_query_id=query, results=[*cards], **more)


def test_what_is_typed_reaches_the_bot_and_its_cards_the_person(
    api: BotApi, person: Person
) -> None:
    query = person.type_inline("copro", "7")
    [update] = api.state.take_updates()
    assert update["inline_query"]["query"] == "copro"
    assert update["inline_query"]["offset"] == "7"
    assert "chat" not in update["inline_query"]
    assert person.cards(query) is None

    assert answer(api, query, card(), cache_time=0, is_personal=True, next_offset="") is True
    shown = person.cards(query)
    assert shown is not None
    assert [(each["id"], each["shown"]) for each in shown] == [("a", "tekst")]
    assert api.violations == []


async def test_a_real_library_answers(api: BotApi, person: Person) -> None:
    query = person.type_inline("")
    async with in_process_bot(api) as bot:
        assert (await bot.get_me()).supports_inline_queries
        await bot.answer_inline_query(query, (), api_kwargs={"results": "[]"})

    assert person.cards(query) == []
    assert api.violations == ["an inline query got no results"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"type": "gif"}, "can't parse inline query result: type of the result is not emulated"),
        ({"id": ""}, "RESULT_ID_INVALID"),
        ({"id": "\u00e9" * 33}, "RESULT_ID_INVALID"),
        ({"id": 5}, "can't parse inline query result: Can't find field \"id\""),
        ({"title": None}, "can't parse inline query result: Can't find field \"title\""),
        ({"title": " "}, "ARTICLE_TITLE_EMPTY"),
        (
            {"input_message_content": None},
            "can't parse inline query result: input message content is not specified",
        ),
        ({"input_message_content": {}}, "message text is empty"),
        ({"input_message_content": {"message_text": "a" * 4097}}, "message is too long"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "x", "url": "http://localhost"}]]}},
            "inline keyboard button URL 'http://localhost' is invalid: Wrong HTTP URL",
        ),
        ({"reply_markup": {"remove_keyboard": True}}, "inline keyboard expected"),
    ],
)
def test_a_card_with_a_mistake_is_refused(
    api: BotApi, person: Person, changes: dict[str, object], reason: str
) -> None:
    query = person.type_inline("x")

    refused = refusal(api, "answerInlineQuery", inline_query_id=query, results=[card(**changes)])
    assert refused == reason
    assert person.cards(query) is None


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({}, "can't parse inline query results JSON array"),
        ({"results": "[{"}, "can't parse inline query results JSON array"),
        ({"results": [5]}, "can't parse inline query result: InlineQueryResult must be an Object"),
        ({"results": [card(id=str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [card(), card()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [card()], "cache_time": -1}, "wrong cache time"),
        ({"results": [card()], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
    ],
)
def test_an_answer_with_a_mistake_is_refused(
    api: BotApi, person: Person, params: dict[str, object], reason: str
) -> None:
    query = person.type_inline("x")

    assert refusal(api, "answerInlineQuery", inline_query_id=query, **params) == reason


def test_fifty_cards_are_fine(api: BotApi, person: Person) -> None:
    assert answer(api, person.type_inline("x"), *(card(id=str(n)) for n in range(50)))
    assert api.violations == []


def test_one_answer_for_each_query_and_in_time(person: Person, api: BotApi) -> None:
    query = person.type_inline("x")
    answer(api, query, card())
    for wrong in (query, "1", ""):
        refused = refusal(api, "answerInlineQuery", inline_query_id=wrong, results=[card()])
        assert refused == TOO_OLD
    assert api.violations == [f"inline query {query} was answered twice"]

    late = BotApi(query_lifetime=-1)
    query = Person(late, 5).type_inline("x")
    assert refusal(late, "answerInlineQuery", inline_query_id=query, results=[card()]) == TOO_OLD


def test_a_field_that_does_not_exist_is_noticed(api: BotApi, person: Person) -> None:
    content = {"message_text": "x", "disable_web_page_preview": True}
    answer(api, person.type_inline("x"), card(input_message_content=content, hide_url=True))

    assert api.violations == [
        "unknown field of a result: hide_url",
        "unknown field of a result: disable_web_page_preview",
    ]


def test_an_app_sends_no_more_than_256_characters(person: Person) -> None:
    person.type_inline("a" * 256)
    with pytest.raises(ValueError, match="256"):
        person.type_inline("a" * 257)
