"""Why an outcome is what it is, and what is said beside it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from dialogues import markup
from dialogues.content import Content, Rows
from dialogues.flow import Flow
from dialogues.outcome_view import certain_so_far, outcome_messages
from dialogues.result import Reason, Result, judge
from tests.core import definition
from tests.core.definition import HARD, KNOWN, OPTIONS, QUESTIONS

ALL_JA = dict.fromkeys(QUESTIONS, "ja")


def _every_set() -> Iterator[dict[str, str]]:
    for row in product(OPTIONS, repeat=len(QUESTIONS)):
        yield dict(zip(QUESTIONS, row, strict=True))


def _ids(result: Result) -> list[str]:
    return [remark.id for remark in result.remarks]


def _said(content: Content, result: Result) -> str:
    return "\n".join(
        f"{message.title}\n{markup.plain(message.body)}"
        for message in outcome_messages(content, result)
    )


def test_the_reasons_are_the_answers_that_decided(flow: Flow) -> None:
    for answers in _every_set():
        reasons = [(reason.question, reason.answer) for reason in judge(flow, answers).because]
        outcome = definition.certain(answers)
        if outcome == "geen":
            deciding = [name for name in HARD if answers[name] == "nee"]
        elif outcome == "open":
            deciding = [name for name in QUESTIONS if _makes_a_difference(answers, name)]
        else:
            deciding = [*HARD, "primair_proces"]
            deciding += [] if outcome == "complementair" else ["ontwerp"]

        assert reasons == [(name, answers[name]) for name in deciding], answers


def _makes_a_difference(answers: dict[str, str], name: str) -> bool:
    if answers[name] not in KNOWN:
        return False
    other = "nee" if answers[name] == "ja" else "ja"
    return definition.possible({**answers, name: other}) != definition.possible(answers)


def test_what_was_not_known_decides_or_leaves_the_outcome_as_it_is(flow: Flow) -> None:
    for answers in _every_set():
        result = judge(flow, answers)
        unknown = [name for name in QUESTIONS if answers[name] not in KNOWN]
        same = [
            name
            for name in unknown
            if all(
                definition.possible({**answers, name: known}) == definition.possible(answers)
                for known in KNOWN
            )
        ]

        assert list(result.unknown) == same, answers
        assert {*result.unknown, *(item.question for item in result.open)} == {*unknown}, answers


def test_no_coproduction_always_says_what_it_is_instead(flow: Flow) -> None:
    for answers in _every_set():
        result = judge(flow, answers)
        failing = [name for name in HARD if answers[name] == "nee"]

        assert bool(result.looks_like) == (result.outcome == "geen"), answers
        fails = [form.fails for form in result.looks_like]
        assert all(set(each) <= set(failing) for each in fails), answers
        # First what explains several failures at once, then what explains the first.
        assert fails == sorted(fails, key=lambda each: len(each) == 1), answers
        assert {each[0] for each in fails if len(each) == 1} <= set(failing[:1]), answers
        assert len(set(result.looks_like)) == len(result.looks_like)


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"publieke_waarde": "nee"}, "particulier"),
        ({"publieke_waarde": "nee", "professionals": "nee"}, "collectief_bouwen"),
        ({"burgers": "nee"}, "dienstverlening"),
        ({"burgers": "nee", "professionals": "nee"}, "markt"),
        ({"professionals": "nee"}, "burgerinitiatief"),
        ({"professionals": "nee", "doel": "nee"}, "actie"),
        ({"uitvoering": "nee"}, "plan_maken"),
        ({"uitvoering": "nee", "ontwerp": "nee"}, "inspraak"),
        ({"uitvoering": "nee", "ontwerp": "weet_niet"}, "inspraak"),
        ({"uitvoering": "nee", "burgers": "nee", "ontwerp": "nee"}, "dienstverlening"),
        ({"doel": "nee"}, "belangenbehartiging"),
    ],
)
def test_the_form_that_fits_best_comes_first(
    flow: Flow, changes: dict[str, str], first: str
) -> None:
    assert judge(flow, {**ALL_JA, **changes}).looks_like[0].id == first


@pytest.mark.parametrize(
    ("changes", "remarks"),
    [
        ({}, ["gaat_over_nu"]),
        ({"eigen_gebruik": "nee"}, ["geen_eigen_gebruik", "gaat_over_nu"]),
        ({"eigen_gebruik": "weet_niet"}, ["gaat_over_nu"]),
        ({"ontwerp": "nee"}, ["gaat_over_nu"]),
        ({"primair_proces": "nee"}, ["aanvullend_en_ontworpen", "gaat_over_nu"]),
        ({"primair_proces": "nee", "ontwerp": "nee"}, ["gaat_over_nu"]),
        ({"uitvoering": "nee"}, ["ruime_definitie", "ladder"]),
        ({"professionals": "nee"}, ["kleine_rol_medewerkers"]),
        ({"doel": "nee"}, ["besparen_en_behouden"]),
        ({"publieke_waarde": "nee"}, []),
        ({"ontwerp": "weet_niet"}, []),
    ],
)
def test_remarks(flow: Flow, changes: dict[str, str], remarks: list[str]) -> None:
    assert _ids(judge(flow, {**ALL_JA, **changes})) == remarks


def test_answers_that_are_kept_count_in_what_if_alone(flow: Flow) -> None:
    stopped = {"publieke_waarde": "nee"}
    kept = {**dict.fromkeys(QUESTIONS, "ja"), **stopped}

    (alone,) = judge(flow, stopped).what_if
    (together,) = judge(flow, stopped, kept).what_if
    assert alone.possible == ("volledig", "implementatie", "complementair", "geen")
    assert together.possible == ("volledig",)
    assert judge(flow, stopped, kept).because == (Reason("publieke_waarde", "nee"),)


def test_an_outcome_in_words(flow: Flow) -> None:
    content, texts = flow.content, flow.content.texts
    for answers in ({}, ALL_JA, {**ALL_JA, "doel": "nee"}, {**ALL_JA, "ontwerp": "weet_niet"}):
        result = judge(flow, answers)
        outcome = content.outcomes[result.outcome]
        said = _said(content, result)

        assert outcome.sentence in said
        assert content.version in said
        assert all(content.references[name].title in said for name in outcome.reading)
        for reason in result.because:
            assert content.questions[reason.question].option(reason.answer).reason in said
        certain = result.outcome != content.undecided
        for title, there in (
            (texts.because_title, certain and result.because),
            (texts.known_title, not certain and result.because),
            (texts.open_title, result.open),
            (texts.unknown_title, result.unknown),
            (texts.looks_like_title, result.looks_like),
            (texts.remarks_title, result.remarks),
        ):
            assert (f"{title}\n" in said) == bool(there)


def test_what_was_not_known_and_makes_no_difference_is_named(flow: Flow) -> None:
    content, texts = flow.content, flow.content.texts
    for changes, names in (
        ({"eigen_gebruik": "weet_niet"}, ["Eigen gebruik"]),
        ({"primair_proces": "nee", "ontwerp": "weet_niet"}, ["Ontwerp"]),
        ({"burgers": "nee", "publieke_waarde": "weet_niet"}, ["Publieke waarde"]),
        ({"eigen_gebruik": "weet_niet", "doel": "weet_niet"}, ["Eigen gebruik"]),
    ):
        messages = outcome_messages(content, judge(flow, {**ALL_JA, **changes}))
        bodies = {message.title: message.body for message in messages}
        rows = [texts.unknown_line.text(vraag=name) for name in names]
        assert bodies[texts.unknown_title] == markup.bullets(rows)


def test_a_reason_stands_with_its_criterion_and_the_sources_of_that(flow: Flow) -> None:
    content = flow.content
    question = content.questions["burgers"]
    roset, study = (content.references[name] for name in question.sources)
    reason = f"**Inzet van inwoners**: {question.option('nee').reason}"
    links = f"[{roset.makers}]({roset.address}); [{study.makers}, {study.year}]({study.address})"
    unsourced = Rows({**content.questions, question.id: replace(question, sources=())})

    for shown, row in (
        (content, f"{reason} ({links})"),
        (replace(content, questions=unsourced), reason),
    ):
        messages = outcome_messages(shown, judge(flow, {"burgers": "nee"}))
        bodies = {message.title: message.body for message in messages}
        assert bodies[content.texts.because_title] == markup.bullets([row])


def test_many_forms_are_named_and_four_are_explained(flow: Flow) -> None:
    result = judge(flow, {**ALL_JA, "professionals": "nee"})
    said = _said(flow.content, result)

    assert len(result.looks_like) > 4
    assert [form.recognise in said for form in result.looks_like[:4]] == [True] * 4
    assert not any(form.recognise in said for form in result.looks_like[4:])
    for form in result.looks_like:
        assert form.name[1:] in said


def test_when_no_single_answer_changes_the_outcome_that_is_said(flow: Flow) -> None:
    one = judge(flow, {**ALL_JA, "doel": "nee"})
    two = judge(flow, {**ALL_JA, "doel": "nee", "burgers": "nee"})
    none_changes = markup.plain(flow.content.texts.what_if_none)

    assert none_changes not in _said(flow.content, one)
    assert none_changes in _said(flow.content, two)


def test_halfway_it_says_what_is_certain_and_what_is_possible(flow: Flow) -> None:
    content = flow.content
    possible = markup.plain(certain_so_far(content, judge(flow, {"primair_proces": "nee"})))
    certain = markup.plain(certain_so_far(content, judge(flow, {"doel": "nee"})))

    assert "complementaire coproductie of geen coproductie" in possible
    assert "volledige" not in possible
    assert content.outcomes["geen"].name in certain
