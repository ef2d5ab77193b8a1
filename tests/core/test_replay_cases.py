"""Replaying answers: the cases that another code base met in production, and branches.

The cases are those of the journey specification of GOV.UK forms-runner: each was once a bug there.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from dialogues.conversation import handle
from dialogues.events import Answer, Ask, Back, Check, Continue, Unknown
from dialogues.flow import Flow
from dialogues.state import Conversation
from dialogues.turn import Progress
from dialogues.views import view
from tests.core.conftest import BRANCHING

Answers = dict[str, str]


@pytest.mark.parametrize(
    ("answers", "passed", "here"),
    [
        pytest.param({}, "", "alfa", id="no answers"),
        pytest.param({"alfa": "ja"}, "alfa", "beta", id="one answer"),
        pytest.param({"alfa": "ja", "gamma": "ja"}, "alfa", "beta", id="stops at a gap"),
        pytest.param({"beta": "ja", "delta": "ja"}, "", "alfa", id="gap at the start"),
        pytest.param({"alfa": "misschien"}, "", "alfa", id="option that is gone"),
        pytest.param({"alfa": "deels"}, "", "alfa", id="option of another question"),
        pytest.param({"alfa": ""}, "", "alfa", id="empty answer"),
        pytest.param(
            {"alfa": "ja", "beta": "gele", "delta": "ja"}, "alfa", "beta", id="option gone halfway"
        ),
        pytest.param({"weer": "ja", "alfa": "ja"}, "alfa", "beta", id="question that is gone"),
        pytest.param({"geen": "ja", "open": "ja"}, "", "alfa", id="outcome as a question"),
        pytest.param(
            {"alfa": "weet_niet", "beta": "nee", "gamma": "ja"}, "alfa", "delta",
            id="an answer off the path opens no branch",
        ),
        pytest.param({"alfa": "ja", "beta": "nee"}, "alfa beta", "gamma", id="branch opens"),
        pytest.param({"alfa": "ja", "beta": "ja"}, "alfa beta", "delta", id="branch is skipped"),
        pytest.param(
            {"alfa": "ja", "beta": "ja", "delta": "deels"}, "alfa beta delta", "epsilon",
            id="branch at the end",
        ),
        pytest.param(
            {"alfa": "ja", "beta": "ja", "delta": "ja", "epsilon": "nee"}, "alfa beta delta",
            "zuid", id="branch that closed again",
        ),
        pytest.param({"alfa": "nee", "delta": "ja"}, "alfa", "geen", id="stops early"),
        pytest.param(
            {"delta": "nee", "gamma": "nee", "beta": "nee", "alfa": "ja"},
            "alfa beta gamma delta", "oost", id="order of answering",
        ),
    ],
)  # fmt: skip
def test_replay(branching: Flow, answers: Answers, passed: str, here: str) -> None:
    path = branching.path(answers)

    assert (" ".join(path.passed), path.here) == (passed, here)
    assert path.facts == {name: answers[name] for name in path.passed}


@pytest.mark.parametrize(
    ("answers", "here"),
    [
        ({"alfa": "nee"}, "delta"),
        ({"alfa": "nee", "delta": "deels"}, "epsilon"),
        ({"alfa": "nee", "delta": "deels", "epsilon": "ja"}, "geen"),
        ({"alfa": "nee", "delta": "ja"}, "geen"),
    ],
)
def test_asking_on_skips_what_does_not_apply(branching: Flow, answers: Answers, here: str) -> None:
    assert branching.path(answers, complete=True).here == here


@pytest.mark.parametrize(
    ("answers", "at", "progress"),
    [
        ({}, "", (1, 5)),
        ({"alfa": "ja"}, "", (2, 5)),
        ({"alfa": "weet_niet"}, "", (2, 3)),
        ({"alfa": "ja", "beta": "nee"}, "", (3, 5)),
        ({"alfa": "ja", "beta": "ja"}, "", (3, 4)),
        ({"alfa": "ja", "beta": "ja", "delta": "deels"}, "", (4, 4)),
        # Asked again, everything behind it is open again.
        ({"alfa": "ja", "beta": "ja", "delta": "ja"}, "alfa", (1, 5)),
        ({"alfa": "ja", "beta": "ja", "delta": "ja"}, "beta", (2, 5)),
        ({"alfa": "nee"}, "alfa", (1, 5)),
    ],
)
def test_progress_counts_what_can_still_be_asked(
    branching: Flow, answers: Answers, at: str, progress: tuple[int, int]
) -> None:
    assert view(branching, Conversation(answers, at)).progress == Progress(*progress)


def test_answers_off_the_path_come_back_with_their_question(branching: Flow) -> None:
    before = Conversation({"alfa": "ja", "beta": "nee", "gamma": "ja", "delta": "ja"})
    flipped, _ = handle(branching, before, Answer("alfa", "weet_niet"))
    back, _ = handle(branching, flipped, Answer("alfa", "ja"))

    assert branching.path(flipped.answers).passed == ("alfa", "delta")
    assert back == before


def test_an_answer_off_the_path_cannot_be_given(branching: Flow) -> None:
    before = Conversation({"alfa": "weet_niet"})
    after, turn = handle(branching, before, Answer("beta", "ja"))

    assert after == before
    assert turn.messages[0].body == branching.content.texts.unknown_button


def test_answers_that_no_longer_fit_are_dropped_and_said_once(branching: Flow) -> None:
    before = Conversation({"weer": "ja", "alfa": "ja", "beta": "gele"}, complete=True)
    after, turn = handle(branching, before, Answer("beta", "ja"))
    again, later = handle(branching, after, Answer("beta", "ja"))

    outdated = branching.content.texts.outdated
    assert after == again == Conversation({"alfa": "ja", "beta": "ja"}, complete=True)
    assert [message.body for message in turn.messages].count(outdated) == 1
    assert outdated not in [message.body for message in later.messages]


def test_nothing_is_left_to_ask_after_the_last_question(branching: Flow) -> None:
    done = Conversation({"alfa": "nee", "delta": "ja"}, complete=True)
    after, turn = handle(branching, done, Continue())

    assert after == done
    assert turn.messages[0].body == branching.content.texts.unknown_button


# The oracle: the same YAML, walked by a plain loop.


def _applies(conditions: dict[str, list[str]], facts: Answers) -> bool:
    return all(facts.get(name) in allowed for name, allowed in conditions.items())


def _ends(answers: Answers, facts: Answers, number: int = 0) -> Iterator[str]:
    """The outcomes of every way to fill in what is unknown or missing."""
    if number == len(BRANCHING["vragen"]) or facts.get("alfa") == "nee":
        yield next(
            outcome["id"]
            for outcome in BRANCHING["uitkomsten"]
            if _applies(outcome.get("als", outcome.get("als_een_van", {})), facts)
        )
        return
    question = BRANCHING["vragen"][number]
    name = question["id"]
    if not _applies(question.get("alleen_als", {}), facts):
        yield from _ends(answers, facts, number + 1)
        return
    options = [option["id"] for option in question["antwoorden"] if option["id"] != "weet_niet"]
    given = answers.get(name)
    for option in [given] if given in options else options:
        yield from _ends(answers, {**facts, name: str(option)}, number + 1)


def _place(answers: Answers, complete: bool) -> str:
    facts: Answers = {}
    for question in BRANCHING["vragen"]:
        name = question["id"]
        if _applies(question.get("alleen_als", {}), facts):
            if name not in answers:
                return str(name)
            facts[name] = answers[name]
        if facts["alfa"] == "nee" and not complete:
            return "geen"
    ends = set(_ends(facts, {}))
    return ends.pop() if len(ends) == 1 else "open"


def test_the_machine_and_a_plain_loop_agree(branching: Flow) -> None:
    options = [[o["id"] for o in row["antwoorden"]] for row in BRANCHING["vragen"]]
    names = [row["id"] for row in BRANCHING["vragen"]]
    for row in product(*([*known, ""] for known in options)):
        answers = {name: answer for name, answer in zip(names, row, strict=True) if answer}

        assert set(branching.possible(answers)) == set(_ends(answers, {})), answers
        for complete in (False, True):
            assert branching.path(answers, complete=complete).here == _place(answers, complete)


def test_an_explanation_that_is_gone_from_the_content_is_dropped(branching: Flow) -> None:
    remembered = Conversation({"alfa": "ja"}, about=Ask("gone"))
    after, turn = handle(branching, remembered, Check())

    assert after == Conversation({"alfa": "ja"})
    assert turn == view(branching, after)


@pytest.mark.parametrize("answers", [{}, {"alfa": "nee"}])
def test_back_after_an_explanation_where_no_step_back_is_offered_closes_it(
    branching: Flow, answers: dict[str, str]
) -> None:
    before = Conversation(answers, at="" if answers else "welkom")
    explained, _ = handle(branching, before, Ask("vorm"))
    after, turn = handle(branching, explained, Back())

    assert (after, turn) == (before, view(branching, before))


def test_only_what_was_typed_counts_as_not_understood_twice(branching: Flow) -> None:
    once, _ = handle(branching, Conversation(), Unknown("story"))
    twice, _ = handle(branching, once, Unknown("text"))
    third, _ = handle(branching, twice, Unknown("answer"))
    button, _ = handle(branching, twice, Unknown("button"))
    after_button, _ = handle(branching, button, Unknown("text"))

    assert (once.about, twice.about) == (Unknown("story"), Unknown("lost"))
    assert (third.about, button.about) == (Unknown("lost"), Unknown("button"))
    assert after_button.about == Unknown("text")
