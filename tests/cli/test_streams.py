"""The streams of a stranger: pipes that close, other encodings, bytes that are no text."""

import signal
import subprocess
from pathlib import Path

import pytest

from dialogues.content import Content
from tests.cli.conftest import COMMAND, Run, addresses, environment
from tests.conftest import ContentWith

CHAT = b"zelfcheck\nja\nwat is primair proces\nstop\n"


def test_a_conversation_through_a_pipe(run_process: Run, content: Content) -> None:
    done = run_process("chat", typed=CHAT)
    said = done.stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Vraag 1 van hooguit 8" in said
    assert "Uw keuze: wat is primair proces" in said
    assert content.terms["primair_proces"].question in said
    assert "\x1b" not in said
    assert "Tot ziens" not in said


def test_each_turn_writes_out_each_address_once(run_process: Run, content: Content) -> None:
    done = run_process("chat", typed=b"zelfcheck\n" + b"ja\n" * 8 + b"verder lezen\n" * 2)
    *_, outcome, once, again = map(addresses, done.stdout.decode().split("Uw keuze: "))

    assert len(outcome) == len(set(outcome)) > 1
    assert once == again == [content.references[name].address for name in content.recommended]


def test_the_end_of_the_input_is_a_goodbye(run_process: Run) -> None:
    for typed in (b"", b"zelfcheck\n", b"zelfcheck\nja", b"\n\n\n"):
        done = run_process("chat", typed=typed)

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode().splitlines()[-1].startswith("Tot ziens.")


@pytest.mark.parametrize(
    "typed",
    [
        b"\xff\xfe\n",
        b"caf\xe9\n",
        b"\x00\x1b[31m\x07\n",
        b"ja\r\n",
        b"a" * 300_000 + b"\n",
        b"\xf0\x9f\x98\x80\n",
    ],
    ids=["no UTF-8", "latin-1", "control", "windows", "huge", "emoji"],
)
def test_any_bytes_can_be_typed(run_process: Run, typed: bytes) -> None:
    done = run_process("chat", typed=b"zelfcheck\n" + typed + b"nee\n")

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout
    assert b"\x00" not in done.stdout
    assert "U antwoordde: Nee." in done.stdout.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "utf-16"},
    ],
    ids=["C", "ascii", "latin-1", "utf-16"],
)
def test_other_encodings_cost_letters_and_no_crash(
    run_process: Run, content_with: ContentWith, changes: dict[str, str]
) -> None:
    encoding = changes.get("PYTHONIOENCODING", "ascii")
    for arguments in (["chat"], ["ask", "--json", "coproductie"], ["assess"]):
        done = run_process(
            *arguments, typed="zelfcheck\nEén café\n".encode(encoding, "replace"), **changes
        )

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode(encoding)
    # Of sound content the check says nothing that needs a letter beyond ASCII, and it takes long.
    done = run_process("check", str(content_with(vragen="- id: één\n")), **changes)

    assert done.returncode == 1
    assert "content/vragen.yaml:1:7: " in done.stdout.decode(encoding)
    assert "Gevonden fouten: " in done.stderr.decode(encoding)


def test_an_argument_that_is_no_text() -> None:
    done = subprocess.run([*COMMAND, "ask", b"caf\xe9"], capture_output=True, env=environment())

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Daar weet ik niets van. ")


@pytest.mark.parametrize("arguments", [["chat"], ["diagram"], ["assess", "--json"], ["--help"]])
def test_a_reader_that_stops_reading(arguments: list[str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout
    process.stdout.close()  # as `| head` does, before anything was read
    _, errors = process.communicate(b"begrippen\n" * 5000)

    assert (process.returncode, errors) == (0, b"")


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_closed(stream: str) -> None:
    redirect = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-"}[stream]
    line = f'"$0" -m bot chat {redirect}'
    done = subprocess.run(
        ["sh", "-c", line, COMMAND[0]], input=b"", capture_output=True, env=environment()
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_full_disk_is_a_failure_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "diagram"], stdout=full, stderr=subprocess.PIPE, env=environment()
        )

    assert done.returncode == 1
    assert done.stderr == b"coproductiewijzer: No space left on device\n"


def test_an_interrupt_in_a_pipe_ends_politely() -> None:
    process = subprocess.Popen(
        [*COMMAND, "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout
    while not process.stdout.readline().strip().startswith(b"6."):
        pass
    process.send_signal(signal.SIGINT)
    said, errors = process.communicate()

    assert (process.returncode, errors) == (0, b"")
    assert b"Tot ziens." in said
