"""What a set of answers means: the outcome, why, what would change it, what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogues.content import UNKNOWN, Facts, Form, Remark, holds
from dialogues.flow import Flow
from dialogues.yaml_source import Word


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer that decided the outcome."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One other answer, and the outcomes that would then be possible."""

    question: str
    answer: str
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that decides, with the outcomes that are possible after each answer."""

    question: str
    by_answer: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """``outcome`` is what is certain; it is the undecided outcome while more are ``possible``.

    ``unknown`` are the questions answered with "weet niet" that are not in ``open``: each of their
    answers leaves the same outcomes possible.
    """

    outcome: str
    possible: tuple[str, ...]
    because: tuple[Reason, ...]
    what_if: tuple[WhatIf, ...]
    looks_like: tuple[Form, ...]
    remarks: tuple[Remark, ...]
    open: tuple[OpenQuestion, ...]
    unknown: tuple[str, ...]


def judge(flow: Flow, facts: Facts, kept: Mapping[str, str] | None = None) -> Result:
    """Judge the answers in ``facts``.

    ``kept`` are all answers that the conversation remembers, also those off the path: they count
    again as soon as one other answer puts their question back on it, so what-if looks at them.
    """
    possible = flow.possible(facts)
    outcome = possible[0] if len(possible) == 1 else flow.undecided
    # What is certain leaves nothing to decide.
    open_questions = tuple(_open(flow, facts)) if len(possible) > 1 else ()
    deciding = {item.question for item in open_questions}
    return Result(
        outcome=outcome,
        possible=possible,
        because=_because(flow, facts, outcome),
        what_if=tuple(_what_if(flow, facts, {**(kept or {}), **facts}, possible)),
        looks_like=looks_like(flow, facts),
        remarks=tuple(
            remark
            for remark in flow.content.remarks.values()
            if outcome in remark.outcomes and holds(remark.when, facts)
        ),
        open=open_questions,
        unknown=tuple(
            name
            for name in flow.content.questions
            if facts.get(name) == UNKNOWN and name not in deciding
        ),
    )


def _failing(flow: Flow, facts: Facts) -> list[str]:
    """The criteria that are not met, in the order in which they are asked."""
    knockouts = flow.content.knockouts
    return [name for name in flow.content.questions if facts.get(name) in knockouts.get(name, ())]


def _other_answers(flow: Flow, question: str, given: str | None) -> list[str]:
    options = flow.content.questions[question].options
    return [option.id for option in options if option.id not in (UNKNOWN, given)]


def _because(flow: Flow, facts: Facts, outcome: str) -> tuple[Reason, ...]:
    if outcome == flow.undecided:
        deciding = [
            name
            for name, given in facts.items()
            if given != UNKNOWN
            for other in _other_answers(flow, name, given)
            if flow.possible({**facts, name: other}) != flow.possible(facts)
        ]
    else:
        rule = flow.content.outcomes[outcome]
        met: dict[str, tuple[Word, ...]] = dict(rule.any_of or rule.all_of)
        deciding = [name for name in facts if name in met and facts[name] in met[name]]
    return tuple(Reason(name, facts[name]) for name in flow.content.questions if name in deciding)


def _what_if(
    flow: Flow, facts: Facts, kept: Mapping[str, str], possible: tuple[str, ...]
) -> list[WhatIf]:
    # Not knowing is no change to the initiative, so it is neither a start nor an end here: what an
    # unknown answer would bring stands among the open questions.
    changes = [
        WhatIf(name, other, flow.possible({**kept, name: other}))
        for name, given in facts.items()
        if given != UNKNOWN
        for other in _other_answers(flow, name, given)
    ]
    return [change for change in changes if change.possible != possible]


def looks_like(flow: Flow, facts: Facts) -> tuple[Form, ...]:
    """The forms that fit when a criterion is not met.

    First those that explain several failures, then those that explain the first.
    """
    failing = _failing(flow, facts)
    fitting = [
        form
        for form in flow.content.forms.values()
        if set(form.fails) <= set(failing)
        and all(facts.get(name, UNKNOWN) in (UNKNOWN, *allowed) for name, allowed in form.when)
    ]
    of_several = [form for form in fitting if len(form.fails) > 1]
    of_the_first = [form for form in fitting if tuple(form.fails) == tuple(failing[:1])]
    return (*of_several, *of_the_first)


def _open(flow: Flow, facts: Facts) -> list[OpenQuestion]:
    found = []
    for name in flow.content.questions:
        if facts.get(name, UNKNOWN) != UNKNOWN:
            continue
        by_answer = tuple(
            (option, flow.possible({**facts, name: option}))
            for option in _other_answers(flow, name, None)
        )
        if len({possible for _, possible in by_answer}) > 1:
            found.append(OpenQuestion(name, by_answer))
    return found
