"""The texts of posters, a folder with campaigns, and the command in this process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.campaigns import texts as poster_texts
from bot.campaigns.campaigns import FILE, Campaigns, read_campaigns
from bot.campaigns.texts import PosterTexts
from dialogues.content import Content
from dialogues.loader import FOLDER, read_record
from dialogues.problems import Problems
from tests.conftest import ContentWith

CAMPAIGN = """\
- code: buurtfeest-2027
  naam: Buurtfeest 2027
  begin: zelfcheck
  welkom: Leuk dat u op het buurtfeest was.
  kop: Is uw initiatief coproductie?
  tekst: Doe de zelfcheck. Die duurt een paar minuten.
"""
# A campaign that has all that one can have.
WHOLE = f"""\
{CAMPAIGN}\
  kleur: "#7a1f5c"
  partner: Bibliotheek Zonnewijk
  tot: 2027-06-30
"""
WEB, BOT = "https://wijzer.example.nl", "voorbeeld_bot"

Read = Callable[[str], tuple[Campaigns, list[str]]]
Said = tuple[int, str, str]
Command = Callable[..., Said]


@pytest.fixture(scope="session")
def poster_words() -> PosterTexts:
    words = read_record(PosterTexts, FOLDER / poster_texts.FILE, Problems())
    assert words is not None
    return words


@pytest.fixture
def read(tmp_path: Path, content: Content) -> Read:
    """The campaigns of a text, and what is wrong with it."""

    def read(text: str) -> tuple[Campaigns, list[str]]:
        (tmp_path / FILE).write_bytes(text.encode())
        problems = Problems()
        campaigns = read_campaigns(tmp_path, content, problems)
        place = f"{tmp_path.name}/{FILE}:"
        return campaigns, [str(problem).removeprefix(place) for problem in problems]

    return read


@pytest.fixture
def folder(content_with: ContentWith) -> Path:
    """A copy of the content, without any campaign."""
    return content_with()


@pytest.fixture
def campaign(folder: Path, monkeypatch: pytest.MonkeyPatch, run_here: Command) -> Command:
    """Run the command; other names are its environment. Its files come beside the content."""
    monkeypatch.chdir(folder.parent)

    def run(*arguments: str, **changes: str) -> Said:
        settings = {"COPRO_PUBLIC_URL": WEB, "COPRO_TELEGRAM_NAME": BOT, **changes}
        return run_here("campaign", *arguments, COPRO_CONTENT=str(folder), **settings)

    return run
