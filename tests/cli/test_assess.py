"""``assess`` for scripts: the same keys every time, public ids, and clear refusals."""

import json
from typing import Any

import pytest

from dialogues.flow import Flow
from tests.cli.conftest import Run, addresses
from tests.core import definition
from tests.core.definition import QUESTIONS

KEYS = (
    *("outcome", "possible", "because", "what_if", "looks_like", "remarks", "open"),
    "content_version",
)
ALL_JA = dict.fromkeys(QUESTIONS, "ja")


def _judged(run: Run, answers: dict[str, str]) -> dict[str, Any]:
    done = run("assess", "--json", *(f"{name}={answer}" for name, answer in answers.items()))

    assert (done.returncode, done.stderr) == (0, b"")
    judged: dict[str, Any] = json.loads(done.stdout)
    assert tuple(judged) == KEYS
    return judged


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (ALL_JA, "volledig"),
        ({**ALL_JA, "ontwerp": "nee"}, "implementatie"),
        ({**ALL_JA, "primair_proces": "nee"}, "complementair"),
        ({**ALL_JA, "doel": "nee", "burgers": "nee"}, "geen"),
        ({**ALL_JA, "ontwerp": "weet_niet"}, "open"),
        ({"uitvoering": "nee"}, "geen"),
        ({"ontwerp": "ja", "publieke_waarde": "weet_niet"}, "open"),
        ({}, "open"),
    ],
)
def test_the_outcome_with_all_that_belongs_to_it(
    run: Run, flow: Flow, answers: dict[str, str], outcome: str
) -> None:
    judged = _judged(run, answers)

    assert judged["outcome"] == outcome
    assert judged["possible"] == list(definition.possible(answers))
    assert judged["content_version"] == flow.content.version
    for reason in judged["because"]:
        option = flow.content.questions[reason["question"]].option(reason["answer"])
        assert reason == {
            "question": reason["question"],
            "answer": answers[reason["question"]],
            "text": option.reason,
        }
    for change in judged["what_if"]:
        possible = definition.possible({**answers, change["question"]: change["answer"]})
        assert change["possible"] == list(possible) != judged["possible"]
        assert change["outcome"] == (possible[0] if len(possible) == 1 else "open")
    for form in judged["looks_like"]:
        known = flow.content.forms[form["id"]]
        assert form == {"id": known.id, "name": known.name, "text": known.recognise}
    assert bool(judged["looks_like"]) == (outcome == "geen")
    for remark in judged["remarks"]:
        assert set(remark) == {"id", "text"}
        assert outcome in flow.content.remarks[remark["id"]].outcomes
    for item in judged["open"]:
        assert answers.get(item["question"], "weet_niet") == "weet_niet"
        for answer, possible_then in item["answers"].items():
            expected = definition.possible({**answers, item["question"]: answer})
            assert possible_then == list(expected)
    assert bool(judged["open"]) == (outcome == "open")


def test_the_output_is_stable_and_the_order_of_arguments_does_not_matter(run: Run) -> None:
    pairs = [f"{name}=weet_niet" for name in QUESTIONS]
    once = run("assess", "--json", *pairs).stdout

    assert run("assess", "--json", *reversed(pairs)).stdout == once
    assert run("assess", *pairs, "--json", PYTHONHASHSEED="1").stdout == once


def test_without_json_it_is_text_for_people(run: Run, flow: Flow) -> None:
    done = run("assess", *(f"{name}=ja" for name in QUESTIONS))

    assert done.returncode == 0
    assert flow.content.outcomes["volledig"].sentence in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_each_address_is_written_out_once_where_it_is_last_named(run: Run, flow: Flow) -> None:
    said = " ".join(run("assess", *(f"{name}=ja" for name in QUESTIONS)).stdout.decode().split())
    written = addresses(said)
    roset = flow.content.references["roset"]

    assert len(written) == len(set(written)) > 1
    assert said.count(roset.makers) > 1
    assert f"{roset.title} <{roset.address}>" in said


KNOWN = ", ".join(QUESTIONS)


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["doell=ja"], f"'doell' is geen vraag. De vragen zijn: {KNOWN}. Bedoelde u 'doel'?"),
        (["DOEL=ja"], f"'DOEL' is geen vraag. De vragen zijn: {KNOWN}. Bedoelde u 'doel'?"),
        (["xyz=ja"], f"'xyz' is geen vraag. De vragen zijn: {KNOWN}."),
        (["=ja"], f"'' is geen vraag. De vragen zijn: {KNOWN}."),
        (
            ["doel=neen"],
            "'neen' is geen antwoord op doel. De antwoorden zijn: ja, nee, weet_niet. "
            "Bedoelde u 'nee'?",
        ),
        (["doel="], "'' is geen antwoord op doel. De antwoorden zijn: ja, nee, weet_niet."),
        (
            ["doel=ja=ja"],
            "'ja=ja' is geen antwoord op doel. De antwoorden zijn: ja, nee, weet_niet.",
        ),
        (
            ["doel"],
            "'doel' is geen antwoord. Schrijf een vraag, het teken = en een antwoord, zoals "
            "burgers=ja.",
        ),
        (["doel=ja", "doel=ja"], "De vraag 'doel' staat er twee keer."),
        (["doel=ja", "doel=nee"], "De vraag 'doel' staat er twee keer."),
        (["doel=ja", "xyz=ja", "doel"], f"'xyz' is geen vraag. De vragen zijn: {KNOWN}."),
    ],
)
def test_what_it_does_not_know_is_refused_with_a_suggestion(
    run: Run, pairs: list[str], said: str
) -> None:
    done = run("assess", "--json", *pairs)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(said)
