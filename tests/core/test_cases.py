"""Initiatives from practice and from the literature get the type that experts gave them."""

import csv
from pathlib import Path

import pytest

from dialogues.flow import Flow
from dialogues.result import judge
from tests.core.definition import QUESTIONS

CRITERIA = {
    "K1": "publieke_waarde",
    "K2a": "burgers",
    "K2b": "professionals",
    "K4": "uitvoering",
    "K3": "doel",
}
with (Path(__file__).parent / "gevallen.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def _criteria(case: dict[str, str]) -> set[str]:
    """Before the semicolon: ``K2a, K4 (alleen geld); donatie``."""
    named = case["faalt"].partition(";")[0].replace("(", " ").replace(",", " ").split()
    return {CRITERIA[word] for word in named if word in CRITERIA}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['nr']}-{case['uitkomst']}")
def test_case(flow: Flow, case: dict[str, str]) -> None:
    answers = {question: case[question] for question in QUESTIONS if case[question]}
    result = judge(flow, answers)

    assert result.outcome == case["uitkomst"]
    failing = {reason.question for reason in result.because if reason.answer == "nee"}
    if case["uitkomst"] == "geen":
        assert failing == _criteria(case)
        assert result.looks_like
        assert all(set(form.fails) <= failing for form in result.looks_like)
    else:
        assert failing <= {"primair_proces", "ontwerp"}
        assert not result.looks_like


def test_the_cases_hold_every_outcome_and_criterion() -> None:
    assert {case["uitkomst"] for case in CASES} == {
        "volledig",
        "implementatie",
        "complementair",
        "geen",
    }
    assert set().union(*map(_criteria, CASES)) == set(CRITERIA.values())
