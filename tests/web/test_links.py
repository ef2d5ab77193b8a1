"""Every address on every page leads somewhere: links, forms, files, pictures and fragments."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

from bot.explained_address import KEYS
from dialogues.flow import WELCOME, Flow
from dialogues.intents import COMMANDS
from dialogues.state import Conversation
from tests.core import definition
from tests.core.definition import QUESTIONS
from tests.web.client import HOST, Client, composed
from tests.web.reading import Html
from tests.web.test_addresses import ADDRESSES, SUBJECTS

# Answers after which pages differ: none, some, each outcome, all of them, and what is off the path.
ANSWERS: tuple[dict[str, str], ...] = (
    {},
    {"publieke_waarde": "ja", "burgers": "weet_niet"},
    {"publieke_waarde": "nee"},
    {"publieke_waarde": "nee", "burgers": "nee", "ontwerp": "ja"},
    dict.fromkeys(QUESTIONS, "ja"),
    {**dict.fromkeys(QUESTIONS, "ja"), "primair_proces": "nee"},
    {**dict.fromkeys(QUESTIONS, "ja"), "ontwerp": "nee"},
    dict.fromkeys(QUESTIONS, "weet_niet"),
)


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow, lambda _: b"%PDF-", theme="p {}", telegram_name="wijzer_bot")) as it:
        yield it


def test_the_answers_lead_to_every_outcome() -> None:
    complete = [answers for answers in ANSWERS if len(answers) == len(QUESTIONS)]
    outcomes = {definition.certain(answers) for answers in complete}

    assert {*outcomes, "geen"} == {*definition.OUTCOMES, "open"}


def test_every_link_on_every_page_leads_to_a_page(client: Client) -> None:
    """Except that an explanation is followed once from the start and once from elsewhere: what it
    says and offers is the same with all answers, and that addresses carry them is tried for each.
    """
    found = {HOST + "/"}
    explained = set()
    for answers in ANSWERS:
        start = client.post("/vragen", answers).headers["location"]
        # Some pages can only be asked for in words.
        asked = [client.post(start, {"vraag": word.replace("_", " ")}) for word in COMMANDS]
        found |= {HOST + address for address in (start, *(a.headers["location"] for a in asked))}
    new = set(found)
    while new:
        address = new.pop()
        subject = _subject(address)
        if subject in explained:
            continue
        explained |= {subject} - {None}
        answer = client.get(address.removeprefix(HOST))
        # What stands in a page is where it leads, without a detour.
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            links = _within(client, address, Html(answer.text))
            new |= links - found
            found |= links

    paths = {urlsplit(address).path for address in found}
    subjects = {ADDRESSES.of(Conversation(at=WELCOME, about=event)) for event in SUBJECTS}
    assert subjects <= paths
    assert {"/uitkomst", "/uitkomst.pdf", "/privacy", "/wijzigen", "/vragen"} <= paths
    assert {f"/zelfcheck/{question}" for question in QUESTIONS} <= paths


def _subject(address: str) -> tuple[str, ...] | None:
    """What a page explains, and from where; None when it explains nothing."""
    parts = urlsplit(address)
    if parts.path.startswith(("/begrippen/", "/onderwerpen/", "/voorbeelden/")):
        return (parts.path,)
    asked = [pair for pair in parse_qsl(parts.query) if pair[0] in KEYS]
    return asked[0] if asked else None


def _within(client: Client, address: str, page: Html) -> set[str]:
    """The addresses on this site that a page refers to; all others are checked here."""
    links = {urljoin(address, link["href"]) for link in page.all("a")}
    files = {urljoin(address, file) for file in page.values("src")}
    files |= {urljoin(address, link["href"]) for link in page.all("link")}
    files |= {page.meta("og:image")}
    # A page gets nothing from elsewhere, so nobody else learns who reads it.
    assert all(file.startswith(f"{HOST}/static/") for file in files), files
    assert page.meta("og:image:alt")
    within = set()
    for link in links:
        here, _, fragment = link.partition("#")
        if not link.startswith(HOST):
            assert link.startswith(("https://", "mailto:?")), link
        elif fragment:
            assert here == address.partition("#")[0]
            assert fragment in page.ids
        else:
            within.add(link)
    for form in page.all("form"):
        assert form["method"] == "post"
        within.add(urljoin(address, form["action"]))
    return within | files


def test_every_answer_on_every_question_leads_on(client: Client) -> None:
    for answers in ANSWERS:
        for question in QUESTIONS:
            query = "&".join(f"{name}={given}" for name, given in answers.items())
            page = Html(_followed(client, f"/zelfcheck/{question}?{query}"))
            options = [field for field in page.all("input") if field["name"] == "antwoord"]
            if not options:
                continue  # with these answers there is an outcome instead
            form = next(form["action"] for form in page.all("form"))
            for option in options:
                sent = client.post(form, {"antwoord": option["value"]})

                assert sent.status_code == 303
                assert client.get(sent.headers["location"]).status_code == 200


def test_every_label_and_description_belongs_to_something(client: Client) -> None:
    refused = client.post("/zelfcheck", {}).text
    for text in (
        refused,
        *(client.get(path).text for path in ("/", "/vragen", "/begrippen", "/voorbeelden")),
    ):
        page = Html(text)
        referring = (*page.values("for"), *" ".join(page.values("aria-describedby")).split())

        assert set(referring) <= page.ids
        named = [field["id"] for field in page.all("input")]
        assert set(named) <= set(page.values("for"))


def _followed(client: Client, address: str) -> str:
    answer = client.get(address)
    if answer.status_code == 303:
        answer = client.get(answer.headers["location"])
    assert answer.status_code == 200
    return answer.text
