"""The sums for scripts: every row that is kept, without small numbers."""

from collections.abc import Iterable

from bot.counts.figures import bar
from bot.counts.store import Row
from bot.counts.texts import CountTexts

COLUMNS = ("day", "campaign", "channel", "measure", "name", "number")
Exported = dict[str, str | int | None]


def exported(rows: Iterable[Row], texts: CountTexts) -> list[Exported]:
    """One record a row. Of a small number ``number`` is None and ``shown`` says so in words."""
    return [_record(row, texts) for row in rows]


def _record(row: Row, texts: CountTexts) -> Exported:
    shown = bar("", row.number, texts)
    return {
        "day": row.day.isoformat(),
        "campaign": row.campaign,
        "channel": row.channel,
        "measure": row.measure,
        "name": row.name,
        "number": shown.number or None,
        "shown": shown.shown,
    }
