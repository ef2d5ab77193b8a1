"""The sums as people see them. Every view is made from this, so that none shows a small number."""

from collections import Counter as Sums
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.counts.measures import Channel, Measure
from bot.counts.store import Row
from bot.counts.texts import CountTexts
from dialogues.content import Content

SMALLEST = 5  # a lower number could be about one person
_DAYS = 31  # more are shown as months


@dataclass(frozen=True, slots=True)
class Bar:
    """``shown``: the number in words. ``number``: how long the bar is; 0 for a small number."""

    label: str
    number: int
    shown: str


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    bars: tuple[Bar, ...]


def figures(rows: Iterable[Row], texts: CountTexts, content: Content) -> tuple[Table, ...]:
    """The sums of these rows. What only another version of the program counts is left out."""
    view = _View([*rows], texts, content)
    return (view.totals, view.outcomes, view.explained, *view.split)


def over_time(rows: Iterable[Row], texts: CountTexts) -> Table:
    """Who came in on each day, from the first that has a row to the last; or in each month."""
    starts = [row for row in rows if row.measure == Measure.START]
    days = sorted({row.day for row in starts})
    if not days or (days[-1] - days[0]).days < _DAYS:
        between = range(days[0].toordinal(), days[-1].toordinal() + 1) if days else ()
        keys = [date.fromordinal(number).isoformat() for number in between]
        return Table(texts.by_day, _bars(_sums(starts, _day), keys, texts))
    keys = [f"{month // 12:04}-{month % 12 + 1:02}" for month in _months(days[0], days[-1])]
    return Table(texts.by_month, _bars(_sums(starts, _month), keys, texts))


def bar(label: str, number: int, texts: CountTexts) -> Bar:
    """A small number shows only that it is small."""
    if number < SMALLEST:
        return Bar(label, 0, texts.fewer.text(aantal=SMALLEST))
    return Bar(label, number, str(number))


class _View:
    def __init__(self, rows: Sequence[Row], texts: CountTexts, content: Content) -> None:
        self._rows = rows
        self._texts = texts
        self._content = content

    @property
    def totals(self) -> Table:
        """How often each thing happened that has no name of its own."""
        numbers = _sums(self._rows, lambda row: row.measure)
        once = [measure for measure in Measure if measure not in (Measure.OUTCOME, Measure.TERM)]
        bars = (bar(self._texts.measures[one].name, numbers[one], self._texts) for one in once)
        return Table(self._texts.totals, tuple(bars))

    @property
    def outcomes(self) -> Table:
        numbers = self._named(Measure.OUTCOME)
        outcomes = self._content.outcomes.values()
        bars = (bar(outcome.name, numbers[outcome.id], self._texts) for outcome in outcomes)
        return Table(self._texts.measures[Measure.OUTCOME].name, tuple(bars))

    @property
    def explained(self) -> Table:
        """What was asked for most comes first; there are too many names to show all."""
        texts, content = self._texts, self._content
        numbers = self._named(Measure.TERM)
        named = (content.terms, content.forms, content.examples)
        known = {name: one.name for rows in named for name, one in rows.items()}
        bars = [
            bar(known[name], number, texts)
            for name, number in numbers.most_common()
            if name in known and number >= SMALLEST
        ]
        if len(bars) < len(known):
            bars.append(Bar(texts.others, 0, texts.each_fewer.text(aantal=SMALLEST)))
        return Table(texts.measures[Measure.TERM].name, tuple(bars))

    @property
    def split(self) -> Iterator[Table]:
        """Who came in where, and by which campaign, if there is any."""
        texts = self._texts
        starts = [row for row in self._rows if row.measure == Measure.START]
        numbers = _sums(starts, lambda row: row.channel)
        bars = (bar(texts.channels[channel], numbers[channel], texts) for channel in Channel)
        yield Table(texts.by_channel, tuple(bars))
        by_campaign = _sums(starts, lambda row: row.campaign)
        codes = sorted(code for code in by_campaign if code)
        if codes:
            some = [bar(code, by_campaign[code], texts) for code in codes]
            # Of one campaign alone there are no rows without, and that would be no small number.
            if "" in by_campaign:
                some.append(bar(texts.no_campaign, by_campaign[""], texts))
            yield Table(texts.by_campaign, tuple(some))

    def _named(self, measure: Measure) -> "Sums[str]":
        rows = (row for row in self._rows if row.measure == measure)
        return _sums(rows, lambda row: row.name)


def _sums(rows: Iterable[Row], key: Callable[[Row], str]) -> "Sums[str]":
    sums = Sums[str]()
    for row in rows:
        sums[key(row)] += row.number
    return sums


def _bars(numbers: Mapping[str, int], keys: Iterable[str], texts: CountTexts) -> tuple[Bar, ...]:
    return tuple(bar(key, numbers[key], texts) for key in keys)


def _day(row: Row) -> str:
    return row.day.isoformat()


def _month(row: Row) -> str:
    return f"{row.day:%Y-%m}"


def _months(first: date, last: date) -> range:
    return range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
