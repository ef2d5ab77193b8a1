"""The measures of the language: what they catch and let through, and what is said without tools."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.editing import gate
from bot.editing.rare_words import Vocabulary, check_rare_words
from bot.editing.readability import check_reading_ease, reading_ease
from bot.editing.spelling import WORD_LIST, check_spelling, misspelled, spelled_words
from dialogues.content import Content
from dialogues.language import Rules, prose, read_rules, words
from dialogues.loader import FOLDER
from dialogues.problems import Problems
from tests.cli.conftest import environment
from tests.conftest import ContentWith

pytestmark = [
    pytest.mark.skipif(shutil.which("hunspell") is None, reason="hunspell is not here"),
    # What is tested here is in bot/, of which no coverage is asked.
    pytest.mark.usefixtures("unmeasured"),
]
Measure = Callable[[str], list[str]]
ROOT = Path(__file__).parents[2]
LISTED = (FOLDER / WORD_LIST).read_text(encoding="utf-8").splitlines()
# 40 easy words, to which a test adds what it is about.
EASY = "De buurt houdt het park schoon. De man en de vrouw doen mee. Dat is fijn. "
EASY += "Zij gaan elke week naar het park. Daar halen zij samen het vuil weg. "
EASY += "Daarna drinken zij koffie en praten zij."
ONLY_PROGRAM = "Voor leesgemak en zeldzame woorden: pip install 'coproductiewijzer[redactie]'."
ONLY_EXTRA = "Voor de spelling: apt install hunspell hunspell-nl."


@pytest.fixture(scope="module")
def rules() -> Rules:
    found = read_rules(FOLDER, Problems())
    assert found is not None
    return found


@pytest.fixture
def measure(tmp_path: Path, rules: Rules) -> Measure:
    """All that is measured of the text of a remark, from its place in the file on."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / WORD_LIST).write_bytes((FOLDER / WORD_LIST).read_bytes())

    def measured(text: str) -> list[str]:
        rows = f"- id: een\n  bij: [geen]\n  tekst: |\n    {text}\n"
        (folder / "opmerkingen.yaml").write_text(rows, encoding="utf-8")
        texts, problems = list(prose(folder)), Problems()
        check_reading_ease(texts, rules, problems)
        check_rare_words(texts, ["De kerntaak"], rules, problems)
        check_spelling(texts, folder, problems)
        found = sorted(set(problems))
        return [str(problem).removeprefix("content/opmerkingen.yaml:") for problem in found]

    return measured


def test_the_content_passes() -> None:
    assert gate.measure(FOLDER) == gate.Measured((), ())


def test_reading_ease_tells_easy_from_hard() -> None:
    hard = "Beleidsparticipatie veronderstelt verantwoordelijkheidsverdeling tussen organisaties."

    assert reading_ease(EASY) > 90
    assert reading_ease(hard) < 0


def test_a_longer_text_must_read_easily(measure: Measure) -> None:
    hard = "Verantwoordelijke medewerkers organiseren bijeenkomsten voor geïnteresseerde inwoners. "

    assert measure(hard * 5) == [
        "3:10: deze tekst heeft leesgemak -119 (Flesch-Douma). De grens is 60. "
        "Maak zinnen en woorden korter."
    ]
    assert measure("Verantwoordelijke medewerkers organiseren.") == []  # too short to measure
    assert measure(EASY) == []


def test_a_longer_text_has_few_rare_words(measure: Measure) -> None:
    one, three = "Er is een mandaat.", "Het mandaat en de verordening krijgen een evaluatie."

    assert measure(f"{EASY} {one}") == []
    assert measure(f"{EASY} {three}") == [
        "3:10: van de 45 woorden in deze tekst zijn er 3 zeldzaam: "
        "mandaat, verordening, evaluatie. De grens is 6 van de 100."
    ]
    assert measure(three) == []


def test_a_word_that_hardly_anybody_uses_is_named_where_it_stands(measure: Measure) -> None:
    said = (
        "komt 0,2 keer voor in een miljoen woorden. De grens is 1. Kies een gewoon woord. "
        "Of leg het uit en zet het bij 'bekende_woorden'."
    )

    assert measure("Dat is een vorm\n    van **subsidiariteit**.") == [
        f"5:11: 'subsidiariteit' {said}"
    ]
    # A name in the content is explained there; capitals inside a sentence are names of others.
    assert measure("De kerntaken, van Paramaribo tot de PDF.") == []


@pytest.mark.parametrize(
    ("word", "rare"),
    [
        ("wijkagent", False),
        ("zorgplan", False),
        ("typt", False),
        ("veiligere", False),
        ("stembureaus", False),
        ("zelf-doen", False),
        ("collega’s", False),
        ("gremium", True),
        ("vigerend", True),
        ("deliberatief", True),
    ],
)
def test_a_form_or_compound_of_common_words_is_common(word: str, rare: bool) -> None:
    assert (Vocabulary(()).per_million(word) < 1) is rare


