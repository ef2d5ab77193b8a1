"""The emulator over HTTP and in process, with real python-telegram-bot bots."""

import asyncio
import http.client
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

from tests.botapi.api import BotApi
from tests.botapi.bots import http_bot
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer

CHAT = 5
KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Ja, dat doen zij", callback_data="v1:a")],
        [InlineKeyboardButton("Nee", callback_data="v1:b")],
        [InlineKeyboardButton("Lees meer", url="https://a.nl")],
    ]
)


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with http_bot(server) as connected:
        yield connected


@pytest.fixture
def person(server: BotApiServer) -> Person:
    someone = Person(server, CHAT)
    someone.say("/start")
    return someone


def test_every_form_of_request_and_a_wrong_address(server: BotApiServer, person: Person) -> None:
    base = f"{server.url}/bot{server.token}"
    message = {"chat_id": str(CHAT), "text": "é"}
    everything = bytes(range(256)) + b"\r\n"
    with httpx.Client() as client:
        answers = [
            client.post(f"{base}/sendMessage", json=message),
            client.post(f"{base}/sendMessage", data=message),
            client.get(f"{base}/sendMessage", params=message),
            client.post(
                f"{base}/sendDocument", data={"chat_id": "5"}, files={"document": ("a", everything)}
            ),
        ]
        assert [answer.status_code for answer in answers] == [200] * 4
        assert [one.text for one in person.messages[1:4]] == ["é"] * 3
        assert person.last.document is not None
        assert person.last.document.content == everything
        for url, status, description in (
            (f"{base}/noSuchMethod", 404, "Not Found"),
            (f"{server.url}/file/bot{server.token}/a.txt", 404, "Not Found"),
            (f"{server.url}/", 404, "Not Found"),
            (f"{server.url}/bot1:WRONG/getMe", 401, "Unauthorized"),
            (f"{server.url}/botWRONG/getMe", 404, "Not Found"),
        ):
            refused = client.get(url)
            body = {"ok": False, "error_code": status, "description": description}
            assert (refused.status_code, refused.json()) == (status, body)
        assert client.post(f"{base}/getMe", content=b"{", headers=JSON).status_code == 400


JSON = {"content-type": "application/json"}


async def test_a_bot_sees_what_a_person_does(
    server: BotApiServer, bot: Bot, person: Person
) -> None:
    await bot.send_message(CHAT, "<b>Vraag</b>", parse_mode="HTML", reply_markup=KEYBOARD)
    assert person.last.text == "Vraag"
    assert person.last.source == "<b>Vraag</b>"
    assert person.last.buttons == [["Ja, dat doen zij"], ["Nee"], ["Lees meer"]]
    person.tap("Ja")
    person.tap("Nee", inaccessible=True)
    person.tap_data("\0rubbish", 2)
    person.tap_data("x", 99)
    person.edit(1, "/stop")
    person.send_photo("kijk")
    person.send_album(2)
    person.send_voice()
    person.send_sticker()
    person.send_location()
    person.send_poll()
    person.send_contact()
    person.say_in_group(-100_7, "hallo")
    person.say_in_group(-100_7, "/start@other_bot")
    person.say_in_group(-100_7, "/start@test_bot")
    person.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(CHAT, "a")
    person.unblock()
    updates = await bot.get_updates(timeout=1)
    start, yes, old, rubbish, missing, edited, photo, first, second, *rest = updates
    assert start.message is not None
    assert start.message.entities[0].type == "bot_command"
    assert yes.callback_query is not None
    assert yes.callback_query.data == "v1:a"
    assert yes.effective_message is not None
    assert yes.effective_message.text_html == "<b>Vraag</b>"
    assert yes.effective_message.reply_markup == KEYBOARD
    for inaccessible in (old, missing):
        assert inaccessible.callback_query is not None
        assert inaccessible.callback_query.message is not None
        assert not inaccessible.callback_query.message.is_accessible
    assert rubbish.callback_query is not None
    assert rubbish.callback_query.data == "\0rubbish"
    assert edited.edited_message is not None
    assert edited.edited_message.text == "/stop"
    assert photo.message is not None
    assert photo.message.caption == "kijk"
    assert first.message is not None
    assert second.message is not None
    assert first.message.media_group_id == second.message.media_group_id is not None
    voice, sticker, location, poll, contact, group, blocked, unblocked = rest
    for update, kind in (
        (voice, "voice"),
        (sticker, "sticker"),
        (location, "location"),
        (poll, "poll"),
        (contact, "contact"),
    ):
        assert update.message is not None
        assert update.message[kind] is not None
    assert group.effective_chat is not None
    assert (group.effective_chat.type, len(person.messages_in(-100_7))) == ("supergroup", 3)
    for update, status in ((blocked, "kicked"), (unblocked, "member")):
        assert update.my_chat_member is not None
        assert update.my_chat_member.new_chat_member.status == status
    assert all(not update.api_kwargs for update in updates)
    assert server.violations == []


