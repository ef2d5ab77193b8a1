"""The emulator refuses what the Bot API refuses, in its words, and nothing else."""

import pytest

from tests.botapi.api import BotApi
from tests.botapi.calls import refusal, result
from tests.botapi.parameters import Upload
from tests.botapi.person import Person

CHAT = 5


@pytest.fixture
def api() -> BotApi:
    return BotApi()


@pytest.fixture
def person(api: BotApi) -> Person:
    someone = Person(api, CHAT)
    someone.say("/start")
    return someone


def buttons(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def button(data: str = "x", text: str = "Ja") -> dict[str, object]:
    return {"text": text, "callback_data": data}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("<b> </b>", "text must be non-empty"),
        ("a" * 4097, "message is too long"),
        ("🏟" * 2049, "message is too long"),
        ("&lt;" * 8193, "text is too long"),
        ("<x>", 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        ("\ud83d", "strings must be encoded in UTF-8"),
    ],
)
def test_a_text_is_refused(api: BotApi, person: Person, text: str, reason: str) -> None:
    assert refusal(api, "sendMessage", chat_id=CHAT, text=text, parse_mode="HTML") == reason
    assert len(person.messages) == 1


@pytest.mark.parametrize("text", ["a", "a" * 4096, "🏟" * 2048, "&lt;" * 4096, "<b>a</b>" * 99])
def test_a_text_within_the_limits_is_sent(api: BotApi, person: Person, text: str) -> None:
    message = result(api, "sendMessage", chat_id=CHAT, text=text, parse_mode="HTML")
    assert (message["message_id"], person.last.text) == (2, message["text"])
    assert api.violations == []


def test_only_known_forms_of_text_and_chats_are_accepted(api: BotApi, person: Person) -> None:
    assert refusal(api, "sendMessage", text="a") == "chat_id is empty"
    assert refusal(api, "sendMessage", chat_id=6, text="a") == "chat not found"
    assert refusal(api, "sendMessage", chat_id=CHAT, text="a", parse_mode="X") == (
        "unsupported parse_mode"
    )
    missing = {"message_id": 99}
    assert refusal(api, "sendMessage", chat_id=CHAT, text="a", reply_parameters=missing) == (
        "message to be replied not found"
    )
    reply = result(api, "sendMessage", chat_id=CHAT, text="a", reply_parameters={"message_id": 1})
    assert reply["reply_to_message"]["text"] == "/start"


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [{}]},
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
        (buttons([button("é" * 33)]), "BUTTON_DATA_INVALID"),
        (buttons([button("")]), "BUTTON_DATA_INVALID"),
        (buttons([button(text=" ")]), "inline keyboard button text must be non-empty"),
        (
            buttons([{"text": "a"}]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            buttons([{"callback_data": "a"}]),
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            buttons([{"text": "a", "url": "ftp://a.nl"}]),
            "inline keyboard button URL 'ftp://a.nl' is invalid: Unsupported URL protocol",
        ),
        (
            buttons([{"text": "a", "url": "http://localhost/"}]),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (buttons([{"text": "a", "copy_text": {"text": ""}}]), "BUTTON_COPY_TEXT_INVALID"),
        (buttons(*[[button()]] * 101), "reply markup is too long"),
        ({"keyboard": [["Ja"]]}, "this form of reply_markup is not emulated"),
    ],
)
def test_a_keyboard_is_refused(api: BotApi, person: Person, markup: object, reason: str) -> None:
    assert refusal(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=markup) == reason
    assert len(person.messages) == 1


@pytest.mark.parametrize(
    ("markup", "rows"),
    [
        (buttons(*[[button("é" * 32)]] * 100), [["Ja"]] * 100),
        (
            buttons([{"text": "a", "url": "https://a.nl"}, {"text": "b", "url": "tg://x"}]),
            [["a", "b"]],
        ),
        (buttons([{"text": "a", "copy_text": {"text": "x"}}], []), [["a"]]),
        (buttons(), []),
        ({"remove_keyboard": True}, []),
    ],
)
def test_a_keyboard_is_shown(
    api: BotApi, person: Person, markup: object, rows: list[list[str]]
) -> None:
    result(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=markup)
    assert person.last.buttons == rows


def test_an_edit_must_change_something(api: BotApi, person: Person) -> None:
    same = {"chat_id": CHAT, "text": "<b>a</b>", "parse_mode": "HTML"}
    number = result(api, "sendMessage", **same, reply_markup=buttons([button()]))["message_id"]
    edit = same | {"message_id": number}
    reason = refusal(api, "editMessageText", **edit, reply_markup=buttons([button()]))
    assert reason.startswith("message is not modified: specified new message content")
    assert "reply_markup" not in result(api, "editMessageText", **edit)
    assert (person.last.edits, person.last.buttons) == (1, [])
    assert refusal(api, "editMessageText", **edit).startswith("message is not modified")
    result(api, "editMessageText", **edit | {"parse_mode": "", "text": "a"})
    result(api, "editMessageReplyMarkup", **edit_of(number), reply_markup=buttons([button()]))
    result(api, "editMessageReplyMarkup", **edit_of(number))
    reason = refusal(api, "editMessageReplyMarkup", **edit_of(number))
    assert reason.startswith("message is not modified")


