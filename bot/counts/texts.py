"""The words for what is counted, read from ``tellingen.yaml``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from bot.counts.measures import Channel, Measure
from bot.counts.store import Trouble
from dialogues.fields import Reader, Template, body, key, line, record, table, template
from dialogues.markup import Body, Bullets, Plain
from dialogues.yaml_source import Source, Word

FILE = "tellingen.yaml"


def _for_each(names: Iterable[str], read: Reader) -> Callable[[Source], Mapping[Word, Any]]:
    """A mapping with exactly these keys, so that nothing is counted without saying so."""
    known = [str(name) for name in names]

    def read_all(source: Source) -> Mapping[Word, Any]:
        for unknown in (name for name in source.entries() if name not in known):
            source.problems.add_unknown(unknown.place, "onbekend_veld", unknown, known)
        every: Mapping[Word, Any] = table(read, *known)(source)
        return every

    return read_all


@dataclass(frozen=True, slots=True)
class MeasureTexts:
    """``counts``: what exactly is counted, for who wants to know what is kept."""

    name: str = key("naam", line(40))
    counts: str = key("telt", line(120))


@dataclass(frozen=True, slots=True)
class CountTexts:
    measures: Mapping[str, MeasureTexts] = key("metingen", _for_each(Measure, record(MeasureTexts)))
    channels: Mapping[str, str] = key("plekken", _for_each(Channel, line(40)))

    fewer: Template = key("minder_dan", template("aantal"))
    totals: str = key("totalen", line(60))
    by_channel: str = key("per_plek", line(60))
    by_campaign: str = key("per_campagne", line(60))
    no_campaign: str = key("zonder_campagne", line(40))
    by_day: str = key("per_dag", line(60))
    by_month: str = key("per_maand", line(60))
    others: str = key("overige", line(40))
    each_fewer: Template = key("overige_aantal", template("aantal"))
    column_what: str = key("kolom_wat", line(20))
    column_number: str = key("kolom_aantal", line(20))
    chosen: Template = key("gekozen", template("campagne", "dag"))
    every_campaign: str = key("elke_campagne", line(20))
    every_day: str = key("elke_dag", line(20))
    small_numbers: Template = key("kleine_aantallen", template("aantal"))
    not_counting: Body = key("niet_tellen", body)

    failed: Template = key("storing", template("uitleg"))
    troubles: Mapping[str, str] = key("storingen", _for_each(get_args(Trouble), line(80)))

    def unavailable(self, why: Trouble) -> Body:
        """Why the figures cannot be shown."""
        return self.failed.body(uitleg=self.troubles[why])

    def choice(self, campaign: str, since: date | None) -> str:
        """What the figures are about, so that they can be kept; empty or None for everything."""
        return self.chosen.text(
            campagne=campaign or self.every_campaign, dag=since or self.every_day
        )

    @property
    def counted(self) -> Body:
        """The list of all that is counted, for the pages about privacy."""
        return (Bullets(tuple((Plain(one.counts),) for one in self.measures.values())),)
