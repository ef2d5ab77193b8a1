"""The figures on the web: for who knows the password, without small numbers, and never kept."""

import asyncio
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from bot.counts.counter import Counter
from bot.counts.measures import Channel, Count, Measure
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, Entry
from bot.metrics import Metrics
from dialogues.flow import Flow
from tests.web.browser import Chromium
from tests.web.campaigns import CAMPAIGNS, CHECK
from tests.web.client import Client, composed, texts
from tests.web.judging import judged
from tests.web.person import press
from tests.web.reading import Html
from tests.web.server import WebServer

PASSWORD = "een-heel-lang-wachtwoord"
PAGE = "/cijfers"
FIRST = date(2026, 11, 20)
FEWER = "minder dan 5"
OLD = "een-oude-campagne"


@pytest.fixture
def counter(tmp_path: Path) -> Counter:
    """Three days: 7 came in on each, one of them by a campaign that is no longer there."""
    store = SqliteCounts(tmp_path / "counts.sqlite3")
    entries = []
    for days in range(3):
        day = FIRST + timedelta(days)
        entries += [Entry(day, "", Channel.WEB, (Count(Measure.START),))] * 6
        entries.append(Entry(day, OLD, Channel.TELEGRAM, (Count(Measure.START),)))
        entries.append(Entry(day, "", Channel.WEB, (Count(Measure.OUTCOME, "volledig"),)))
    asyncio.run(store.write(Batch(b"12345678", entries)))
    return Counter(store, Metrics())


@pytest.fixture
def client(flow: Flow, counter: Counter) -> Iterator[Client]:
    sites = ("https://intranet.gemeente.nl",)
    app = composed(
        flow, None, None, CAMPAIGNS, counter, stats_password=PASSWORD, frame_ancestors=sites
    )
    with Client(app) as client:
        yield client
        client.run(counter.close())


def bearer(password: str = PASSWORD, accept: str = "*/*") -> dict[str, str]:
    return {"Authorization": f"Bearer {password}", "Accept": accept}


def rows(answer: httpx.Response) -> dict[str, str]:
    """What the tables say, by the label of the row; of a label that comes twice, the first."""
    found = re.findall(r'<th scope="row">([^<]*)<svg.*?<td>([^<]*)</td>', answer.text, re.DOTALL)
    return dict(reversed(found))


def ticket(answer: httpx.Response) -> str:
    (given,) = (one["value"] for one in Html(answer.text).all("input") if one["name"] == "toegang")
    return given


def test_without_a_password_in_the_settings_there_is_no_such_page(flow: Flow) -> None:
    with Client(composed(flow)) as client:
        assert client.get(PAGE).status_code == 404
        assert client.get(PAGE, bearer()).status_code == 404
        assert client.post(PAGE, {"wachtwoord": ""}).status_code == 404


