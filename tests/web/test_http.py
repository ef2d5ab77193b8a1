"""Statuses, methods, limits and the pages for what went wrong."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from bot.report.queue import TooManyReports
from bot.web import forms
from dialogues.flow import Flow
from dialogues.loader import FOLDER, load
from dialogues.state import Conversation
from tests.conftest import ContentWith
from tests.core.definition import QUESTIONS
from tests.web.client import FORM, Client, composed, texts
from tests.web.reading import Html

ALL_JA = "&".join(f"{question}=ja" for question in QUESTIONS)
PAGES = [
    "/",
    "/?na-stap=terug",
    "/begrippen",
    "/begrippen/coproductie",
    "/begrippen/coproductie/meer",
    "/begrippen/inspraak",
    "/onderwerpen/participatie",
    "/voorbeelden",
    "/voorbeelden/buurtpreventie",
    "/voorbeelden/bij/zorg",
    "/voorbeelden/bij/geen",
    "/wijzigen?burgers=ja",
    "/gestopt",
    "/vergeten",
    "/verder-lezen",
    "/privacy",
    "/over",
    "/hulp",
    "/vragen",
    "/vragen?burgers=ja",
    "/toegankelijkheid",
    "/zelfcheck/publieke_waarde",
    "/zelfcheck/burgers?publieke_waarde=ja&antwoord-op=publieke_waarde",
    "/uitkomst?publieke_waarde=nee",
    f"/uitkomst?{ALL_JA}",
    f"/uitkomst?{ALL_JA}&uitleg-over=coproductie",
]
FILES = ["/robots.txt", "/gezond", "/klaar"]
SECRET = "geheim van een inwoner"


def failing(conversation: Conversation) -> bytes:
    raise ValueError(SECRET)


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow, failing)) as client:
        yield client


def _cached(method: str) -> str:
    """A browser goes back to the answer to a form only when it may keep that."""
    return "private, max-age=0" if method == "POST" else "no-store"


def check_error(answer: httpx.Response, status: int, said: str) -> Html:
    """A page in the style of the others, that says what went wrong and shows a way on."""
    page = Html(answer.text)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == _cached(answer.request.method)
    assert answer.headers["x-robots-tag"] == "noindex"
    assert [len(page.all(tag)) for tag in ("main", "h1", "nav", "footer")] == [1, 1, 1, 1]
    assert said in page.text
    assert texts().error_title.text(pagina="") in page.text
    assert "/" in [link["href"].partition("?")[0] for link in page.all("a")]
    return page


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_well_formed_and_has_one_address(client: Client, address: str) -> None:
    answer = client.get(address)
    page = Html(answer.text)

    assert answer.status_code == 200
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1
    assert page.all("html") == [{"lang": "nl", "prefix": "og: https://ogp.me/ns#"}]


@pytest.mark.parametrize("address", [*PAGES, *FILES, "/weer", "/uitkomst.pdf?burgers=nee"])
def test_head_is_get_without_a_body(client: Client, address: str) -> None:
    get, head = client.get(address), client.ask("HEAD", address)

    assert head.content == b""
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


@pytest.mark.parametrize(
    "address",
    ["/weer", "/static/weer.css", "/static/", "/static/%2e%2e/app.py", "//evil.example/", "/%00"],
)
def test_an_unknown_address_is_a_page_that_says_so(client: Client, address: str) -> None:
    check_error(client.get(address), 404, texts().not_found.title)


@pytest.mark.parametrize("address", ["/privacy/", "//privacy", "/privacy?", "/privacy?x"])
def test_an_address_that_is_written_otherwise_leads_to_the_page(
    client: Client, address: str
) -> None:
    answer = client.get(address)
    if answer.status_code == 303:
        assert answer.headers["location"] == "/privacy"
        answer = client.get("/privacy")

    assert answer.status_code == 200
    assert "Privacy" in Html(answer.text).text


def test_without_reports_there_is_no_address_for_them(flow: Flow) -> None:
    with Client(composed(flow)) as client:
        check_error(client.get("/uitkomst.pdf?burgers=nee"), 404, texts().not_found.title)
        assert ".pdf" not in client.get("/uitkomst?publieke_waarde=nee").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "weer"])
@pytest.mark.parametrize("address", ["/", "/vragen", "/zelfcheck/burgers"])
def test_another_method_is_refused_and_the_right_ones_are_named(
    client: Client, method: str, address: str
) -> None:
    answer = client.ask(method, address)

    check_error(answer, 405, texts().wrong_method.title)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("address", [*FILES, "/toegankelijkheid", "/uitkomst.pdf"])
def test_what_can_only_be_read_refuses_the_rest(client: Client, address: str) -> None:
    answer = client.ask("DELETE", address)

    check_error(answer, 405, texts().wrong_method.title)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert client.post(address, {"vraag": "x"}).status_code == 405


def test_an_error_of_ours_is_a_page_that_tells_nothing(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/uitkomst.pdf?publieke_waarde=nee")

    page = check_error(answer, 500, texts().failed.title)
    assert SECRET not in answer.text
    assert "ValueError at" in caplog.text
    assert "test_http.py" in caplog.text
    assert SECRET not in caplog.text
    assert "publieke_waarde" not in caplog.text
    # Its way on carries the answers, as the text on it says.
    assert "/?publieke_waarde=nee" in [link["href"] for link in page.all("a")]


@pytest.mark.parametrize("address", ["/vragen", "/zelfcheck/publieke_waarde", "/"])
def test_a_form_that_is_too_large_is_refused(client: Client, address: str) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(9):
            yield b"x" * 1000

    announced = client.ask("POST", address, b"vraag=" + b"x" * 8187, FORM)
    chunked = client.ask("POST", address, in_pieces(), FORM)
    lying = client.ask("POST", address, in_pieces(), {**FORM, "Content-Length": "5"})
    fits = client.ask("POST", address, b"vraag=" + b"x" * 8186, FORM)

    for answer in (announced, chunked, lying):
        check_error(answer, 413, texts().too_large.title)
    assert fits.status_code in (303, 422)


def test_a_form_that_does_not_come_is_not_waited_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def without_end() -> AsyncIterator[bytes]:
        yield b"vraag="
        await asyncio.Event().wait()

    monkeypatch.setattr(forms, "_PATIENCE", 0.01)

    for address in ("/", "/vragen"):
        answer = client.ask("POST", address, without_end(), FORM)
        check_error(answer, 408, texts().too_slow.title)


@pytest.mark.parametrize("announced", ["x", "", "-1", "1e3", "99999999999999999999"])
def test_a_size_that_is_no_number_is_refused(client: Client, announced: str) -> None:
    answer = client.ask("POST", "/", b"vraag=x", {**FORM, "Content-Length": announced})

    check_error(answer, 413, texts().too_large.title)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/json", "text/plain", "", "x" * 5000]
)
def test_another_kind_of_form_is_refused(client: Client, kind: str) -> None:
    answer = client.ask("POST", "/", b"vraag=coproductie", {"Content-Type": kind})

    check_error(answer, 422, texts().unreadable.title)


def test_a_form_with_too_many_fields_is_refused(client: Client) -> None:
    for address in ("/", "/vragen"):
        answer = client.ask("POST", address, b"&".join([b"burgers=ja"] * 51), FORM)
        check_error(answer, 422, texts().unreadable.title)

    assert client.ask("POST", "/vragen", b"&".join([b"burgers=ja"] * 50), FORM).status_code == 303


@pytest.mark.parametrize("address", ["/", "/vragen", "/toegankelijkheid", "/uitkomst.pdf", "/weer"])
def test_a_query_that_is_too_long_is_refused(client: Client, address: str) -> None:
    for method in ("GET", "POST"):
        answer = client.ask(method, f"{address}?{'x' * 4097}")
        if answer.status_code not in (404, 405):
            check_error(answer, 414, texts().too_long.title)
    check_error(client.get(f"/?{'a=b&' * 51}"), 422, texts().unreadable.title)

    assert client.get(f"/?{'x' * 4096}").status_code == 200


def test_a_page_without_a_question_wants_no_answer(client: Client) -> None:
    for address in ("/", "/begrippen", "/uitkomst?publieke_waarde=nee"):
        check_error(client.post(address, {"antwoord": "ja"}), 422, texts().unreadable.title)


@pytest.mark.parametrize("fields", [{}, {"antwoord": ""}, {"antwoord": "misschien"}])
def test_without_a_choice_the_question_is_asked_again(
    client: Client, fields: dict[str, str]
) -> None:
    answer = client.post("/zelfcheck/burgers?publieke_waarde=ja", fields)
    page = Html(answer.text)

    assert answer.status_code == 422
    assert answer.headers["cache-control"] == "private, max-age=0"
    assert texts().no_choice in page.text
    # The line in the summary of errors leads to the first option.
    assert {"href": "#antwoord-1"} in page.all("a")
    assert "antwoord-1" in page.ids


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", "\"'><img src=x>", "&amp;", "{{ 7 * 7 }}", "‮漢字\u0000"],
)
@pytest.mark.parametrize("address", ["/", "/zelfcheck", "/uitkomst?publieke_waarde=nee"])
def test_what_was_typed_and_not_understood_is_given_back_as_text(
    client: Client, address: str, typed: str
) -> None:
    answer = client.post(address, {"vraag": typed})
    page = Html(answer.text)

    assert answer.status_code == 422
    assert [field["value"] for field in page.all("input") if field["name"] == "vraag"] == [typed]
    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert "49" not in page.text


def test_the_first_of_two_answers_counts(client: Client) -> None:
    answer = client.ask("POST", "/zelfcheck/publieke_waarde", b"antwoord=ja&antwoord=nee", FORM)

    assert answer.headers["location"].startswith("/zelfcheck/burgers?publieke_waarde=ja&")


def test_an_answer_counts_for_the_question_that_was_on_the_page(client: Client) -> None:
    """The content may have changed since: then it was to another question than the open one."""
    for path in ("/zelfcheck/burgers", "/zelfcheck/weer"):
        answer = client.post(path, {"antwoord": "ja"})

        assert answer.headers["location"] == "/zelfcheck/publieke_waarde?vervallen=ja"


def test_all_questions_at_once_lead_to_the_outcome_or_to_what_is_open(client: Client) -> None:
    complete = client.post("/vragen", dict.fromkeys(QUESTIONS, "ja"))
    partly = client.post("/vragen", {QUESTIONS[0]: "ja", QUESTIONS[2]: "ja", "weer": "ja"})
    nothing = client.post("/vragen", {})

    assert complete.headers["location"] == f"/uitkomst?{ALL_JA}&alle-vragen=ja"
    assert partly.headers["location"] == (
        "/zelfcheck/burgers?publieke_waarde=ja&professionals=ja&na-stap=uitkomst"
    )
    assert nothing.headers["location"] == "/zelfcheck/publieke_waarde?na-stap=uitkomst"


def test_a_report_without_an_outcome_leads_to_the_question(client: Client) -> None:
    answer = client.get("/uitkomst.pdf?publieke_waarde=ja")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/zelfcheck/burgers?publieke_waarde=ja",
    )


def test_when_too_many_want_a_report_they_are_told_when_to_come_back(flow: Flow) -> None:
    def make(conversation: Conversation) -> bytes:
        raise TooManyReports

    with Client(composed(flow, make)) as client:
        answer = client.get(f"/uitkomst.pdf?{ALL_JA}")

    check_error(answer, 503, texts().busy.title)
    assert answer.headers["retry-after"] == "10"


def test_cards_of_other_content_are_not_offered(content_with: ContentWith) -> None:
    name = "begrippen/coproductie"
    asked = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    other = asked.replace("vraag: Wat is coproductie?", "vraag: Wat heet coproductie?")
    with Client(composed(Flow(load(content_with(**{name: other}))))) as client:
        changed = Html(client.get("/begrippen/coproductie").text)
        same = Html(client.get("/begrippen/cocreatie").text)

    assert "/static/start." in changed.meta("og:image")
    assert "/static/term-cocreatie." in same.meta("og:image")
