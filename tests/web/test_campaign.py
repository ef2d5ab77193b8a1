"""The addresses of campaigns, and what of a campaign goes along with somebody."""

from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.campaigns.campaigns import Campaign
from dialogues.flow import Flow
from tests.web.campaigns import CAMPAIGNS, CHECK, ENDED, LINE, OPENING, PARTNER, START, TERM
from tests.web.client import HOST, Client, composed
from tests.web.reading import Html
from tests.web.test_http import ALL_JA

RUNNING = [TERM, CHECK, START]
_ORDINARY = {TERM: "/begrippen/cocreatie", CHECK: "/zelfcheck/publieke_waarde", START: "/"}


def name(campaign: Campaign) -> str:
    return str(campaign.code)


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow, None, None, CAMPAIGNS, telegram_name="wijzer_bot")) as client:
        yield client


@pytest.mark.parametrize("campaign", RUNNING, ids=name)
def test_a_campaign_begins_with_its_page_under_its_line(client: Client, campaign: Campaign) -> None:
    answer = client.get(campaign.path)
    page, ordinary = Html(answer.text), Html(client.get(_ORDINARY[campaign]).text)

    assert answer.status_code == 200
    assert page.text.index(campaign.welcome) < page.text.index(PARTNER)
    assert [bar["fill"] for bar in page.all("rect")] == [campaign.colour]
    assert page.meta("og:title") == ordinary.meta("og:title")
    # Who passes it on by this address, passes on the campaign.
    assert page.meta("og:url") == HOST + campaign.path
    # What a cache on the way keeps is not counted, and would go on after the last day.
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_once_it_has_ended_its_line_is_gone(client: Client) -> None:
    answer = client.get(ENDED.path)

    assert answer.status_code == 200
    assert LINE not in answer.text
    assert PARTNER not in answer.text
    assert not Html(answer.text).all("rect")
    assert f"via-campagne={ENDED.mark}" in answer.text


@pytest.mark.parametrize("campaign", OPENING, ids=name)
def test_every_way_on_carries_its_mark(client: Client, campaign: Campaign) -> None:
    answer = client.get(campaign.path)

    for address in _onward(campaign.path, Html(answer.text)):
        assert f"via-campagne={campaign.mark}" in urlsplit(address).query, address
        followed = client.get(address.removeprefix(HOST))
        assert LINE not in followed.text
        for further in _onward(address, Html(followed.text)):
            assert f"via-campagne={campaign.mark}" in urlsplit(further).query, further


def _onward(address: str, page: Html) -> list[str]:
    links = [urljoin(HOST + address, link["href"]) for link in page.all("a")]
    forms = [urljoin(HOST + address, form["action"]) for form in page.all("form")]
    return [link for link in (*links, *forms) if link.startswith(HOST) and "#" not in link]


def test_it_lasts_until_the_outcome_and_is_not_passed_on(client: Client) -> None:
    address = f"/vragen?via-campagne={CHECK.mark}"
    sent = client.post(address, dict.fromkeys(ALL_JA.replace("=ja", "").split("&"), "ja"))
    outcome = Html(client.get(sent.headers["location"]).text)
    term = Html(client.get(f"/begrippen/cocreatie?via-campagne={TERM.mark}").text)

    assert sent.headers["location"] == (
        f"/uitkomst?{ALL_JA}&alle-vragen=ja&via-campagne={CHECK.mark}"
    )
    for page in (outcome, term, Html(client.get(TERM.path).text)):
        shared = [
            link for link in page.values("href") if link.startswith(("mailto:", "https://wa"))
        ]
        assert len(shared) == 2
        assert not [link for link in shared if "via-campagne" in link or "%2Fc%2F" in link]
    assert term.meta("og:url") == f"{HOST}/begrippen/cocreatie"


@pytest.mark.parametrize(
    "address", [f"{TERM.path}/", f"/c/{TERM.code.upper()}", f"/c//{TERM.code}"]
)
def test_another_way_to_write_it_leads_to_it(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.headers["location"]) == (303, TERM.path)


def test_it_can_only_be_read(client: Client) -> None:
    head = client.ask("HEAD", TERM.path)
    posted = client.post(TERM.path, {"vraag": "wat is coproductie"})

    assert (head.status_code, head.content) == (200, b"")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD")
    assert client.get(f"{TERM.path}?{'x' * 5000}").status_code == 414
    assert client.get(f"{TERM.path}?utm_source=poster").status_code == 200


@given(st.text(max_size=60) | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
@example("//evil.example")
@example("..%2f..%2f")
@example("\r\nLocation: https://evil.example")
@example("<script>")
@example("buurtfeest-2027\x00")
@example("x" * 3000)
def test_a_code_of_no_campaign_leads_to_the_start(client: Client, code: str) -> None:
    answer = client.get(f"/c/{quote(code, safe='')}")
    known = CAMPAIGNS.named(code.strip("/").lower())

    if "\n" in code:
        assert answer.status_code in (303, 404)  # no path of ours can have a line break
    elif known is None:
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    else:
        assert answer.status_code == 200 or answer.headers["location"] == known.path


def test_below_a_path_it_stays_there(flow: Flow) -> None:
    public = "https://gemeente.nl/copro"
    with Client(composed(flow, None, None, CAMPAIGNS, public_url=public)) as client:
        assert client.get("/copro/c/weg").headers["location"] == "/copro/"
        assert client.get(f"/copro{TERM.path}/").headers["location"] == f"/copro{TERM.path}"
        page = Html(client.get(f"/copro{TERM.path}").text)

    assert page.meta("og:url") == public + TERM.path