def test_a_word_without_end_takes_no_time() -> None:
    assert Vocabulary(()).per_million("buurt" * 100_000) == 0


def test_what_is_explained_is_common_in_every_form_and_compound() -> None:
    vocabulary = Vocabulary(["Gremium"])

    assert vocabulary.per_million("gremiums") == float("inf")
    assert vocabulary.per_million("gremiumplan") > 10


def test_spelling(measure: Measure) -> None:
    said = "staat niet in het woordenboek. Klopt het toch? Zet het dan in woordenlijst.txt."

    assert measure("Dat wort de\n    pootaardapel.") == [
        f"4:9: 'wort' {said}",
        f"5:5: 'pootaardapel' {said}",
    ]
    assert measure("Eén foto’s of pagina's 's avonds, via 'cliëntenraad' en zo'n patiënt.") == []
    # What is quoted is of others.
    assert measure("Lees ‘The collega’s of Xyz’.") == []
    # The list holds small words for every place in a sentence.
    assert measure("Zelfcheck is een zelfcheck.") == []


def test_what_is_no_language_is_not_measured(measure: Measure) -> None:
    code = "--xzq http:// https://xzq.example [dit](https://xzq.nl) @Xzq /xzq xzq.txt xz_q q=xzq"

    assert measure(f"Zie {code} van {{xzq}} en -xzq.") == []
    assert len(measure("Zie xzq.")) == 2


@pytest.mark.parametrize("locale", ["C", "nl_NL.ISO-8859-1"])
def test_spelling_in_any_locale(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", locale)

    assert misspelled(["één", "foto’s", "wort", "cliënt"]) == {"wort"}


def test_titles_and_names_of_makers_are_not_measured(tmp_path: Path) -> None:
    row = "- id: xzq\n  titel: Xzq wort\n  makers: X. Zqx\n  adres: https://xzq.nl\n  ook: [xzqx]\n"
    (tmp_path / "bronnen.yaml").write_text(f"{row}  inhoud: Een boek.\n", encoding="utf-8")

    assert [text.plain for text in prose(tmp_path)] == ["Een boek."]


def test_a_word_list_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    missing = gate.measure(tmp_path)
    (tmp_path / WORD_LIST).write_bytes(b"\xff")
    wrong = gate.measure(tmp_path)

    assert [problem.text for problem in missing.problems] == ["dit bestand ontbreekt."]
    assert "geen UTF-8" in wrong.problems[0].text


def test_the_word_list_is_sorted() -> None:
    assert sorted(set(LISTED), key=str.casefold) == LISTED


def test_the_word_list_has_no_word_of_the_dictionary() -> None:
    assert sorted(set(LISTED) - misspelled(LISTED)) == []


def test_every_word_of_the_list_is_used() -> None:
    used = {word for text in prose(FOLDER) for word in spelled_words(text)}

    assert set(LISTED) - used - {word[0].lower() + word[1:] for word in used} == set()


def test_every_known_word_is_used_and_would_be_rare(rules: Rules, content: Content) -> None:
    used = {word.lower() for text in prose(FOLDER) for word in words(text.plain)}
    vocabulary = Vocabulary(gate.explained(content, LISTED))

    assert list(rules.known) == sorted(set(rules.known))
    assert set(rules.known) - used == set()
    assert [word for word in rules.known if vocabulary.per_million(word) >= rules.rare] == []


def _check(code: str = "", **changes: str) -> "subprocess.CompletedProcess[str]":
    run = "import sys; from bot.cli import main; sys.exit(main(['check']))"
    return subprocess.run(
        [sys.executable, "-c", f"{code}{run}"],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
    )


def test_without_tools_the_rest_is_checked_and_one_line_says_what_is_not() -> None:
    without_extra = "import sys; sys.modules.update(pyphen=None, wordfreq=None); "

    done = _check(without_extra, PATH="")

    assert done.stdout == "De inhoud is in orde.\n"
    assert done.stderr == f"Niet alles is gemeten. {ONLY_PROGRAM} {ONLY_EXTRA}\n"
    assert done.returncode == 0


def test_without_the_program_for_spelling() -> None:
    done = _check(PATH="")

    assert done.stdout == "De inhoud is in orde.\n"
    assert done.stderr == f"Niet alles is gemeten. {ONLY_EXTRA}\n"


def test_without_the_dutch_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "hunspell"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert gate.measure(FOLDER).absent == ("hunspell_absent",)


def test_the_command_reports_measures_among_the_rest(content_with: ContentWith) -> None:
    bad = "- {id: r, bij: [geen], tekst: Dit is reeds een wort of gremium.}\n"
    folder = content_with(opmerkingen=bad)

    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", str(folder)],
        env=environment(),
        capture_output=True,
        text=True,
    )

    places = [line.split(": ")[0] for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert "content/opmerkingen.yaml:1:38" in places
    assert "content/opmerkingen.yaml:1:56" in places
    assert "content/opmerkingen.yaml:1:48" in places
    assert done.stderr == f"Gevonden fouten: {len(places)}.\n"