def edit_of(number: int) -> dict[str, object]:
    return {"chat_id": CHAT, "message_id": number}


def test_some_messages_cannot_be_edited_or_deleted(api: BotApi, person: Person) -> None:
    hidden = {"remove_keyboard": True}
    result(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=hidden)
    old = result(api, "sendMessage", chat_id=CHAT, text="b")["message_id"]
    person.let_age(old)
    for number, reason in (
        (1, "message can't be edited"),
        (2, "message can't be edited"),
        (old, "message can't be edited"),
        (99, "message to edit not found"),
    ):
        assert refusal(api, "editMessageText", **edit_of(number), text="c") == reason
    upload = Upload("a.txt", b"a")
    file = result(api, "sendDocument", chat_id=CHAT, document=upload)["message_id"]
    assert refusal(api, "editMessageText", **edit_of(file), text="c") == (
        "there is no text in the message to edit"
    )
    assert refusal(api, "editMessageText", **edit_of(file), text="c", reply_markup=hidden) == (
        "inline keyboard expected"
    )
    assert refusal(api, "deleteMessage", **edit_of(old)) == "message can't be deleted"
    assert refusal(api, "deleteMessage", **edit_of(99)) == "message to delete not found"
    assert result(api, "deleteMessage", **edit_of(file)) is True
    assert [message.id for message in person.messages] == [1, 2, 3]


def test_a_tap_is_answered_once_and_in_time(api: BotApi, person: Person) -> None:
    gone = "query is too old and response timeout expired or query ID is invalid"
    result(api, "sendMessage", chat_id=CHAT, text="a", reply_markup=buttons([button()]))
    query = person.tap("Ja")
    assert [one.id for one in api.unanswered_queries()] == [query]
    answer = {"callback_query_id": query, "text": "a" * 200, "show_alert": True}
    assert refusal(api, "answerCallbackQuery", **answer | {"text": "a" * 201}) == "MESSAGE_TOO_LONG"
    assert result(api, "answerCallbackQuery", **answer) is True
    assert api.unanswered_queries() == []
    assert (person.notices[0].text, person.notices[0].alert) == ("a" * 200, True)
    assert refusal(api, "answerCallbackQuery", callback_query_id="7") == gone
    assert api.violations == []
    assert refusal(api, "answerCallbackQuery", **answer) == gone
    assert api.violations == [f"callback query {query} was answered twice"]

    strict = BotApi(query_lifetime=-1.0)
    impatient = Person(strict, CHAT)
    impatient.say("a")
    late = impatient.tap_data("x", 1)
    assert refusal(strict, "answerCallbackQuery", callback_query_id=late) == gone


def test_a_document_is_kept(api: BotApi, person: Person) -> None:
    send = {
        "chat_id": CHAT,
        "document": Upload("uitslag.html", b"\0\r\n\xff"),
        "parse_mode": "html",
    }
    message = result(api, "sendDocument", **send, caption="<b>a</b>")
    assert message["document"]["mime_type"] == "text/html"
    assert (person.last.text, person.last.document) == ("a", send["document"])
    assert refusal(api, "sendDocument", **send, caption="a" * 1025) == (
        "message caption is too long"
    )
    assert refusal(api, "sendDocument", chat_id=CHAT) == "there is no document in the request"
    empty = Upload("a", b"")
    assert refusal(api, "sendDocument", chat_id=CHAT, document=empty) == "file must be non-empty"


def test_a_chat_action_must_exist(api: BotApi, person: Person) -> None:
    assert result(api, "sendChatAction", chat_id=CHAT, action="typing") is True
    assert refusal(api, "sendChatAction", chat_id=CHAT, action="dancing") == (
        "wrong parameter action in request"
    )


def test_what_the_api_does_not_know_is_noticed(api: BotApi, person: Person) -> None:
    assert api.handle("sendmessage", {"chat_id": CHAT, "text": "a"})[0] == 200
    assert api.handle("sendMessage", {"chat_id": CHAT, "text": "a", "txt": "b"})[0] == 200
    assert api.handle("sendNothing", {}) == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )
    api.handle("sendMessage", {"chat_id": CHAT, "text": "<b>a</b>b" * 101, "parse_mode": "HTML"})
    api.handle("getUpdates", {"allowed_updates": ["massage"]})
    assert api.violations == [
        "sendMessage: unknown parameter txt",
        "unknown method sendNothing",
        "101 entities: Telegram drops those after 100",
        "unknown update types: ['massage']",
    ]
    assert [call.status for call in api.calls] == [200, 200, 404, 200, 200]
