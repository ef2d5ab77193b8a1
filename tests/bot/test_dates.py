"""The date on what the program makes: the Dutch one, in words of the content."""

import os
import subprocess
import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dates import MONTHS, in_words

NAMES = dict(zip(MONTHS, "abcdefghijkl", strict=True))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "23 k 2026"),
        (date(2027, 1, 1), "1 a 2027"),
        (date(2028, 12, 31), "31 l 2028"),
    ],
)
def test_a_date_in_words(day: date, said: str) -> None:
    assert in_words(day, NAMES) == said


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_today_is_the_dutch_day_wherever_the_server_is(zone: str) -> None:
    code = "from bot.dates import today; print(today())"

    def dutch() -> str:
        return str(datetime.now(ZoneInfo("Europe/Amsterdam")).date())

    before = dutch()
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() in (before, dutch())
