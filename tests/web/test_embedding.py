"""The check in a frame on a site of somebody else: nothing leaves it, and only some may show it."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from dialogues.flow import Flow
from tests.core.definition import QUESTIONS
from tests.web.campaigns import CAMPAIGNS, TERM
from tests.web.client import HOST, Client, composed, texts
from tests.web.reading import Html
from tests.web.test_headers import SECURITY
from tests.web.test_http import ALL_JA, failing

SITES = ("https://intranet.gemeente.nl", "https://*.provincie.nl")
FRAMED = "/insluiten"
START = f"{FRAMED}/"
PAGES = [
    START,
    "/insluiten/begrippen",
    "/insluiten/begrippen/cocreatie",
    "/insluiten/voorbeelden/bij/zorg",
    "/insluiten/verder-lezen",
    "/insluiten/privacy",
    "/insluiten/vragen",
    "/insluiten/toegankelijkheid",
    "/insluiten/zelfcheck/publieke_waarde",
    f"/insluiten/uitkomst?{ALL_JA}",
    f"/insluiten{TERM.path}",
    "/insluiten/weer",
]


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    settings = {"frame_ancestors": SITES, "telegram_name": "wijzer_bot"}
    with Client(composed(flow, failing, None, CAMPAIGNS, **settings)) as client:
        yield client


@pytest.mark.parametrize("address", PAGES)
def test_links_and_forms_stay_in_the_frame_or_leave_it_openly(client: Client, address: str) -> None:
    answer = client.get(address)
    page = Html(answer.text)

    assert answer.status_code == (404 if address.endswith("weer") else 200)
    assert page.all("html")[0]["lang"] == "nl"
    assert [len(page.all(tag)) for tag in ("main", "h1", "nav")] in ([1, 1, 0], [1, 1, 1])
    assert not [nav for nav in page.all("nav") if nav["aria-label"] == texts().footer_label]
    for form in page.all("form"):
        assert form["action"].startswith(START)
    for link in page.all("a"):
        to = urljoin(HOST + address, link["href"])
        leaves = not to.startswith((f"{HOST}{START}", f"{HOST}{FRAMED}#", "mailto:"))
        if leaves:
            assert (link.get("target"), link.get("rel")) == ("_blank", "noopener"), link
        else:
            assert "target" not in link


@pytest.mark.parametrize("address", PAGES[:-1])
def test_the_same_page_is_there_outside_the_frame(client: Client, address: str) -> None:
    page = Html(client.get(address).text)
    leaving = [link["href"] for link in page.all("a") if link.get("target") == "_blank"]
    (whole,) = (link for link in leaving if link.startswith("/"))
    outside = client.get(whole)

    assert not whole.startswith(FRAMED)
    assert outside.status_code == 200
    if address not in ("/insluiten/vragen", "/insluiten/toegankelijkheid"):
        assert Html(outside.text).meta("og:title") == page.meta("og:title")


def test_the_whole_check_is_done_in_the_frame(client: Client) -> None:
    address = f"{FRAMED}/zelfcheck"
    for _ in QUESTIONS:
        answer = _followed(client, address)
        form = Html(answer.text).all("form")[0]["action"]
        address = client.post(form, {"antwoord": "ja"}).headers["location"]
    outcome = client.get(address)

    assert address.startswith(f"{FRAMED}/uitkomst?")
    assert "Volledige coproductie" in Html(outcome.text).text
    # What is passed on is the outcome as all see it.
    assert f"{HOST}/uitkomst?{ALL_JA}" in Html(outcome.text).text.split()


def _followed(client: Client, address: str) -> httpx.Response:
    answer = client.get(address)
    return client.get(answer.headers["location"]) if answer.is_redirect else answer


@pytest.mark.parametrize("address", [FRAMED, START])
def test_the_start_is_there_with_and_without_a_slash(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 200
    assert Html(answer.text).meta("og:url") == f"{HOST}/"


def test_only_the_sites_of_the_settings_may_show_it(client: Client) -> None:
    policy = SECURITY["content-security-policy"]
    policy = policy.replace("frame-ancestors 'none'", f"frame-ancestors {' '.join(SITES)}")
    kinds = [
        *(client.get(address) for address in PAGES),
        client.get("/insluiten/privacy/"),
        client.post("/insluiten/zelfcheck/publieke_waarde", {}),
        client.post("/insluiten/zelfcheck", {"antwoord": "ja"}),
        client.post("/insluiten/toegankelijkheid", {}),
        client.get(f"/insluiten/uitkomst.pdf?{ALL_JA}"),
        client.get("/insluiten/?" + "x" * 5000),
    ]

    assert {answer.status_code for answer in kinds} == {200, 303, 404, 405, 414, 422, 500}
    for answer in kinds:
        assert answer.headers["content-security-policy"] == policy
        # It cannot name a site, and browsers that heed it would show nothing.
        assert "x-frame-options" not in answer.headers
        # The pages themselves can be found; these say the same.
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in answer.headers


def test_all_else_may_be_shown_by_nobody(client: Client) -> None:
    for address in ("/", "/insluiten-niet", "/vragen", "/delen", "/robots.txt", TERM.path):
        headers = client.get(address).headers
        assert headers["content-security-policy"].endswith("; frame-ancestors 'none'")
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("address", ["/delen", "/cijfers", "/robots.txt", "/gezond", "/insluiten"])
def test_what_is_no_part_of_the_conversation_is_not_in_the_frame(
    client: Client, address: str
) -> None:
    assert client.get(FRAMED + address).status_code == 404


@pytest.mark.parametrize("left", ["/copro", ""], ids=["left on", "taken off"])
def test_below_a_path_it_stays_there(flow: Flow, left: str) -> None:
    settings = {"frame_ancestors": SITES, "public_url": "https://gemeente.nl/copro"}
    with Client(composed(flow, None, None, None, **settings)) as client:
        page = Html(client.get(f"{left}/insluiten/zelfcheck/publieke_waarde").text)
        sent = client.post(f"{left}/insluiten/zelfcheck/publieke_waarde", {"antwoord": "ja"})

    assert sent.headers["location"].startswith("/copro/insluiten/zelfcheck/burgers?")
    for form in page.all("form"):
        assert form["action"].startswith("/copro/insluiten/")
    for file in (*page.values("src"), *(link["href"] for link in page.all("link"))):
        assert urlsplit(file).path.startswith("/copro/static/")
