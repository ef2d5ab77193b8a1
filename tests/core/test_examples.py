"""The examples: what each is said to be follows from its answers, by the oracle of the tests."""

from collections import Counter

import pytest

from dialogues import markup
from dialogues.content import Content, Example
from dialogues.conversation import handle
from dialogues.events import Ask, Examples
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.core import definition
from tests.made_once import CONTENT

EXAMPLES = tuple(CONTENT.examples.values())
SHORT_AND_LONG = pytest.mark.parametrize("more", [False, True], ids=["short", "long"])


def _said(flow: Flow, example: Example, *, more: bool) -> str:
    _, turn = handle(flow, NEW, Ask(example.id, more=more))
    (message,) = turn.messages
    assert message.title == example.name
    return markup.plain(message.body)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_definition_gives_every_example_its_outcome(example: Example) -> None:
    assert definition.certain(example.facts) == example.outcome


def test_variants_differ_in_one_answer_and_lead_back(content: Content) -> None:
    pairs = [(e, content.examples[v.example]) for e in EXAMPLES for v in e.variants]

    assert len(pairs) >= 10
    for example, other in pairs:
        both = example.answers.keys() & other.answers.keys()
        (name,) = (name for name in both if example.answers[name] != other.answers[name])
        assert name in definition.QUESTIONS
        assert example.id in {variant.example for variant in other.variants}


def test_the_examples_cover_what_people_do() -> None:
    fields = Counter(str(example.field) for example in EXAMPLES)
    outcomes = Counter(str(example.outcome) for example in EXAMPLES)
    countries = Counter(str(example.country) for example in EXAMPLES)

    assert len(EXAMPLES) >= 30
    assert set(fields) == set(CONTENT.texts.fields)
    assert min(fields.values()) >= 4
    assert outcomes.pop("open") >= 3
    assert set(outcomes) == set(definition.OUTCOMES)
    assert min(outcomes.values()) >= 8
    assert min(countries["nl"], countries["vl"]) >= 10


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("buurtpreventie", "buurtpreventie"),
        ("clientenraad", "clientenraad"),
        ("burgerbegroting", "wijkgeld"),
        ("energiecooperatie", "energiecooperatie"),
    ],
)
def test_what_people_ask_about_most_is_there(content: Content, phrase: str, name: str) -> None:
    assert phrase in content.examples[name].also


@SHORT_AND_LONG
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_explanation_of_an_example(flow: Flow, example: Example, more: bool) -> None:
    content = flow.content
    said = _said(flow, example, more=more)

    assert markup.plain(example.text) in said
    assert markup.plain(example.because) in said
    assert content.outcomes[example.outcome].name in said
    assert ("onderzoekers denken hier verschillend over" in said.lower()) == example.contested
    assert ("Dit is een bedacht voorbeeld." in said) == example.invented
    for source in (content.references[name] for name in example.sources):
        assert source.makers in said
        assert (source.address or source.title) in said
    assert bool(example.sources) != example.invented
    assert content.texts.countries[example.country] in said
    if example.resembles:
        assert content.forms[example.resembles].name in said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_only_the_long_form_shows_how_the_answers_came_about(flow: Flow, example: Example) -> None:
    short, long = (_said(flow, example, more=more) for more in (False, True))
    reasons = [
        question.option(example.answers[question.id]).reason
        for question in flow.content.questions.values()
        if question.id in example.answers
    ]

    places = [long.index(reason) for reason in reasons]
    assert places == sorted(places)
    assert not any(reason in short for reason in reasons)


def test_the_examples_of_a_field_and_of_an_outcome(flow: Flow) -> None:
    for by in (*flow.content.texts.fields, *flow.content.outcomes):
        _, turn = handle(flow, NEW, Examples(by))
        offered = [c.event.name for c in turn.choices if isinstance(c.event, Ask)]

        assert offered == [e.id for e in EXAMPLES if by in (e.field, e.outcome)]


def test_what_is_beyond_the_text_of_the_guide_is_marked_and_has_a_source(content: Content) -> None:
    """The topics about the guide itself need no source: nobody else has written about it."""
    about_itself = {*content.topics["over"], *content.topics["zelfcheck"]}
    rows = [term for term in content.terms.values() if term.id not in about_itself]

    for term in rows:
        assert term.beyond or "roset" in term.sources
    assert all(content.terms[name].beyond for name in content.topics["waarom"])
    # Who answers for damage is not known here, and the text says so.
    assert [term.id for term in rows if not term.sources] == ["verantwoordelijk"]
