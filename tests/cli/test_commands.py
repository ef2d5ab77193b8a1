"""The other commands: ``ask``, ``check``, ``diagram``, ``telegram``, and what is no command."""

import json
from io import StringIO
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.cli_texts import CliTexts
from bot.commands import ask
from dialogues import markup
from dialogues.content import Content
from dialogues.diagram import mermaid
from dialogues.events import Suggest
from dialogues.flow import Flow
from dialogues.loader import FOLDER, read_record
from dialogues.offers import label
from dialogues.problems import Problems
from dialogues.state import NEW
from tests.cli.conftest import Run
from tests.conftest import ContentWith
from tests.made_once import understanding_of

FIELDS = ("topic", "term", "confidence", "runners_up", "text")


@pytest.mark.parametrize(
    ("words", "topic", "term"),
    [
        (["wat is coproductie"], "coproductie", "coproductie"),
        (["Wat", "is", "co-productie?"], "coproductie", "coproductie"),
        (["kocreatie"], "cocreatie", "cocreatie"),
        (["verschil", "coproductie", "en", "cocreatie"], "verschil", "verschil"),
        (["primair proces"], "vormen", "primair_proces"),
        (["participatieladder"], "participatie", "ladder"),
        (["wat is inspraak"], "participatie", "inspraak"),
        (["vrijwiligerswerk"], "participatie", "vrijwilligerswerk"),
        (["is buurtpreventie coproductie?"], "zelfcheck", "buurtpreventie"),
    ],
)
def test_ask_explains_a_term(run: Run, flow: Flow, words: list[str], topic: str, term: str) -> None:
    done = run("ask", "--json", *words)
    found = json.loads(done.stdout)
    text = run("ask", *words).stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert tuple(found) == FIELDS
    assert (found["topic"], found["term"]) == (topic, term)
    assert 0.58 <= found["confidence"] <= 1
    explained = _short_text(flow.content, term)
    assert found["text"].startswith(explained)
    assert " ".join(explained.split())[:60] in " ".join(text.split())


def _short_text(content: Content, name: str) -> str:
    if name in content.forms:
        return content.forms[name].recognise
    known = content.terms.get(name) or content.examples[name]
    return markup.plain(known.text)


def asked(flow: Flow, texts: CliTexts, question: str) -> dict[str, Any]:
    """What ``ask --json`` prints, in process."""
    ask(flow, texts, question, as_json=True, output=(output := StringIO()))
    found: dict[str, Any] = json.loads(output.getvalue())
    assert tuple(found) == FIELDS
    return found


@pytest.fixture(scope="module")
def texts() -> CliTexts:
    texts = read_record(CliTexts, FOLDER / "opdrachtregel.yaml", Problems())
    assert texts is not None
    return texts


def test_ask_tells_what_else_it_may_be(flow: Flow, texts: CliTexts) -> None:
    found = asked(flow, texts, "wat is inspraak eigenlijk voor iets")
    sure = [match["confidence"] for match in found["runners_up"]]

    assert found["term"] == "inspraak"
    assert all(set(match) == {"topic", "term", "confidence"} for match in found["runners_up"])
    assert "inspraak" not in [match["term"] for match in found["runners_up"]]
    assert sure == sorted(sure, reverse=True)
    assert found["confidence"] >= max(sure, default=0)


@pytest.mark.parametrize(
    "question", ["het weer van morgen", "beoordeel mijn subsidieaanvraag", "", " ", "x" * 100_000]
)
def test_ask_does_not_guess(flow: Flow, texts: CliTexts, question: str) -> None:
    found = asked(flow, texts, question)

    assert (found["topic"], found["term"]) == (None, None)
    assert found["confidence"] < 0.7
    assert found["text"].startswith("Daar weet ik niets van.")
    assert "gemeente" in found["text"]


def test_ask_says_in_words_that_it_does_not_know(run: Run) -> None:
    said = run("ask", "het weer van morgen").stdout.decode()

    assert said.startswith("Daar weet ik niets van. ")


