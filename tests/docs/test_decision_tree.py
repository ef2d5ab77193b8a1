"""``docs/beslisboom.md`` is what the content says now, and what it says of itself is true."""

from itertools import product

from dialogues.flow import Flow
from tests.docs.decision_tree import DOCUMENT, document, rows


def test_the_document_is_fresh(flow: Flow) -> None:
    written = DOCUMENT.read_text(encoding="utf-8")

    assert document(flow) == written, "run `make docs` and look at the difference"


def test_every_set_of_answers_stands_in_exactly_one_row_with_its_outcome(flow: Flow) -> None:
    table = rows(flow)
    questions = flow.content.questions.values()

    for given in product(*([option.id for option in question.options] for question in questions)):
        fitting = [
            ends
            for answers, ends in table
            if all(
                answer in asked or not asked for answer, asked in zip(given, answers, strict=True)
            )
        ]
        path = flow.path(dict(zip(flow.content.questions, given, strict=True)))
        possible = flow.possible(path.facts) if path.here == flow.undecided else ()

        assert [(path.here, *possible)] == fitting, given


def test_the_table_can_be_read_in_one_go(flow: Flow) -> None:
    assert len(rows(flow)) < 100


def test_going_on_after_an_early_outcome_does_not_change_it(flow: Flow) -> None:
    questions = flow.content.questions.values()

    for given in product(*([option.id for option in question.options] for question in questions)):
        answers = dict(zip(flow.content.questions, given, strict=True))

        assert flow.path(answers).here == flow.path(answers, complete=True).here
