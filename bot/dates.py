"""The date as it is in the Netherlands, wherever the program runs, and in words."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

# The keys under which the content names the months, in their order.
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def today() -> date:
    """The date in Europe/Amsterdam: a server is often on UTC, where a new day starts later."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def in_words(day: date, months: Mapping[str, str]) -> str:
    """A date such as "23 november 2026"; ``months`` has the name for each of ``MONTHS``."""
    return f"{day.day} {months[MONTHS[day.month - 1]]} {day.year}"