def test_a_person_can_do_only_what_is_possible() -> None:
    api = BotApi()
    person = Person(api, CHAT)
    with pytest.raises(AssertionError, match=r"(?s)has not written yet.*\(empty\)"):
        _ = person.last
    person.say("hallo")
    api.handle("sendMessage", {"chat_id": CHAT, "text": "a", "reply_markup": KEYBOARD.to_dict()})
    api.handle("sendMessage", {"chat_id": CHAT, "text": "b", "reply_markup": KEYBOARD.to_dict()})
    assert person.tap("Nee") == api.unanswered_queries()[0].id
    assert api.state.take_updates()[-1]["callback_query"]["message"]["text"] == "b"
    person.tap("Nee", message=2)
    assert api.state.take_updates()[-1]["callback_query"]["message"]["text"] == "a"
    for label, problem in (("Misschien", r"\[Nee\]"), ("", "several"), ("Lees", "does not call")):
        with pytest.raises(AssertionError, match=problem):
            person.tap(label)
    with pytest.raises(AssertionError, match="not Anna's own"):
        person.edit(person.last, "c")
    person.delete(3)
    with pytest.raises(AssertionError, match="no message 3"):
        person.tap("Nee", message=3)
    with pytest.raises(ValueError, match="1 to 4096"):
        person.say("a" * 4097)
    person.block()
    with pytest.raises(AssertionError, match="unblock it first"):
        person.say("a")
    with pytest.raises(AssertionError, match=r"not within 0.01 s(?s:.*)Anna: hallo"):
        person.wait_quiet(timeout=0.01)


async def test_a_long_poll_ends_as_soon_as_something_happens(
    server: BotApiServer, bot: Bot, person: Person
) -> None:
    begin = time.monotonic()
    assert len(await bot.get_updates(timeout=20)) == 1
    waiting = asyncio.create_task(bot.get_updates(offset=-1, timeout=20))
    (newest,) = await waiting
    later = asyncio.create_task(bot.get_updates(offset=newest.update_id + 1, timeout=20))
    await asyncio.sleep(0.05)
    await asyncio.to_thread(person.wait_quiet)
    person.say("nog een")
    (update,) = await later
    assert update.message is not None
    assert update.message.text == "nog een"
    assert await bot.get_updates(offset=update.update_id + 1, timeout=0) == ()
    await person.wait_async(lambda one: one.messages[-1].text == "nog een")
    assert time.monotonic() - begin < 3
    assert server.calls_of("getUpdates")[-1].params["offset"] == update.update_id + 1


async def test_updates_come_again_until_they_are_confirmed(bot: Bot, person: Person) -> None:
    person.say("a")
    person.say("b")
    first = await bot.get_updates(limit=2)
    assert [update.update_id for update in await bot.get_updates(limit=2)] == [
        update.update_id for update in first
    ]
    last = await bot.get_updates(offset=first[-1].update_id + 1)
    assert [update.message.text for update in last if update.message] == ["b"]
    person.say("c")
    person.say("d")
    newest = await bot.get_updates(offset=-1)
    assert [update.message.text for update in newest if update.message] == ["d"]
    assert len(await bot.get_updates()) == 1
    assert await bot.get_updates(offset=2**40) == ()
    person.say("e")
    assert len(await bot.get_updates()) == 1


async def test_unwanted_kinds_of_updates_are_not_kept(bot: Bot, person: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    person.edit(1, "a")
    person.say("b")
    assert len(await bot.get_updates()) == 2
    await bot.get_updates(allowed_updates=[])
    person.edit(1, "c")
    assert len(await bot.get_updates()) == 3


async def test_only_one_receiver_at_a_time(server: BotApiServer, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=20))
    async with http_bot(server) as second:
        while server.state.polls_started == 0:
            await asyncio.sleep(0.01)
        assert await second.get_updates() == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    with pytest.raises(BadRequest, match=r"(?i)an https url must be provided"):
        await bot.set_webhook("http://a.nl")
    with pytest.raises(BadRequest, match="unallowed characters"):
        await bot.set_webhook("https://a.nl", secret_token="a b")
    await bot.set_webhook("https://a.nl", secret_token="a_B-9", max_connections=3)
    assert (await bot.get_webhook_info()).max_connections == 3
    with pytest.raises(Conflict, match="while webhook is active"):
        await bot.get_updates()
    Person(server, CHAT).say("a")
    assert (await bot.get_webhook_info()).pending_update_count == 1
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


def test_a_killed_bot_does_not_disturb_the_next(server: BotApiServer, person: Person) -> None:
    server.state.confirm(server.state.last_update_id + 1)
    killed = http.client.HTTPConnection(server.url.removeprefix("http://"))
    killed.request("GET", f"/bot{server.token}/getUpdates?timeout=20")
    time.sleep(0.05)
    killed.close()
    time.sleep(0.05)
    with httpx.Client(base_url=f"{server.url}/bot{server.token}") as client:
        assert client.get("/getUpdates").json() == {"ok": True, "result": []}
    assert [call.status for call in server.calls] == [200]


async def test_a_wrong_token_is_refused(server: BotApiServer) -> None:
    stranger = http_bot(server, "654321:OTHER")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
    assert server.calls[0].status == 401
    with pytest.raises(ValueError, match="invalid literal"):
        BotApi("token")


async def test_profile_with_a_real_bot(server: BotApiServer, bot: Bot) -> None:
    commands = [BotCommand("start", "Begin opnieuw")]
    await bot.set_my_commands(commands, language_code="nl")
    assert list(await bot.get_my_commands(language_code="nl")) == commands
    await bot.set_my_description("Wat deze hulp doet")
    assert (await bot.get_my_description()).description == "Wat deze hulp doet"
    await bot.set_chat_menu_button()
    assert (await bot.get_chat_menu_button()).type == "default"
    assert server.violations == []