def test_ask_takes_a_very_long_question(flow: Flow, texts: CliTexts) -> None:
    found = asked(flow, texts, "wat is het verschil tussen cocreatie en coproductie " * 2_000)

    assert found["topic"] in (None, "verschil", "cocreatie", "coproductie")


@pytest.mark.parametrize(
    ("question", "topic", "says"),
    [
        ("terug", None, "coproductiewijzer chat"),
        ("doe de test", "zelfcheck", "coproductiewijzer chat"),
        ("is mijn straatfeest coproductie", "zelfcheck", "kan ik niet zien aan een omschrijving"),
        ("voorbeelden", "voorbeelden", "- Zorg en welzijn"),
        ("een voorbeeld uit de zorg", "voorbeelden", "- Mantelzorg met de wijkverpleging"),
        ("begrippen", None, "- De voorwaarden"),
        ("verder lezen", "verder_lezen", "Roset Twente"),
        ("privacy", "over", "geen naam en geen adres"),
    ],
)
def test_ask_when_it_is_about_no_term(
    flow: Flow, texts: CliTexts, question: str, topic: str | None, says: str
) -> None:
    found = asked(flow, texts, question)

    assert (found["topic"], found["term"]) == (topic, None)
    assert says in found["text"]


def test_ask_names_both_of_two_close_topics(flow: Flow, texts: CliTexts) -> None:
    understanding = understanding_of(flow)
    names = [term.name for term in flow.content.terms.values()]
    questions = (f"{one} {other}" for one, other in permutations(names, 2))
    close = next(q for q in questions if isinstance(understanding.read(q, NEW), Suggest))
    found = asked(flow, texts, close)
    event = understanding.read(close, NEW)

    assert isinstance(event, Suggest)
    assert found["topic"] == found["runners_up"][0]["topic"]
    assert found["term"] is None
    for each in event.events:
        assert f"- {label(flow.content, each)}" in found["text"]


def test_check_of_sound_content(run: Run) -> None:
    done = run("check")

    assert (done.returncode, done.stdout) == (0, b"De inhoud is in orde.\n")


@pytest.mark.parametrize("by", ["argument", "setting"])
def test_check_lists_every_problem(run: Run, content_with: ContentWith, by: str) -> None:
    folder = content_with(vragen="", bronnen=b"\xff", telegram="{}")
    if by == "argument":
        done = run("check", str(folder))
    else:
        done = run("check", COPRO_CONTENT=str(folder))

    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "content/bronnen.yaml:1:1: hier staat een teken dat geen UTF-8 is. "
        "Bewaar het bestand als UTF-8.",
        "content/telegram.yaml:1:1: hier horen velden te staan (regels zoals 'naam: waarde').",
        "content/vragen.yaml:1:1: dit bestand is leeg.",
    ]
    assert done.stderr.endswith(b"Gevonden fouten: 3.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["chat"],
        ["assess"],
        ["report", "--out", "-"],
        ["ask", "coproductie"],
        ["diagram"],
        ["telegram"],
    ],
)
def test_broken_content_starts_nothing_and_lists_everything(
    run: Run, content_with: ContentWith, arguments: list[str]
) -> None:
    folder = content_with(vragen="- id: a\n- id: b\n", vormen="", telegram="")
    done = run(*arguments, typed=b"ja\n", COPRO_CONTENT=str(folder), COPRO_TELEGRAM_TOKEN="1:a")
    said = done.stderr.decode().splitlines()

    assert (done.returncode, done.stdout) == (1, b"")
    assert said[-1] == "De inhoud heeft fouten. Er is niets gestart."
    files = {line.partition(":")[0] for line in said[:-1]}
    assert files == {f"content/{name}.yaml" for name in ("vragen", "vormen", "telegram")}


def test_texts_that_only_telegram_needs_stop_telegram_alone(
    run: Run, content_with: ContentWith
) -> None:
    folder = str(content_with(telegram="knop: x\n"))

    assert run("chat", COPRO_CONTENT=folder).returncode == 0
    stopped = run("telegram", COPRO_CONTENT=folder, COPRO_TELEGRAM_TOKEN="1:a")
    assert stopped.returncode == 1
    assert b"content/telegram.yaml:1:1: onbekend veld 'knop'." in stopped.stderr


