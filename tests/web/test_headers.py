"""What stands in front of every answer: security, caching, encoding, and who may show it."""

import gzip
import re
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from dialogues.flow import Flow
from tests.web.client import HOST, Client, composed
from tests.web.reading import Html
from tests.web.test_http import FILES, PAGES, failing

SECURITY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
PUBLIC = "https://gemeente.nl/copro"
OUTCOME = "/uitkomst?publieke_waarde=nee"


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow, failing)) as client:
        yield client


def kinds(client: Client) -> Iterator[httpx.Response]:
    """An answer of every kind: pages, files, redirects, refusals and errors."""
    for address in (*PAGES, *FILES, "/weer", "/privacy/", "/uitkomst.pdf?publieke_waarde=nee"):
        yield client.get(address)
    style = Html(client.get("/").text).values("href")
    yield client.get(next(address for address in style if address.endswith(".css")))
    yield client.get("/static/weer.css")
    yield client.post("/zelfcheck", {"antwoord": "ja"})
    yield client.post("/zelfcheck", {})
    yield client.post("/", {"vraag": "x" * 9000})
    yield client.ask("DELETE", "/")
    yield client.get("/?" + "x" * 5000)
    yield client.ask("POST", "/", b"{}", {"Content-Type": "application/json"})


def test_the_kinds_are_all_there(client: Client) -> None:
    statuses = {answer.status_code for answer in kinds(client)}

    assert statuses == {200, 303, 404, 405, 413, 414, 422, 500}


def test_every_answer_has_what_keeps_it_safe(client: Client) -> None:
    for answer in kinds(client):
        assert {name: answer.headers[name] for name in SECURITY} == SECURITY
        assert len(answer.headers.get_list("content-security-policy")) == 1
        # Without https it would lock people out.
        assert "strict-transport-security" not in answer.headers
        assert "set-cookie" not in answer.headers
        assert "server" not in answer.headers


@pytest.mark.parametrize(
    ("public_url", "secure"), [(PUBLIC, True), ("http://gemeente.nl", False), ("", False)]
)
def test_only_pages_over_https_ask_for_it(flow: Flow, public_url: str, secure: bool) -> None:
    with Client(composed(flow, failing, public_url=public_url)) as client:
        for answer in kinds(client):
            header = answer.headers.get("strict-transport-security", "")
            seconds = re.match(r"max-age=(\d+)", header)
            assert secure == (seconds is not None and int(seconds[1]) >= 31_536_000)


def test_a_page_may_be_found_but_answers_may_not(client: Client) -> None:
    for answer in kinds(client):
        plain = answer.status_code == 200 and not answer.request.url.query
        assert ("x-robots-tag" not in answer.headers) == plain


def test_with_noindex_nothing_may_be_found(flow: Flow) -> None:
    with Client(composed(flow, failing, indexed=False)) as client:
        assert {answer.headers["x-robots-tag"] for answer in kinds(client)} == {"noindex"}
        # Who may not read the pages does not see that they are not to be found.
        assert "Disallow" not in client.get("/robots.txt").text


def test_what_has_answers_in_it_is_not_stored(client: Client) -> None:
    for answer in kinds(client):
        path = answer.request.url.path
        stored = answer.headers.get("cache-control")
        if answer.request.method == "POST" and not answer.is_redirect:
            assert stored == "private, max-age=0"
        elif answer.request.url.query or not answer.is_success:
            assert stored == "no-store"
        elif path.startswith("/static/"):
            assert stored == "public, max-age=31536000, immutable"
        elif path in ("/gezond", "/klaar"):
            assert stored == "no-store"
        elif path != "/robots.txt":
            assert stored == "public, max-age=300"


def test_a_file_has_a_name_that_changes_with_what_is_in_it(flow: Flow) -> None:
    names = []
    for theme in ("a{}", "b{}"):
        with Client(composed(flow, theme=theme)) as client:
            ours, theirs = _styles(client)
            names.append(theirs)
            answer = client.get(theirs)

            assert (answer.text, answer.headers["content-type"]) == (
                theme,
                "text/css; charset=utf-8",
            )
            assert client.get(ours).status_code == 200
            # Ours comes first, so that theirs wins.
            assert "theme" not in ours
    assert names[0] != names[1]


def test_without_a_theme_there_is_only_our_style(client: Client) -> None:
    assert len(_styles(client)) == 1


