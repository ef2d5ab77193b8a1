"""The commands for scripts: stable output, and a clear word for what is wrong."""

import json
from typing import Any

import pytest

from dialogues.content import Content
from tests.cli.program import run

ALL_YES = [
    "publieke_waarde=ja",
    "burgers=ja",
    "professionals=ja",
    "uitvoering=ja",
    "doel=ja",
    "primair_proces=ja",
    "ontwerp=ja",
]


def assessed(*pairs: str) -> dict[str, Any]:
    done = run("assess", "--json", *pairs)
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_full_judgement_has_every_part() -> None:
    result = assessed(*ALL_YES)

    assert list(result) == [
        "outcome",
        "possible",
        "because",
        "what_if",
        "looks_like",
        "remarks",
        "open",
        "content_version",
    ]
    assert result["outcome"] == "volledig"
    assert result["possible"] == ["volledig"]
    assert [f"{r['question']}={r['answer']}" for r in result["because"]] == ALL_YES
    assert {(w["question"], w["answer"]): w["outcome"] for w in result["what_if"]} == {
        ("publieke_waarde", "nee"): "geen",
        ("burgers", "nee"): "geen",
        ("professionals", "nee"): "geen",
        ("uitvoering", "nee"): "geen",
        ("doel", "nee"): "geen",
        ("primair_proces", "nee"): "complementair",
        ("ontwerp", "nee"): "implementatie",
    }
    assert result["looks_like"] == []
    assert result["open"] == []


def test_without_answers_all_is_open(content: Content) -> None:
    result = assessed()

    assert result["outcome"] == "open"
    assert result["possible"] == ["volledig", "implementatie", "complementair", "geen"]
    assert [o["question"] for o in result["open"]] == [
        name for name in content.questions if name != "eigen_gebruik"
    ]


def test_a_missing_answer_counts_as_not_given_and_an_early_no_is_certain() -> None:
    result = assessed("uitvoering=nee")

    assert result["outcome"] == "geen"
    assert [r["question"] for r in result["because"]] == ["uitvoering"]
    assert "inspraak" in [form["id"] for form in result["looks_like"]]


def test_not_knowing_names_what_each_answer_would_give() -> None:
    result = assessed(*ALL_YES[:5], "primair_proces=weet_niet", "ontwerp=ja")

    assert result["outcome"] == "open"
    assert result["open"] == [
        {
            "question": "primair_proces",
            "answers": {"ja": ["volledig"], "nee": ["complementair"]},
        }
    ]


def test_all_failing_criteria_are_given() -> None:
    result = assessed("publieke_waarde=nee", "professionals=nee", "doel=nee")

    assert [r["question"] for r in result["because"]] == [
        "publieke_waarde",
        "professionals",
        "doel",
    ]
    assert result["what_if"] == []


def test_without_json_it_is_text_to_read() -> None:
    done = run("assess", *ALL_YES)

    assert done.returncode == 0
    assert done.stdout.startswith("Volledige coproductie\n")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (["burger=ja"], "'burger' is geen vraag. De vragen zijn: publieke_waarde"),
        (["burger=ja"], "Bedoelde u 'burgers'?"),
        (["burgers=jaa"], "'jaa' is geen antwoord op burgers. De antwoorden zijn: ja, nee"),
        (["burgers=weetniet"], "Bedoelde u 'weet_niet'?"),
        (["burgers"], "'burgers' is geen antwoord. Schrijf een vraag, het teken = en een antwoord"),
        (["burgers=ja", "burgers=nee"], "De vraag 'burgers' staat er twee keer."),
        (["=ja"], "'' is geen vraag."),
        (["burgers="], "'' is geen antwoord op burgers."),
        (["BURGERS=ja"], "Bedoelde u 'burgers'?"),
    ],
)
def test_a_wrong_answer_is_refused(pairs: list[str], said: str) -> None:
    done = run("assess", "--json", *pairs)

    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("asked", "topic", "term"),
    [
        ("wat is coproductie", "coproductie", "coproductie"),
        ("Wat is co-productie?", "coproductie", "coproductie"),
        ("cocreatie", "cocreatie", "cocreatie"),
        ("verschil cocreatie en coproductie", "verschil", "verschil"),
        ("primair proces", "criteria", "primair_proces"),
        ("complementaire coproductie", "vormen", "complementair"),
        ("participatieladder", "participatie", "ladder"),
        ("uitdaagrecht", "participatie", "uitdaagrecht"),
    ],
)
def test_a_term_is_explained(asked: str, topic: str, term: str) -> None:
    done = run("ask", "--json", asked)
    answer = json.loads(done.stdout)

    assert done.returncode == 0
    assert (answer["topic"], answer["term"]) == (topic, term)
    assert len(answer["text"]) > 50
    assert "**" not in answer["text"]


def test_an_unknown_term_is_not_guessed() -> None:
    done = run("ask", "--json", "wat wordt het weer morgen in Assen")

    assert done.returncode == 0
    assert json.loads(done.stdout)["topic"] is None


def test_the_words_of_a_question_need_no_quotes() -> None:
    assert run("ask", "wat", "is", "cocreatie").stdout.startswith("Wat is cocreatie?\n")


def test_the_diagram_has_every_question_and_outcome(content: Content) -> None:
    drawn = run("diagram").stdout

    assert drawn.startswith("stateDiagram-v2\n")
    for name in (*content.questions, *content.outcomes):
        assert f"    {name}: " in drawn


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chet"], "Bedoelde u 'chat'?"),
        (["assess", "--jsn"], "Bedoelde u '--json'?"),
        ([], "Deze opdracht begrijp ik niet."),
        (["ask"], "Deze opdracht begrijp ik niet."),
        (["check", "a", "b"], "'b' ken ik niet."),
    ],
)
def test_wrong_arguments_are_told_in_dutch(arguments: list[str], said: str) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Gebruik: coproductiewijzer" in done.stderr


@pytest.mark.parametrize("command", ["", "chat", "assess", "ask", "check", "diagram", "telegram"])
def test_every_command_has_help_in_dutch(command: str) -> None:
    done = run(*filter(None, [command]), "--help")

    assert done.returncode == 0
    assert done.stdout.startswith("Gebruik: coproductiewijzer")
    assert "usage" not in done.stdout
    assert "show this help" not in done.stdout
