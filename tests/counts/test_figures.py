"""What people see of the sums, beside the plainest way to add them up."""

import json
import re
from collections import Counter as Sums
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channel_texts import check_channel_texts
from bot.counts.export import exported
from bot.counts.figures import SMALLEST, figures, over_time
from bot.counts.measures import Channel, Measure
from bot.counts.store import Row
from bot.counts.texts import CountTexts
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems
from tests.conftest import ContentWith
from tests.made_once import CONTENT

FIRST = date(2026, 12, 20)
NEW_YEAR = date(2027, 1, 1)
FEWER = "minder dan 5"


def _texts() -> CountTexts:
    read = read_record(CountTexts, FOLDER / "tellingen.yaml", Problems())
    assert read is not None
    return read


TEXTS = _texts()
# Another version of the program may count other things, of content that is gone.
STRANGE = "iets_anders"
NAMES = ["", STRANGE, "coproductie", "inspraak", "buurtpreventie", "volledig", "geen", "open"]
rows_of_any_kind = st.lists(
    st.builds(
        Row,
        st.dates(FIRST, FIRST + timedelta(days=90)),
        st.sampled_from(["", "buurtfeest-2027", "een-ander"]),
        st.sampled_from([*Channel, STRANGE]),
        st.sampled_from([*Measure, STRANGE]),
        st.sampled_from(NAMES),
        st.integers(1, 40),
    ),
    max_size=40,
)


NAMELESS = (Measure.START, Measure.BEGUN, Measure.FINISHED, Measure.NOT_UNDERSTOOD)
OUTCOMES, EXPLAINED = (TEXTS.measures[one].name for one in (Measure.OUTCOME, Measure.TERM))
ASKABLE = {
    name: one.name
    for known in (CONTENT.terms, CONTENT.forms, CONTENT.examples)
    for name, one in known.items()
}


def shown(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    tables = figures(rows, TEXTS, CONTENT)
    return {(table.title, bar.label): bar.shown for table in tables for bar in table.bars}


def in_words(number: int) -> str:
    return str(number) if number >= SMALLEST else FEWER


def oracle(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Every label with its number, one row after another."""
    numbers = {(TEXTS.totals, TEXTS.measures[one].name): 0 for one in NAMELESS}
    numbers |= {(OUTCOMES, outcome.name): 0 for outcome in CONTENT.outcomes.values()}
    numbers |= {(TEXTS.by_channel, TEXTS.channels[channel]): 0 for channel in Channel}
    by_campaign = any(row.campaign and row.measure == Measure.START for row in rows)
    for row in rows:
        labels = []
        if row.measure in NAMELESS:
            labels.append((TEXTS.totals, TEXTS.measures[row.measure].name))
        if row.measure == Measure.OUTCOME and row.name in CONTENT.outcomes:
            labels.append((OUTCOMES, CONTENT.outcomes[row.name].name))
        if row.measure == Measure.START and row.channel in TEXTS.channels:
            labels.append((TEXTS.by_channel, TEXTS.channels[row.channel]))
        if row.measure == Measure.START and by_campaign:
            labels.append((TEXTS.by_campaign, row.campaign or TEXTS.no_campaign))
        for label in labels:
            numbers[label] = numbers.get(label, 0) + row.number
    return numbers


@given(rows_of_any_kind)
def test_the_tables_are_the_sums(rows: list[Row]) -> None:
    found = {label: said for label, said in shown(rows).items() if label[0] != EXPLAINED}

    assert found == {label: in_words(number) for label, number in oracle(rows).items()}


@given(rows_of_any_kind)
def test_what_was_asked_for_most_comes_first(rows: list[Row]) -> None:
    [table] = (one for one in figures(rows, TEXTS, CONTENT) if one.title == EXPLAINED)
    *named, rest = table.bars
    asked = Sums[str]()
    for row in rows:
        if row.measure == Measure.TERM and row.name in ASKABLE:
            asked[ASKABLE[row.name]] += row.number

    assert {bar.label: bar.number for bar in named} == {
        label: number for label, number in asked.items() if number >= SMALLEST
    }
    assert [bar.number for bar in named] == sorted((bar.number for bar in named), reverse=True)
    assert (rest.label, rest.number) == (TEXTS.others, 0)


@given(rows_of_any_kind)
def test_no_view_gives_a_small_number_away(rows: list[Row]) -> None:
    for table in (*figures(rows, TEXTS, CONTENT), over_time(rows, TEXTS)):
        for bar in table.bars:
            assert bar.number == 0 or bar.number >= SMALLEST
            assert bar.shown in (FEWER, f"elk {FEWER}", str(bar.number))
    for row, record in zip(rows, exported(rows, TEXTS), strict=True):
        small = row.number < SMALLEST
        assert (record["number"] is None) == small
        assert record["shown"] == in_words(row.number)


@given(rows_of_any_kind)
def test_nobody_gets_lost_over_time(rows: list[Row]) -> None:
    table = over_time(rows, TEXTS)
    starts = Sums[str]()
    monthly = table.title == TEXTS.by_month
    for row in rows:
        if row.measure == Measure.START:
            starts[row.day.isoformat()[: 7 if monthly else 10]] += row.number

    labels = [bar.label for bar in table.bars]
    assert labels == sorted(labels)
    assert set(starts) <= set(labels)
    assert {bar.label: bar.shown for bar in table.bars} == {
        label: in_words(starts[label]) for label in labels
    }
    assert len(labels) <= 31


def start(day: date, number: int = 9) -> Row:
    return Row(day, "", Channel.WEB, Measure.START, "", number)


def test_days_without_anybody_are_there_too() -> None:
    table = over_time([start(NEW_YEAR - timedelta(2)), start(NEW_YEAR)], TEXTS)

    assert [(bar.label, bar.shown) for bar in table.bars] == [
        ("2026-12-30", "9"),
        ("2026-12-31", FEWER),
        ("2027-01-01", "9"),
    ]


def test_a_longer_time_goes_by_months() -> None:
    table = over_time([start(date(2026, 11, 30)), start(date(2027, 2, 1))], TEXTS)

    assert (table.title, [bar.label for bar in table.bars]) == (
        TEXTS.by_month,
        ["2026-11", "2026-12", "2027-01", "2027-02"],
    )


def test_without_rows_nothing_happened() -> None:
    assert set(shown([]).values()) == {FEWER, f"elk {FEWER}"}
    assert over_time([], TEXTS).bars == ()


def test_exported_rows_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(exported([start(FIRST)], TEXTS)))[0]["number"] == 9


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  start: {", "  begonnen: {", "'start' ontbreekt"),
        ("  start: {", "  strat: {", "Bedoelde u 'start'?"),
        ("  telegram: Telegram", "  telegraaf: Telegram", "telegraaf"),
        ("  busy: een", "  druk: een", "'busy' ontbreekt"),
        ('minder_dan: "minder dan {aantal}"', "minder_dan: minder", "{aantal}"),
    ],
)
def test_a_measure_without_words_is_found(
    content_with: ContentWith, old: str, new: str, fault: str
) -> None:
    text = (FOLDER / "tellingen.yaml").read_text(encoding="utf-8")
    assert old in text
    folder = content_with(tellingen=text.replace(old, new))
    said = [str(problem) for problem in check_channel_texts(folder)]

    assert any(fault in one for one in said), said
    assert all(re.search(r"tellingen\.yaml:\d+:\d+: ", one) for one in said)


def test_every_measure_is_named_on_the_privacy_page() -> None:
    [listed] = TEXTS.counted

    assert len(listed.items) == len(Measure)  # type: ignore[union-attr]  # it is the list
