"""The texts of the report, for all tests of it."""

import pytest

from bot.report import texts as report_texts
from bot.report.texts import ReportTexts
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems


@pytest.fixture(scope="session")
def texts() -> ReportTexts:
    texts = read_record(ReportTexts, FOLDER / report_texts.FILE, Problems())
    assert texts is not None
    return texts