def test_who_has_no_password_sees_no_figure(client: Client) -> None:
    answers = [
        client.get(PAGE),
        client.get(f"{PAGE}?wachtwoord={PASSWORD}&toegang={PASSWORD}"),
        client.post(PAGE, {"wachtwoord": "fout"}),
        client.post(PAGE, {"wachtwoord": ""}),
        client.post(PAGE, {}),
        client.post(PAGE, {"toegang": "9999999999.fout"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 422, 422, 422, 422]
    for answer in answers:
        assert "noindex" in answer.headers["x-robots-tag"]
        assert not Html(answer.text).all("table")
        assert PASSWORD not in answer.text
    assert texts().wrong_password in answers[2].text
    assert texts().expired in answers[-1].text


def test_the_password_opens_the_figures(client: Client) -> None:
    answer = client.post(PAGE, {"wachtwoord": PASSWORD})

    assert answer.status_code == 200
    assert rows(answer) == {
        "Binnengekomen": "21",
        "Zelfcheck begonnen": FEWER,
        "Zelfcheck afgerond": FEWER,
        "Niet begrepen": FEWER,
        "volledige coproductie": FEWER,
        "coproductie in de implementatie": FEWER,
        "complementaire coproductie": FEWER,
        "geen coproductie": FEWER,
        "nog niet te zeggen": FEWER,
        "De rest": "elk minder dan 5",
        "Deze website": "18",
        "Telegram": FEWER,
        "Een andere website": FEWER,
        OLD: FEWER,
        "Zonder campagne": "18",
        **{(FIRST + timedelta(days)).isoformat(): "7" for days in range(3)},
    }
    assert PASSWORD not in answer.text


def test_a_bar_is_as_long_as_its_number_and_a_small_number_has_none(client: Client) -> None:
    answer = client.post(PAGE, {"wachtwoord": PASSWORD})
    widths = re.findall(r'>([^<]*)<svg[^>]*><rect width="([0-9.]+)%"', answer.text)

    assert ("Deze website", "100.0") in widths
    assert ("Telegram", "0.0") in widths


def test_what_is_chosen_next_needs_no_password(client: Client) -> None:
    opened = client.post(PAGE, {"wachtwoord": PASSWORD})
    fields = {"toegang": ticket(opened)}
    later = client.post(PAGE, {**fields, "vanaf": "21-11-2026"})
    old = client.post(PAGE, {**fields, "campagne": OLD})
    none = client.post(PAGE, {**fields, "campagne": str(CHECK.code), "vanaf": "2026-11-22"})

    assert rows(later)["Binnengekomen"] == "14"
    assert "Campagne: alle. Vanaf: 2026-11-21." in later.text
    assert f"Campagne: {OLD}. Vanaf: het begin." in old.text
    assert rows(old)["Telegram"] == rows(old)["Binnengekomen"] == FEWER
    assert rows(none)["Deze website"] == FEWER
    codes = re.findall("<option[^>]*>([^<]*)</option>", none.text)
    assert codes[1:] == sorted([OLD, *(str(one.code) for one in CAMPAIGNS)])
    assert f"<option selected>{CHECK.code}</option>" in none.text
    assert Html(none.text).all("input")[1]["value"] == "2026-11-22"


@pytest.mark.parametrize(
    "typed", ["gisteren", "31-2-2026", "1-13-2026", "0-0-0000", "20261", "١-١-٢٠٢٦"]
)
def test_a_day_that_cannot_be_read_is_given_back(client: Client, typed: str) -> None:
    opened = client.post(PAGE, {"wachtwoord": PASSWORD})
    answer = client.post(PAGE, {"toegang": ticket(opened), "vanaf": typed})

    assert answer.status_code == 422
    assert texts().no_date_title in answer.text
    assert f'value="{typed}"' in answer.text
    assert ticket(answer)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(["campagne", "vanaf", "weer"]), st.text(max_size=60)))
def test_whatever_is_chosen_gets_a_page(client: Client, fields: dict[str, str]) -> None:
    opened = client.post(PAGE, {"wachtwoord": PASSWORD})
    answer = client.post(PAGE, {**fields, "toegang": ticket(opened)})

    assert answer.status_code in (200, 422)
    Html(answer.text)


def test_a_script_gets_every_row_without_small_numbers(client: Client) -> None:
    answer = client.get(f"{PAGE}?vanaf=2026-11-22", bearer(accept="application/json"))
    found = {(one["campaign"], one["measure"]): one for one in answer.json()}

    assert answer.headers["cache-control"] == "no-store"
    assert (found["", "start"]["number"], found["", "start"]["shown"]) == (6, "6")
    assert (found[OLD, "start"]["number"], found[OLD, "start"]["shown"]) == (None, FEWER)
    assert {one["day"] for one in answer.json()} == {"2026-11-22"}


def test_a_script_may_ask_for_the_page(client: Client) -> None:
    answer = client.get(f"{PAGE}?campagne={OLD}", bearer())

    assert answer.headers["cache-control"] == "no-store"
    assert rows(answer)[OLD] == FEWER


