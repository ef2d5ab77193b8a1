"""Setting type with typst: a template and data, in memory, the same everywhere."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec

# PDF/UA allows no sign that its fonts lack. These come with typst: Latin, Greek and Cyrillic
# letters, punctuation, money, arrows, mathematics and shapes. Others, such as emoji, become a box.
_NOT_IN_THE_FONTS = re.compile(
    r"[^ -~\u00a0-\u024f\u0300-\u04ff\u1e00-\u1eff\u2000-\u2040\u20a0-\u20bf"
    r"\u2190-\u22ff\u25a0-\u25ff]"
)
_BOX = "\u25a1"


class ReportUnavailable(Exception):
    """The libraries of the extra ``rapport`` are not installed."""


def available() -> bool:
    """Whether the extra ``rapport`` is installed; looks without loading it."""
    return all(find_spec(name) for name in ("typst", "segno"))


def pdf(
    template: str, data: Mapping[str, object], made: date, *, package: str = __package__
) -> bytes:
    """The template as PDF/UA-1. Its only date is ``made``, so the same data give the same bytes.

    ``package``: the one that the template is in. Raises ReportUnavailable.
    """
    require()
    import typst

    stamp = datetime(made.year, made.month, made.day, tzinfo=UTC)
    return typst.compile(
        _source(package, template),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=stamp,
        sys_inputs=_inputs(data),
    )


def png(template: str, data: Mapping[str, object]) -> bytes:
    """The one page of the template as a picture of one pixel a point. Raises ReportUnavailable."""
    require()
    import typst

    return typst.compile(
        _source(__package__, template),
        format="png",
        ppi=72,
        ignore_system_fonts=True,
        sys_inputs=_inputs(data),
    )


def require() -> None:
    """Raises ReportUnavailable when the extra is missing."""
    if not available():
        raise ReportUnavailable


def _inputs(data: Mapping[str, object]) -> dict[str, str]:
    # Text pasted into the source would be read as typst code.
    return {"data": _NOT_IN_THE_FONTS.sub(_BOX, json.dumps(data, ensure_ascii=False))}


@cache
def _source(package: str, template: str) -> bytes:
    return files(package).joinpath(template).read_bytes()
