"""What is passed on: a page without answers, or an outcome by who was told what goes along."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from dialogues.flow import Flow
from tests.web.client import HOST, Client, composed, texts
from tests.web.reading import Html
from tests.web.test_http import ALL_JA, PAGES

OUTCOME = f"/uitkomst?{ALL_JA}"
SITES = ("https://intranet.gemeente.nl", "https://*.provincie.nl")
# Where a page can be shared, and the address that is.
SHARED = {
    "/": "/",
    "/?publieke_waarde=ja&via-campagne=abcd": "/",
    "/begrippen/cocreatie": "/begrippen/cocreatie",
    "/begrippen/cocreatie/meer?burgers=ja": "/begrippen/cocreatie/meer",
    "/begrippen/inspraak": "/begrippen/inspraak",
    "/voorbeelden/buurtpreventie": "/voorbeelden/buurtpreventie",
    f"{OUTCOME}&uitleg-over=cocreatie": "/begrippen/cocreatie",
    "/delen?publieke_waarde=ja": "/",
    OUTCOME: OUTCOME,
}


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow)) as client:
        yield client


def ways(page: Html) -> list[str]:
    """Where one can pass a page on: by mail, WhatsApp and Telegram."""
    starts = ("mailto:?", "https://wa.me/?", "https://t.me/share/url?")
    return [link for start in starts for link in page.values("href") if link.startswith(start)]


@pytest.mark.parametrize("address", SHARED)
def test_every_way_passes_on_the_same_address(client: Client, address: str) -> None:
    page = Html(client.get(address).text)
    shared = HOST + SHARED[address]
    mail, whatsapp, telegram = (parse_qs(urlsplit(way).query) for way in ways(page))

    assert shared in page.text.split()
    assert mail["body"] == telegram["url"] == [shared]
    assert whatsapp["text"] == [f"{mail['subject'][0]} {shared}"]
    assert telegram["text"] == mail["subject"]
    assert texts().page_title.text(pagina="", naam="").strip() not in mail["subject"]


@pytest.mark.parametrize("address", ["/vragen", "/privacy", "/begrippen", "/voorbeelden", "/weer"])
def test_other_pages_are_not_shared_one_by_one(client: Client, address: str) -> None:
    assert ways(Html(client.get(address).text)) == []


def test_without_a_host_that_can_be_trusted_there_is_nothing_to_share(client: Client) -> None:
    page = Html(client.get("/begrippen/cocreatie", {"Host": "<b>"}).text)

    assert ways(page) == []
    assert page.meta("og:url") == ""


def test_an_outcome_says_what_goes_along_before_it_goes(client: Client) -> None:
    text = client.get(OUTCOME).text

    assert text.index(texts().link_hint) < text.index("mailto:?") < text.index("https://wa.me")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_an_address_for_others_when_it_shows_no_answers(
    client: Client, address: str
) -> None:
    canonical = Html(client.get(address).text).meta("og:url")
    shows_answers = "=ja" in address or "=nee" in address

    if address == "/vragen?burgers=ja":
        assert canonical == f"{HOST}/vragen"
    elif shows_answers:
        assert canonical == ""
    else:
        assert canonical == HOST + address.partition("?")[0]


def test_an_error_has_no_address_for_others(client: Client) -> None:
    assert Html(client.get("/weer").text).meta("og:url") == ""
    assert Html(client.post("/", {"vraag": "kaas"}).text).meta("og:url") == ""


@pytest.mark.parametrize("public_url", ["", "https://gemeente.nl/copro"])
def test_the_code_to_paste_shows_the_check(flow: Flow, public_url: str) -> None:
    with Client(composed(flow, frame_ancestors=SITES, public_url=public_url)) as client:
        page = Html(client.get("/delen").text)
        (code,) = (part for part in page.fields if part.startswith("<iframe"))
        (frame,) = Html(code).all("iframe")
        shown = client.get(frame["src"].removeprefix(HOST).removeprefix("https://gemeente.nl"))

    assert frame["src"] == f"{public_url or HOST}/insluiten"
    assert frame["title"]
    assert frame["loading"] == "lazy"
    assert shown.status_code == 200
    assert all(site in page.text for site in SITES)


def test_without_sites_there_is_no_code(client: Client) -> None:
    answer = client.get("/delen")

    assert "iframe" not in answer.text
    assert "COPRO_FRAME_ANCESTORS" in answer.text
    assert client.get("/insluiten").status_code == 404