def _styles(client: Client) -> list[str]:
    links = Html(client.get("/").text).all("link")
    return [link["href"] for link in links if link["rel"] == "stylesheet"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_the_same_when_it_is_packed(client: Client, address: str) -> None:
    packed = client.get(address, {"Accept-Encoding": "gzip"})
    plain = client.get(address, {"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(plain.headers["content-length"]) == len(plain.content)
    assert int(packed.headers["content-length"]) < len(plain.content) / 2


def test_a_picture_is_not_packed_again(client: Client) -> None:
    picture = Html(client.get("/").text).meta("og:image").removeprefix(HOST)
    answer = client.get(picture, {"Accept-Encoding": "gzip"})

    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert len(gzip.compress(answer.content)) > 0.7 * len(answer.content)
    assert "content-encoding" not in answer.headers


def test_it_says_that_it_is_there(client: Client) -> None:
    for address, said in (("/gezond", "ok\n"), ("/klaar", "web ok\n")):
        assert (client.get(address).status_code, client.get(address).text) == (200, said)


@pytest.mark.parametrize("public_url", [PUBLIC, ""])
def test_who_finds_a_leak_can_read_whom_to_tell(flow: Flow, public_url: str) -> None:
    address = "/.well-known/security.txt"
    settings = {
        "security_contact": "mailto:cert@gemeente.nl",
        "security_expires": date(2031, 2, 3),
        "public_url": public_url,
    }
    with Client(composed(flow, **settings)) as client:
        answer = client.get(address)

    lines = dict(line.split(": ", 1) for line in answer.text.splitlines())
    canonical = {"Canonical": f"{PUBLIC}{address}"} if public_url else {}
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert lines == canonical | {
        "Contact": "mailto:cert@gemeente.nl",
        "Expires": "2031-02-03T23:59:59Z",
        "Preferred-Languages": "nl, en",
    }


def test_without_a_contact_for_leaks_there_is_no_such_file(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("left", ["/copro", ""], ids=["left on", "taken off"])
def test_below_a_path_every_address_begins_with_it(flow: Flow, left: str) -> None:
    """A proxy may leave the path in the address, or take it off."""
    with Client(composed(flow, lambda _: b"%PDF-", public_url=PUBLIC)) as client:
        for address in PAGES:
            answer = client.get(left + address)
            page = Html(answer.text)
            inside = [
                value
                for name in ("href", "src", "action")
                for value in page.values(name)
                if not value.startswith(("#", "https://", "mailto:"))
            ]

            assert answer.status_code == 200
            assert all(value.startswith("/copro/") for value in inside)
            assert len(inside) > 10
            assert page.meta("og:image").startswith(f"{PUBLIC}/static/")
            for value in {value for value in inside if value.startswith("/copro/static/")}:
                assert client.get(left + value.removeprefix("/copro")).status_code == 200
        sent = client.post(f"{left}/zelfcheck/publieke_waarde", {"antwoord": "ja"})
        shared = Html(client.get(left + OUTCOME).text).text.split()

    assert sent.headers["location"].startswith("/copro/zelfcheck/burgers?")
    assert PUBLIC + OUTCOME in shared


def test_a_path_that_only_begins_like_ours_is_another_page(flow: Flow) -> None:
    with Client(composed(flow, public_url=PUBLIC)) as client:
        assert client.get("/copro").status_code == client.get("/copro/").status_code == 200
        assert client.get("/coproductie").status_code == 404


def test_the_page_of_an_organisation_carries_its_name(flow: Flow) -> None:
    named = {"operator": "Gemeente **<b>", "contact": "mailto:wijzer@gemeente.nl"}
    with Client(composed(flow, **named)) as client:
        page = Html(client.get("/privacy").text)

    assert page.text.count("Gemeente **<b>") == 2
    assert {"href": "mailto:wijzer@gemeente.nl"} in page.all("a")


def test_the_bot_in_telegram_is_offered_with_the_answers(flow: Flow) -> None:
    with Client(composed(flow, telegram_name="wijzer_bot")) as client:
        links = Html(client.get(OUTCOME).text).values("href")
    with Client(composed(flow)) as client:
        without = client.get(OUTCOME).text

    (telegram,) = (address for address in links if address.startswith("https://t.me/wijzer_bot"))
    assert re.fullmatch(r"https://t\.me/wijzer_bot\?start=[A-Za-z0-9_-]{1,64}", telegram)
    assert "start=" not in without
