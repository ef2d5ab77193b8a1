"""What the pages count, read back from a real file of counts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.counts.counter import Counter
from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import Batch, CountsUnavailable, Row
from bot.metrics import Metrics
from dialogues.flow import Flow
from tests.core.definition import QUESTIONS
from tests.web.campaigns import CAMPAIGNS, CHECK, ENDED, TERM
from tests.web.client import Client, composed

ALL_YES = dict.fromkeys(QUESTIONS, "ja")
FIRST, LAST = QUESTIONS[0], QUESTIONS[-1]
ALMOST = "&".join(f"{name}=ja" for name in QUESTIONS[:-1])


class Counted(Client):
    """Pages that count in a file, and what that says."""

    def __init__(self, flow: Flow, file: Path) -> None:
        metrics = Metrics()
        self._counter = Counter(SqliteCounts(file), metrics)
        sites = ("https://intranet.gemeente.nl",)
        super().__init__(
            composed(flow, None, metrics, CAMPAIGNS, self._counter, frame_ancestors=sites)
        )

    def __exit__(self, *error: object) -> None:
        self.run(self._counter.close())
        super().__exit__(*error)

    @property
    def sums(self) -> dict[str, int]:
        """``channel campaign measure name``, without what is empty."""
        rows = self.run(self._counter.read())
        return {_said(row): row.number for row in rows}


def _said(row: Row) -> str:
    return " ".join(filter(None, (row.channel, row.campaign, row.measure, row.name)))


@pytest.fixture
def counted(flow: Flow, tmp_path: Path) -> Iterator[Counted]:
    with Counted(flow, tmp_path / "counts.sqlite3") as client:
        yield client


def test_who_comes_in_is_a_start(counted: Counted) -> None:
    for address in ("/", "/", "/insluiten", "/?publieke_waarde=ja", "/?na-stap=terug", "/privacy"):
        assert counted.get(address).status_code == 200

    assert counted.sums == {"web start": 2, "ingesloten start": 1}


def test_who_comes_by_a_campaign_counts_for_that(counted: Counted) -> None:
    for address in (TERM.path, f"/insluiten{TERM.path}", CHECK.path, ENDED.path, "/c/geen-van-ons"):
        counted.get(address)

    assert counted.sums == {
        "web buurtfeest-2027 start": 1,
        "web buurtfeest-2027 begrip cocreatie": 1,
        "ingesloten buurtfeest-2027 start": 1,
        "ingesloten buurtfeest-2027 begrip cocreatie": 1,
        "web zelf-doen start": 1,
        "web voorbij start": 1,
        "web voorbij begrip cocreatie": 1,
    }


@pytest.mark.parametrize("address", ["/", TERM.path, "/begrippen/coproductie"])
def test_who_does_not_look_does_not_count(counted: Counted, address: str) -> None:
    counted.ask("HEAD", address)
    for name, value in (("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch")):
        counted.get(address, {name: value})

    assert counted.sums == {}


def test_an_explanation_counts_when_it_is_shown(counted: Counted) -> None:
    for address in (
        "/begrippen/coproductie",
        "/begrippen/coproductie/meer",
        f"/zelfcheck/{FIRST}?uitleg-over=inspraak",
        "/voorbeelden/buurtpreventie",
        "/begrippen",
    ):
        assert counted.get(address).status_code == 200

    assert counted.sums == {
        "web begrip coproductie": 2,
        "web begrip inspraak": 1,
        "web begrip buurtpreventie": 1,
    }


def test_a_detour_counts_once(counted: Counted) -> None:
    asked = counted.post("/", {"vraag": "wat is coproductie"})
    counted.get(asked.headers["location"])
    elsewhere = counted.get("/begrippen/cocreatie/")
    counted.get(elsewhere.headers["location"])

    assert counted.sums == {"web begrip coproductie": 1, "web begrip cocreatie": 1}


def test_a_check_counts_from_its_first_answer_to_its_outcome(counted: Counted) -> None:
    address = f"/zelfcheck/{FIRST}?via-campagne={CHECK.mark}"
    for name in QUESTIONS:
        assert counted.get(address).status_code == 200
        # One of them is typed, and one is forgotten first.
        counted.post(address, {})
        given = {"vraag": "ja"} if name == QUESTIONS[1] else {"antwoord": "ja"}
        address = counted.post(address, given).headers["location"]
    counted.get(address)
    counted.get(address)

    assert counted.sums == {
        "web zelf-doen zelfcheck_begonnen": 1,
        "web zelf-doen zelfcheck_afgerond": 1,
        "web zelf-doen uitkomst volledig": 1,
    }


def test_another_answer_can_be_another_outcome(counted: Counted) -> None:
    address = f"/zelfcheck/{LAST}?{ALMOST}"
    first = counted.post(address, {"antwoord": "ja"}).headers["location"]
    query = first.partition("?")[2].partition("&antwoord-op")[0]
    counted.post(f"/zelfcheck/{LAST}?{query}", {"antwoord": "nee"})
    counted.post(f"/zelfcheck/{LAST}?{query}", {"antwoord": "ja"})

    assert counted.sums == {
        "web zelfcheck_afgerond": 1,
        "web uitkomst volledig": 1,
        "web uitkomst implementatie": 1,
    }


def test_all_questions_at_once_are_a_check(counted: Counted) -> None:
    counted.post(f"/vragen?via-campagne={CHECK.mark}", ALL_YES)
    counted.post(f"/insluiten/vragen?{FIRST}=ja", ALL_YES)
    counted.post("/vragen", {})

    assert counted.sums == {
        "web zelf-doen zelfcheck_begonnen": 1,
        "web zelf-doen zelfcheck_afgerond": 1,
        "web zelf-doen uitkomst volledig": 1,
        "ingesloten zelfcheck_afgerond": 1,
        "ingesloten uitkomst volledig": 1,
    }


def test_a_text_that_is_not_understood_counts_without_what_it_says(
    counted: Counted, tmp_path: Path
) -> None:
    for address in ("/", f"/zelfcheck/{FIRST}", "/insluiten/"):
        assert counted.post(address, {"vraag": "geheime kaas"}).status_code == 422

    assert counted.sums == {"web niet_begrepen": 2, "ingesloten niet_begrepen": 1}
    assert not [path for path in tmp_path.iterdir() if b"kaas" in path.read_bytes()]


def test_no_campaign_that_is_made_up_counts(counted: Counted) -> None:
    counted.get("/begrippen/coproductie?via-campagne=abcd")
    elsewhere = counted.get("/begrippen/coproductie?via-campagne=<script>")

    assert elsewhere.headers["location"] == "/begrippen/coproductie"
    assert counted.sums == {"web begrip coproductie": 1}


class Broken:
    """A place for counts that is not there; ``attempts``: how often somebody tried."""

    def __init__(self) -> None:
        self.attempts = 0

    async def write(self, batch: Batch) -> None:
        self.attempts += 1
        raise CountsUnavailable("unreachable")

    async def read(self, since: object) -> list[Row]:
        raise CountsUnavailable("unreachable")

    async def close(self) -> None:
        """There is nothing to close."""


def test_the_pages_go_on_when_nothing_can_be_counted(flow: Flow) -> None:
    metrics, store = Metrics(), Broken()
    counter = Counter(store, metrics)
    with Client(composed(flow, None, metrics, CAMPAIGNS, counter)) as client:
        statuses = [client.get(address).status_code for address in ("/", TERM.path, "/privacy")]
        sent = client.post(f"/zelfcheck/{FIRST}", {"antwoord": "ja"})
        client.run(counter.close())

    assert statuses == [200, 200, 200]
    assert sent.status_code == 303
    assert store.attempts