@pytest.mark.parametrize("arguments", [["chat"], ["--help"], ["check"]])
def test_broken_texts_of_the_command_itself(
    run: Run, content_with: ContentWith, arguments: list[str]
) -> None:
    done = run(*arguments, COPRO_CONTENT=str(content_with(opdrachtregel="{}", vragen="")))

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"content/opdrachtregel.yaml:1:1: " in done.stderr
    assert b"content/vragen.yaml:1:1: " in done.stderr


def test_a_content_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("chat", COPRO_CONTENT=str(tmp_path / "weg"))

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"weg/vragen.yaml:1:1: dit bestand ontbreekt." in done.stderr


def test_diagram_is_the_drawing_of_the_machine(run: Run, flow: Flow) -> None:
    assert run("diagram").stdout.decode() == mermaid(flow)


@pytest.mark.parametrize("token", [None, "", "  "])
def test_telegram_without_a_token_says_how_to_get_one(run: Run, token: str | None) -> None:
    done = run("telegram", **({} if token is None else {"COPRO_TELEGRAM_TOKEN": token}))
    said = done.stderr.decode()

    assert (done.returncode, done.stdout) == (2, b"")
    assert all(word in said for word in ("@BotFather", "COPRO_TELEGRAM_TOKEN", "chat"))


@pytest.mark.parametrize("token", ["x", "geheim", "1:"])
def test_a_token_that_is_none_is_not_repeated(run: Run, token: str) -> None:
    done = run("telegram", COPRO_TELEGRAM_TOKEN=token, COPRO_TELEGRAM_BASE_URL="http://127.0.0.1:9")

    assert done.returncode == 1
    assert "geen token van Telegram" in done.stderr.decode()
    assert token == "x" or token.encode() not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("COPRO_TELEGRAM_BASE_URL", "api.telegram.org", "http:// of https://"),
        ("COPRO_TELEGRAM_BASE_FILE_URL", "ftp://a.nl", "http:// of https://"),
        ("COPRO_LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING of ERROR"),
    ],
)
def test_a_setting_that_cannot_be_used(run: Run, name: str, value: str, said: str) -> None:
    done = run("telegram", **{"COPRO_TELEGRAM_TOKEN": "1:a", name: value})

    assert done.returncode == 2
    assert name in done.stderr.decode()
    assert said in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["gesprek"],
        ["chat", "extra"],
        ["assess", "--jsn"],
        ["report"],
        ["report", "doel=ja"],
        ["report", "--out"],
        ["ask"],
        ["--json"],
        ["check", "a", "b"],
    ],
)
def test_what_is_no_command(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    said = done.stderr.decode()

    assert (done.returncode, done.stdout) == (2, b"")
    assert "--help' voor uitleg." in said
    assert "Gebruik: coproductiewijzer" in said
    assert "usage" not in said


@pytest.mark.parametrize(
    "command",
    [[], ["chat"], ["assess"], ["report"], ["ask"], ["check"], ["diagram"], ["telegram"]],
)
def test_help_is_dutch(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    said = done.stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert said.startswith("Gebruik: coproductiewijzer")
    assert not {"usage:", "options:", "positional", "show this"} & set(said.lower().split())


def test_version(run: Run) -> None:
    assert run("--version").stdout.decode().split(".")[0].isdigit()


def test_a_setting_of_the_pages_does_not_stop_the_bot(run: Run) -> None:
    """A day that has passed must not keep a bot from starting again."""
    passed = {"COPRO_SECURITY_CONTACT": "a@b.nl", "COPRO_SECURITY_EXPIRES": "2020-01-01"}
    bot = run("telegram", COPRO_TELEGRAM_TOKEN="x", **passed)
    both = run("serve", COPRO_TELEGRAM_TOKEN="x", **passed)

    assert "COPRO_SECURITY_EXPIRES" not in bot.stderr.decode()
    assert (both.returncode, both.stdout) == (2, b"")
    assert "COPRO_SECURITY_EXPIRES" in both.stderr.decode()
