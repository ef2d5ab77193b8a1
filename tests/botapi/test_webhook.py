"""The emulator posts updates to a real receiver, as the real server does."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from tests.botapi.api import BotApi
from tests.botapi.calls import refusal, result
from tests.botapi.person import Person
from tests.botapi.receiver import Receiver, one_after_another, receiver
from tests.botapi.server import BotApiServer
from tests.botapi.webhook import Pace

CHAT = 5
ORIGIN = "https://wijzer.example"
URL = f"{ORIGIN}/ergens/telegram"
QUICK = Pace(0.01, 0.05)


@asynccontextmanager
async def delivered_to(*receivers: Receiver, pace: Pace = QUICK) -> AsyncIterator[BotApiServer]:
    targets = {ORIGIN: [one.origin for one in receivers]}
    with BotApiServer(webhook_targets=targets, webhook_pace=pace) as server:
        result(server, "setWebhook", url=URL, secret_token="geheim_1", max_connections=3)
        yield server


async def quiet(person: Person) -> None:
    await asyncio.to_thread(person.wait_quiet)


async def test_updates_come_with_the_secret_and_in_order() -> None:
    async with receiver() as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        for number in range(5):
            person.say(str(number))
        await quiet(person)
        assert bot.texts == list("01234")
        headers = bot.requests[0].headers
        assert headers["X-Telegram-Bot-Api-Secret-Token"] == "geheim_1"
        assert headers["Content-Type"] == "application/json"
        assert headers["Host"] == "wijzer.example"
        assert result(server, "getWebhookInfo")["pending_update_count"] == 0
        assert [(one.status, one.target) for one in server.posted] == [(200, bot.origin)] * 5
        assert server.violations == []


async def test_one_chat_in_order_and_chats_side_by_side() -> None:
    gate = asyncio.Event()

    async def hold(_update: dict[str, Any]) -> web.StreamResponse:
        await gate.wait()
        return web.Response()

    async with receiver(hold) as bot, delivered_to(bot) as server:
        people = [Person(server, chat) for chat in range(1, 6)]
        for text in "ab":
            for person in people:
                person.say(text)
        await people[0].wait_async(lambda _: bot.under_way == 3)
        assert bot.texts == ["a"] * 3
        gate.set()
        await quiet(people[0])
        assert bot.most == 3
        for person in people:
            own = [one for one in bot.updates if one["message"]["chat"]["id"] == person.chat_id]
            assert [one["message"]["text"] for one in own] == ["a", "b"]


async def test_a_tap_does_not_wait_for_a_text_of_the_same_chat() -> None:
    gate = asyncio.Event()

    async def hold_texts(update: dict[str, Any]) -> web.StreamResponse:
        if "message" in update:
            await gate.wait()
        return web.Response()

    async with receiver(hold_texts) as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        person.say("a")
        person.tap_data("1a", 1)
        await person.wait_async(lambda _: len(bot.updates) == 2)
        assert not server.state.is_confirmed(server.state.last_update_id)
        gate.set()
        await quiet(person)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (503, "Wrong response from the webhook: 503 Service Unavailable"),
        (403, "Wrong response from the webhook: 403 Forbidden"),
        (302, "Wrong response from the webhook: 302 Found"),
    ],
)
async def test_what_is_not_taken_comes_again(status: int, error: str) -> None:
    refusals = [web.Response(status=status, headers={"Location": "/elders"}) for _ in range(3)]
    async with receiver(one_after_another(*refusals)) as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        person.say("a")
        person.say("b")
        await quiet(person)
        assert bot.texts == ["a", "a", "a", "a", "b"]
        assert [one.status for one in server.posted] == [status, status, status, 200, 200]
        assert result(server, "getWebhookInfo")["last_error_message"] == error
        assert server.violations == []


async def test_a_cut_line_and_a_time_out_are_no_confirmation() -> None:
    tries = 0

    async def cut_then_hang(_update: dict[str, Any]) -> web.StreamResponse:
        nonlocal tries
        tries += 1
        if tries == 1:
            transport = bot.requests[-1].transport
            assert transport is not None
            transport.close()
        elif tries == 2:
            await asyncio.sleep(5)
        return web.Response()

    pace = Pace(time_out=0.3)
    async with receiver(cut_then_hang) as bot, delivered_to(bot, pace=pace) as server:
        person = Person(server, CHAT)
        person.say("a")
        await quiet(person)
        assert bot.texts == ["a"] * 3
        assert [one.status for one in server.posted] == [0, 0, 200]
        assert result(server, "getWebhookInfo")["last_error_message"] == "Read timeout expired"


async def test_a_wait_that_is_asked_for_is_kept_and_holds_up_that_chat_only() -> None:
    begun = asyncio.get_running_loop().time()
    taken: list[float] = []

    async def later(update: dict[str, Any]) -> web.StreamResponse:
        if update["message"]["text"] != "a":
            return web.Response()
        taken.append(asyncio.get_running_loop().time() - begun)
        return web.Response(status=503 if len(taken) == 1 else 200, headers={"Retry-After": "1"})

    async with receiver(later) as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        person.say("a")
        await person.wait_async(lambda _: bool(server.posted))
        Person(server, 6).say("b")
        await quiet(person)
        assert bot.texts == ["a", "b", "a"]
        assert taken[1] - taken[0] >= 1


async def test_a_call_in_the_answer_is_carried_out() -> None:
    def call(**params: object) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": CHAT, **params})

    replies = one_after_another(call(text="gedaan"), call(text="<b>", parse_mode="HTML"), call(x=1))
    async with receiver(replies) as bot, delivered_to(bot) as server:
        server.faults.add("too_many_requests", method="sendMessage", chat_id=6)
        person = Person(server, CHAT)
        for text in "abc":
            person.say(text)
        await quiet(person)
        assert person.last.text == "gedaan"
        assert [one.method for one in server.posted] == ["sendMessage"] * 3
        assert [one.status for one in server.calls_of("sendMessage")] == [200, 400, 400]
        assert server.violations == ["sendMessage: unknown parameter x"]


async def test_a_fault_strikes_a_call_in_the_answer_too() -> None:
    answer = web.json_response({"method": "sendMessage", "chat_id": CHAT, "text": "weg"})
    async with receiver(one_after_another(answer)) as bot, delivered_to(bot) as server:
        server.faults.add("too_many_requests", method="sendMessage")
        person = Person(server, CHAT)
        person.say("a")
        await quiet(person)
        assert [one.text for one in person.messages] == ["a"]
        assert [one.status for one in server.calls_of("sendMessage")] == [429]


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (web.Response(text="{}"), "the answer has a body that is not sent as JSON"),
        (web.Response(text="ok", content_type="application/json"), "the answer is no JSON"),
        (web.json_response([]), "the answer is no JSON object"),
        (web.json_response({"method": "getMe"}), "getMe cannot be called in an answer"),
    ],
)
async def test_an_answer_without_sense_is_a_violation(answer: web.Response, problem: str) -> None:
    async with receiver(one_after_another(answer)) as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        person.say("a")
        await quiet(person)
        assert server.violations == [f"webhook: update {server.state.last_update_id}: {problem}"]
        assert server.calls_of("getMe") == []


async def test_a_late_answer_is_a_violation() -> None:
    async def late(_update: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(0.2)
        return web.Response()

    async with receiver(late) as bot, delivered_to(bot, pace=Pace(slow=0.1)) as server:
        person = Person(server, CHAT)
        person.say("a")
        await quiet(person)
        assert len(bot.updates) == 1
        (violation,) = server.violations
        late_by = re.search(r"answered after ([0-9.]+) s", violation)
        # Not sooner; how much later is up to a machine that may be busy.
        assert late_by is not None
        assert float(late_by[1]) >= 0.2


async def test_several_processes_share_and_replace_each_other() -> None:
    async with receiver() as first, receiver() as second:
        async with receiver() as stopped:
            refusing = stopped.origin
        async with delivered_to(first, second) as server:
            server.webhook_targets[ORIGIN] = [refusing, first.origin, second.origin]
            person = Person(server, CHAT)
            for number in range(6):
                person.say(str(number))
            await quiet(person)
            assert first.updates
            assert second.updates
            assert len(first.updates) + len(second.updates) == 6
            server.webhook_targets[ORIGIN] = [refusing]
            person.say("niemand")
            await person.wait_async(lambda _: server.posted[-1].status == 502)
            server.webhook_targets[ORIGIN] = [second.origin]
            await quiet(person)
            assert second.texts[-1] == "niemand"
            assert server.violations == []


async def test_without_a_webhook_updates_wait() -> None:
    async with receiver() as bot, delivered_to(bot) as server:
        person = Person(server, CHAT)
        result(server, "deleteWebhook")
        person.say("a")
        assert result(server, "getWebhookInfo")["pending_update_count"] == 1
        result(server, "setWebhook", url=URL, allowed_updates=["message"], max_connections=1000)
        person.tap_data("1a", 1)
        person.say("b")
        await quiet(person)
        assert bot.texts == ["a", "b"]
        assert "X-Telegram-Bot-Api-Secret-Token" not in bot.requests[-1].headers
        info = result(server, "getWebhookInfo")
        assert (info["url"], info["max_connections"]) == (URL, 100)
        assert info["allowed_updates"] == ["message"]


async def test_who_says_that_it_is_gone_loses_the_webhook() -> None:
    async def gone(_update: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=410)

    pace = Pace(0.01, 0.01, gone_after=0.05)
    async with receiver(gone) as bot, delivered_to(bot, pace=pace) as server:
        person = Person(server, CHAT)
        person.say("a")
        await person.wait_async(lambda _: server.state.webhook is None)
        assert len(result(server, "getUpdates")) == 1


def test_a_webhook_that_cannot_be() -> None:
    api = BotApi()
    for url, why in (
        ("http://wijzer.example/", "An HTTPS URL must be provided for webhook"),
        ("https://wijzer.example:8080/", "can be set up only on ports 80, 88, 443 or 8443"),
    ):
        assert why in refusal(api, "setWebhook", url=url)
