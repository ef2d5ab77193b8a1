"""A file that is made to hurt is refused like any other, and never takes the process down."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.commands import problems_of
from dialogues.loader import FOLDER
from dialogues.problems import Problem
from tests.conftest import ContentWith

# Measuring coverage takes longer than the check itself, and test_bad_content.py is measured.
pytestmark = pytest.mark.usefixtures("unmeasured")
TOO_DEEP = (
    "dit bestand kan niet worden gelezen als YAML: het heeft een verboden teken of te veel lagen."
)


def test_endless_nesting(content_with: ContentWith) -> None:
    files = {
        "bronnen": "[" * 100_000,
        "opmerkingen": "{a: " * 100_000,
        "uitkomsten": "- " * 100_000,
        "voorbeelden": "[" * 900 + "]" * 900,
        "vormen": "".join(f"[&x{number} " for number in range(50_000)),
    }
    # In a process of its own: exhausting the stack would end the tests as well.
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check", str(content_with(**files))],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"content/{file}.yaml:1:1: {TOO_DEEP}" for file in files]


@pytest.mark.parametrize("file", ["begrippen/over", "voorbeelden"])
def test_endless_nesting_in_a_file_of_terms_or_of_examples(
    content_with: ContentWith, file: str
) -> None:
    (problem,) = problems_of(content_with(**{file: "[" * 900 + "]" * 900}))

    assert str(problem) == f"content/{file}.yaml:1:1: {TOO_DEEP}"


def test_many_files_of_terms_and_hostile_names(content_with: ContentWith) -> None:
    names = [f"onbekend{number}" for number in range(200)]
    names += ["met spatie", "é", "-rf", "{naam}", "%s", "x" * 200]
    row = "naam: Nieuw, vraag: Wat is dat?, tekst: Zo., meer: Zo."
    rows = {
        f"begrippen/{name}": f"- {{id: los{number}, {row}}}\n" for number, name in enumerate(names)
    }
    reported = [str(problem) for problem in problems_of(content_with(**rows))]

    assert len(reported) == len(names)
    for name in names:
        (said,) = (text for text in reported if text.startswith(f"content/begrippen/{name}.yaml:"))
        assert f"het bestand heet '{name}', maar" in said


@pytest.mark.parametrize("names", [[], ["zwerfafval"], ["zwerfafval"] * 50])
def test_examples_that_lead_to_themselves(content_with: ContentWith, names: list[str]) -> None:
    text = (FOLDER / "voorbeelden.yaml").read_text(encoding="utf-8")
    source = "  bronnen: [roep_helderheid]\n"
    rows = ", ".join(f"{{voorbeeld: {name}, vraag: En dan?}}" for name in names)
    changed = text.replace(source, f"{source}  varianten: [{rows}]\n")
    reported = problems_of(content_with(voorbeelden=changed))

    assert len(reported) == max(len(names), 1)


def test_the_real_files_stay_far_from_the_limit_of_nesting() -> None:
    for path in FOLDER.rglob("*.yaml"):
        indents = [len(line) - len(line.lstrip()) for line in path.read_text("utf-8").splitlines()]

        assert max(indents) <= 10


def _problem(content_with: ContentWith, file: str, change: Callable[[str], str]) -> Problem:
    text = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    (problem,) = problems_of(content_with(**{file: changed}))
    return problem


def test_an_alias_that_multiplies(content_with: ContentWith) -> None:
    doubled = "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    (problem,) = problems_of(content_with(vormen=f"a0: &a0 [x]\n{doubled}"))

    assert problem.text == "verwijzingen met & en * mogen niet. Schrijf de tekst voluit."


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("vragen", "Denk aan veiligheid", "x" * 3_000_000),
        ("vragen", "  code: w\n", f"  ? {'x' * 1_000_000}\n  : y\n  code: w\n"),
        ("uitkomsten", "direct: ja", f"direct: {'ja ' * 300_000}"),
        ("teksten", "Vraag {nummer}", "Vraag {nummer} {" + "x" * 1_000_000 + "}"),
        ("bronnen", "adres: https://doi.org/10.5553", f"adres: https://{'a.' * 300_000}("),
        ("voorbeelden", "  land: vl", f"  land: {'vl' * 10_000}"),
        ("begrippen/verschil", "zie_ook: [", f"zie_ook: [{'x' * 10_000}, "),
    ],
    ids=["text", "key", "choice", "template", "address", "country", "reference"],
)
def test_a_huge_value_is_one_short_line(
    content_with: ContentWith, file: str, old: str, new: str
) -> None:
    problem = _problem(content_with, file, lambda text: text.replace(old, new, 1))

    assert len(str(problem)) < 1000
    assert "\n" not in str(problem)


@pytest.mark.parametrize(("word", "shown"), [('"w\\nx"', "w x"), ('"{x}"', "{x}"), ('"%s"', "%s")])
def test_a_word_is_shown_on_one_line_and_as_it_is(
    content_with: ContentWith, word: str, shown: str
) -> None:
    problem = _problem(
        content_with, "vragen", lambda text: text.replace("  code: w\n", f"  code: {word}\n")
    )

    assert str(problem).startswith(f"content/vragen.yaml:5:9: '{shown}' is geen geldige code.")