@pytest.mark.parametrize(
    "given",
    ["Bearer fout", "Bearer", f"Basic {PASSWORD}", PASSWORD, "Bearer 12345678901", "bearer  "],
)
def test_a_script_without_the_password_gets_nothing(client: Client, given: str) -> None:
    answer = client.get(PAGE, {"Authorization": given})

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.text.strip() == texts().wrong_password


def test_a_script_with_a_day_that_cannot_be_read_is_told(client: Client) -> None:
    answer = client.get(f"{PAGE}?vanaf=gisteren", bearer())

    assert (answer.status_code, answer.text.strip()) == (400, texts().no_date)


def test_guessing_ends_soon_on_the_page_and_for_scripts_alike(client: Client) -> None:
    for _ in range(5):
        assert client.post(PAGE, {"wachtwoord": "fout"}).status_code == 422
        assert client.get(PAGE, bearer("fout")).status_code == 401
    for refused in (client.post(PAGE, {"wachtwoord": PASSWORD}), client.get(PAGE, bearer())):
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 61
        assert texts().too_many.title in refused.text


def test_it_stands_in_no_frame_and_no_list_of_pages(client: Client) -> None:
    assert client.get(f"/insluiten{PAGE}").status_code == 404
    for address in ("/", "/privacy", "/delen"):
        assert PAGE not in client.get(address).text


def test_counts_that_cannot_be_read_are_said_to_be(flow: Flow, tmp_path: Path) -> None:
    file = tmp_path / "counts.sqlite3"
    file.write_bytes(b"geen tellingen " * 100)
    metrics = Metrics()
    counter = Counter(SqliteCounts(file), metrics)
    with Client(composed(flow, None, metrics, None, counter, stats_password=PASSWORD)) as client:
        page = client.post(PAGE, {"wachtwoord": PASSWORD})
        script = client.get(PAGE, bearer(accept="application/json"))

    assert (page.status_code, script.status_code) == (503, 503)
    assert "beschadigd" in page.text
    assert script.json() == {"error": "damaged"}


def test_who_does_not_count_is_told(flow: Flow) -> None:
    with Client(composed(flow, stats_password=PASSWORD)) as client:
        answer = client.post(PAGE, {"wachtwoord": PASSWORD})
        script = client.get(PAGE, bearer(accept="application/json"))

    assert "COPRO_COUNTS" in answer.text
    assert script.json() == []


def test_the_privacy_page_lists_exactly_what_is_counted(client: Client, flow: Flow) -> None:
    counted = client.get("/privacy").text
    with Client(composed(flow)) as quiet:
        not_counted = quiet.get("/privacy").text

    for one in ("Hoe vaak iemand aan de zelfcheck begint.", "Welke uitkomst dat is."):
        assert one in counted
        assert one not in not_counted
    assert "Dit programma telt geen bezoek." in not_counted


def sent(page: Page, field: str, typed: str) -> None:
    """Fill in a field, and send the form with the keyboard."""
    page.get_by_label(field, exact=True).fill(typed)
    press(page, "Enter")


def test_the_page_is_readable_and_usable_for_everyone(
    chromium: Chromium, flow: Flow, counter: Counter
) -> None:
    with (
        WebServer(flow, counter=counter, stats_password=PASSWORD) as server,
        chromium.page(server.url) as page,
    ):
        page.goto(PAGE)
        assert judged(page) == []
        sent(page, "Wachtwoord", "fout")
        assert judged(page) == []
        sent(page, "Wachtwoord", PASSWORD)
        assert judged(page) == []
        sent(page, "Vanaf", "gisteren")
        assert judged(page) == []
        sent(page, "Vanaf", "21-11-2026")
        assert page.get_by_role("table").first.get_by_role("row").nth(1).inner_text().split() == [
            "Binnengekomen",
            "14",
        ]
