"""The other commands: ``ask``, ``check``, ``diagram``, ``telegram``, and what is no command."""

import json
from pathlib import Path

import pytest

from dialogues import markup
from dialogues.diagram import mermaid
from dialogues.flow import Flow
from tests.cli.conftest import Run
from tests.conftest import ContentWith


@pytest.mark.parametrize(
    ("words", "topic", "term"),
    [
        (["wat is coproductie"], "coproductie", "coproductie"),
        (["Wat", "is", "co-productie?"], "coproductie", "coproductie"),
        (["kocreatie"], "cocreatie", "cocreatie"),
        (["verschil", "coproductie", "en", "cocreatie"], "verschil", "verschil"),
        (["primair proces"], "criteria", "primair_proces"),
        (["participatieladder"], "participatie", "ladder"),
        (["wat is inspraak"], "participatie", "inspraak"),
    ],
)
def test_ask_explains_a_term(run: Run, flow: Flow, words: list[str], topic: str, term: str) -> None:
    done = run("ask", "--json", *words)
    found = json.loads(done.stdout)
    text = run("ask", *words).stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert tuple(found) == ("topic", "term", "text")
    assert (found["topic"], found["term"]) == (topic, term)
    known = flow.content.terms.get(term)
    explained = markup.plain(known.text) if known else flow.content.forms[term].recognise
    assert found["text"].startswith(explained)
    assert " ".join(explained.split())[:60] in " ".join(text.split())


def test_ask_does_not_guess(run: Run) -> None:
    found = json.loads(run("ask", "--json", "het weer van morgen").stdout)

    assert found == {"topic": None, "term": None, "text": "Dat begrip ken ik niet."}
    assert run("ask", "het weer van morgen").stdout.decode() == "Dat begrip ken ik niet.\n"


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
    assert done.stderr == b"Gevonden fouten: 3.\n"


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
