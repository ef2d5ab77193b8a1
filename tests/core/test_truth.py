"""The outcome is the one of the definition, for every set of answers there is.

That is: all 2^8 full sets, the 3^8 with "weet niet" and the 4^8 in which answers may also be
missing. The larger sets hold the smaller ones; those run apart because they say most when they
fail.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from dialogues.flow import Flow
from dialogues.result import OpenQuestion, WhatIf, judge
from tests.core import definition
from tests.core.definition import KNOWN, OPTIONS, OUTCOMES, QUESTIONS

pytestmark = pytest.mark.usefixtures("unmeasured")
MISSING = ""
EVERY = (*OPTIONS, MISSING)


def open_questions(answers: dict[str, str]) -> tuple[OpenQuestion, ...]:
    """The questions without a known answer of which the answer makes a difference."""
    found = []
    for question in QUESTIONS:
        if answers.get(question) not in KNOWN:
            by_answer = tuple(
                (known, definition.possible({**answers, question: known})) for known in KNOWN
            )
            if by_answer[0][1] != by_answer[1][1]:
                found.append(OpenQuestion(question, by_answer))
    return tuple(found)


def what_if(answers: dict[str, str]) -> tuple[WhatIf, ...]:
    """Every known answer that, turned round, leads elsewhere."""
    found = []
    for question, answer in answers.items():
        if answer in KNOWN:
            other = "nee" if answer == "ja" else "ja"
            then = definition.possible({**answers, question: other})
            if then != definition.possible(answers):
                found.append(WhatIf(question, other, then))
    return tuple(found)


def _sets(first: tuple[str, str], allowed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for rest in product(allowed, repeat=len(QUESTIONS) - len(first)):
        row = zip(QUESTIONS, (*first, *rest), strict=True)
        yield {question: answer for question, answer in row if answer is not MISSING}


def test_the_questions_and_outcomes_are_those_of_the_definition(flow: Flow) -> None:
    assert tuple(flow.content.questions) == QUESTIONS
    assert tuple(flow.content.outcomes) == (*OUTCOMES, "open")
    for question in flow.content.questions.values():
        assert tuple(option.id for option in question.options) == OPTIONS


def test_every_full_set_has_the_outcome_of_the_definition(flow: Flow) -> None:
    for row in product(KNOWN, repeat=len(QUESTIONS)):
        answers = dict(zip(QUESTIONS, row, strict=True))
        expected = definition.outcome(answers)

        assert judge(flow, answers).outcome == expected, answers
        assert flow.path(answers).here == expected, answers
        assert flow.path(answers, complete=True).here == expected, answers


# The first two answers split the work over the processes of xdist.


@pytest.mark.parametrize("first", list(product(OPTIONS, repeat=2)), ids="-".join)
def test_unknown_never_counts_as_yes_or_no(flow: Flow, first: tuple[str, str]) -> None:
    for answers in _sets(first, OPTIONS):
        for complete in (False, True):
            path = flow.path(answers, complete=complete)

            assert path.here == definition.certain(answers), answers
            assert flow.possible(path.facts) == definition.possible(answers), answers


@pytest.mark.parametrize("first", list(product(EVERY, repeat=2)), ids="-".join)
def test_every_partial_set_is_judged_by_filling_it_in(flow: Flow, first: tuple[str, str]) -> None:
    for answers in _sets(first, EVERY):
        result = judge(flow, answers)

        assert result.possible == definition.possible(answers), answers
        assert result.outcome == definition.certain(answers), answers
        assert result.open == open_questions(answers), answers
        assert result.what_if == what_if(answers), answers
