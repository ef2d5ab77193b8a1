"""The channels behind one interface: from what is typed to the replies."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence

from playwright.sync_api import Page

from dialogues.conversation import handle
from dialogues.events import Start
from dialogues.flow import Flow
from dialogues.markup import plain
from dialogues.state import NEW
from dialogues.turn import Turn
from tests.botapi.api import BotApi
from tests.botapi.person import Person
from tests.botapi.server import BotApiServer
from tests.cli.conftest import Run
from tests.made_once import understanding_of
from tests.telegram.in_process import InProcessBot
from tests.telegram.judge import judge
from tests.web.browser import Chromium

_PROMPT = "Uw keuze: "
_QUESTION_FIELD = "Stel een vraag"
_people = itertools.count(1000)


def core(flow: Flow, steps: Sequence[str]) -> list[str]:
    understanding = understanding_of(flow)
    conversation, _ = handle(flow, NEW, Start())
    replies = []
    for typed in steps:
        conversation, turn = handle(flow, conversation, understanding.read(typed, conversation))
        replies.append(_words(flow, turn))
    return replies


def _words(flow: Flow, turn: Turn) -> str:
    texts = flow.content.texts
    parts = [f"{message.title}\n{plain(message.body)}" for message in turn.messages]
    if turn.progress:
        number, at_most = turn.progress.number, turn.progress.at_most
        parts.append(texts.progress.text(nummer=number, hooguit=at_most))
    for choice in turn.choices:
        label = choice.label
        parts.append(texts.button_selected.text(antwoord=label) if choice.selected else label)
    return "\n".join(parts)


def terminal(run: Run, steps: Sequence[str]) -> list[str]:
    """Typed into the command; its streams as a process are the subject of tests/cli."""
    done = run("chat", typed="".join(f"{step}\n" for step in steps).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    _, *replies = done.stdout.decode().split(f"\n{_PROMPT}")
    for typed, reply in zip(steps, replies, strict=True):
        assert reply.startswith(f"{typed}\n")
    return [reply.partition("\n")[2] for reply in replies]


def telegram_typed(flow: Flow, steps: Sequence[str]) -> list[str]:
    return asyncio.run(_in_process(flow, steps, tap=False))


def telegram_tapped(flow: Flow, steps: Sequence[str]) -> list[str]:
    return asyncio.run(_in_process(flow, steps, tap=True))


async def _in_process(flow: Flow, steps: Sequence[str], *, tap: bool) -> list[str]:
    api = BotApi()
    async with InProcessBot(api, flow) as bot:
        replies = await _talk(Person(api, next(_people)), steps, bot.settle, tap=tap)
    judge(api)
    return replies


def telegram_http(server: BotApiServer, steps: Sequence[str]) -> list[str]:
    """The bot must be running on the server."""
    person = Person(server, next(_people))

    async def settle() -> None:
        person.wait_quiet()

    return asyncio.run(_talk(person, steps, settle, tap=True))


async def _talk(
    person: Person, steps: Sequence[str], settle: Callable[[], Awaitable[None]], *, tap: bool
) -> list[str]:
    person.say("/start")
    await settle()
    replies = []
    for step in steps:
        before = person.messages
        if tap and any(step in row for row in person.last.buttons):
            person.tap(step, person.last)
        else:
            person.say(step)
        await settle()
        news = [m for m in person.messages if m.from_bot and m not in before]
        labels = [label for m in news for row in m.buttons for label in row]
        replies.append("\n".join([*(m.text for m in news), *labels]))
    return replies


def web(chromium: Chromium, page: Page, steps: Sequence[str]) -> list[str]:
    """On a page without JavaScript: the pages promise to be complete without it."""
    return chromium.inside(_browse)(page, steps)


def _browse(page: Page, steps: Sequence[str]) -> list[str]:
    page.goto("/")
    replies = []
    for step in steps:
        _do(page, step)
        replies.append(page.get_by_role("main").inner_text())
    kept = page.context.storage_state()
    assert kept == {"cookies": [], "origins": []}, kept
    return replies


def _do(page: Page, step: str) -> None:
    """As with the buttons of a chat: choose what has exactly that name, or else type."""
    main = page.get_by_role("main")
    opened = main.locator("summary").get_by_text(step, exact=True)
    if opened.count():
        opened.click()
        return
    radio = page.get_by_role("radio", name=step, exact=True)
    link = main.get_by_role("link", name=step, exact=True)
    field = main.get_by_label(_QUESTION_FIELD, exact=True)
    with page.expect_navigation():
        if radio.count():
            radio.check()
            main.locator("form", has=radio).get_by_role("button").click()
        elif link.count():
            link.click()
        else:
            field.fill(step)
            field.press("Enter")
