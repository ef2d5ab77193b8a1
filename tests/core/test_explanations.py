"""Explanations, and what the machine looks like when it is drawn."""

from dataclasses import replace

import pytest

from dialogues import markup
from dialogues.codec import Codec
from dialogues.content import Form, Term
from dialogues.conversation import handle
from dialogues.diagram import mermaid
from dialogues.events import (
    About,
    Ask,
    Assess,
    Examples,
    Explaining,
    Help,
    More,
    Partly,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.intents import meanings
from dialogues.state import NEW, Conversation
from dialogues.turn import Turn
from tests.core.definition import HARD, QUESTIONS

DONE = Conversation(dict.fromkeys(QUESTIONS, "ja"))


def _said(turn: Turn) -> str:
    return "\n".join(f"{m.title}\n{markup.plain(m.body)}" for m in turn.messages)


@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_help_at_a_question_explains_that_question(flow: Flow, number: int) -> None:
    question = flow.content.questions[QUESTIONS[number]]
    asked = Conversation(dict.fromkeys(QUESTIONS[:number], "ja"))
    after, turn = handle(flow, asked, Help())
    said = _said(turn)

    assert after == replace(asked, about=Help())
    assert markup.plain(question.why) in said
    assert markup.plain(question.example) in said
    for row in (*question.counts, *question.does_not_count):
        assert row in said
    for source in question.sources:
        assert flow.content.references[source].address in said
    assert turn.messages[-1].title == question.text


def test_help_elsewhere_explains_how_it_works(flow: Flow) -> None:
    for conversation in (NEW, DONE, Conversation(at="wijzigen")):
        _, turn = handle(flow, conversation, Help())

        assert turn.messages[0].title == flow.content.texts.help_title


def test_a_term_and_a_form_come_with_their_sources(flow: Flow) -> None:
    content = flow.content
    explained: list[Term | Form] = [*content.terms.values(), *content.forms.values()]
    for row in explained:
        for more in (False, True):
            _, turn = handle(flow, DONE, Ask(row.id, more=more))
            said = markup.plain(turn.messages[0].body)

            for source in (content.references[name] for name in row.sources):
                assert source.makers in said
                assert source.address in said if source.address else source.title in said


def test_a_contested_form_says_so(flow: Flow) -> None:
    contested = markup.plain(flow.content.texts.form_contested)
    for form in flow.content.forms.values():
        _, turn = handle(flow, DONE, Ask(form.id))

        assert (contested in _said(turn)) == form.contested


@pytest.mark.parametrize(
    ("event", "fragments"),
    [
        (Reading(), ["Roset Twente", "https://doi.org/10.5553/BO/221335502022002001", "2022"]),
        (Privacy(), ["Ze worden niet opgeslagen", "geen naam"]),
        (About(), ["computerprogramma met vaste regels", "geen besluit"]),
    ],
)
def test_pages_of_information(flow: Flow, event: Explaining, fragments: list[str]) -> None:
    after, turn = handle(flow, DONE, event)

    assert after == replace(DONE, about=event)
    assert all(fragment in _said(turn) for fragment in fragments)


def test_everything_recommended_is_listed_with_language_price_and_content(flow: Flow) -> None:
    _, turn = handle(flow, NEW, Reading())
    said = _said(turn)

    texts = flow.content.texts
    assert len(flow.content.recommended) >= 12
    for source in flow.content.references.values():
        listed = f"{source.title} ({source.address})" in said
        assert listed == (source.id in flow.content.recommended)
        if listed:
            assert f"{texts.languages[source.language]}, {texts.prices[source.free]})" in said
            assert source.summary in said


@pytest.mark.parametrize("conversation", [NEW, Conversation(), DONE])
def test_the_topics_lead_to_all_there_is_to_explain(flow: Flow, conversation: Conversation) -> None:
    content = flow.content
    _, turn = handle(flow, conversation, Topics())
    offered = [choice.event for choice in turn.choices]
    found = set()
    for topic in content.texts.topics:
        assert Topics(topic) in offered
        _, turn = handle(flow, conversation, Topics(topic))
        found |= {c.event.name for c in turn.choices if isinstance(c.event, Ask)}

    assert found >= {*content.terms, *content.forms}
    if conversation == Conversation():
        assert turn.messages[-1].title == content.questions["publieke_waarde"].text


def test_a_term_says_when_it_goes_beyond_the_text_that_the_guide_rests_on(flow: Flow) -> None:
    beyond = markup.plain(flow.content.texts.beyond)
    for term in flow.content.terms.values():
        for more in (False, True):
            _, turn = handle(flow, NEW, Ask(term.id, more=more))

            assert (beyond in _said(turn)) == term.beyond


def test_everything_is_explained_in_short_first(flow: Flow) -> None:
    for name in (*flow.content.terms, *flow.content.forms, *flow.content.examples):
        after, short = handle(flow, NEW, Ask(name))
        _, long = handle(flow, after, More())

        assert Ask(name, more=True) in [choice.event for choice in short.choices]
        assert Ask(name, more=True) not in [choice.event for choice in long.choices]
        assert len(_said(short)) < len(_said(long))


def test_everything_a_text_can_mean_can_be_offered_as_a_choice(flow: Flow) -> None:
    # More is about what was explained last, and a suggestion replaces that.
    meant = [m.event for m in meanings(flow.content) if m.event != More()]
    codec = Codec(flow.content)
    for event in meant:
        _, turn = handle(flow, DONE, Suggest((event, Topics())))

        assert turn.choices[0].event == event
        assert turn.choices[0].label
        assert codec.decode(codec.encode(DONE, event)) == (DONE, event)


def test_more_without_an_explanation_helps(flow: Flow) -> None:
    assert handle(flow, NEW, More()) == handle(flow, NEW, Help())


def test_the_outcome_so_far_can_be_asked_halfway(flow: Flow) -> None:
    halfway = Conversation({"publieke_waarde": "ja"})
    after, turn = handle(flow, halfway, ShowOutcome())

    assert after == halfway
    assert turn.messages[-1].title == flow.content.questions["burgers"].text
    for outcome in list(flow.content.outcomes.values())[:-1]:
        assert outcome.name in _said(turn)


def test_the_diagram_has_every_way_of_the_machine(flow: Flow) -> None:
    lines = mermaid(flow).splitlines()

    assert lines[:2] == ["stateDiagram-v2", "    [*] --> welkom"]
    for question in flow.content.questions.values():
        assert f"    {question.id}: {question.text}" in lines
    for criterion in HARD:
        assert f"    {criterion} --> geen: {criterion} = nee" in lines
    for outcome in flow.content.outcomes:
        assert f"    {outcome} --> [*]" in lines
    arrows = [line for line in lines if " --> " in line]
    assert len(arrows) == len(flow.machine.get_transitions()) + 1 + len(flow.content.outcomes)
    certain = flow.content.texts.diagram_certain
    assert f"    ontwerp --> volledig: {certain}" in lines
    assert "    ontwerp --> open" in lines


def test_the_diagram_names_the_conditions_of_a_branch(branching: Flow) -> None:
    lines = mermaid(branching).splitlines()

    assert "    alfa --> beta: alfa = ja" in lines
    assert "    beta --> gamma: alfa = ja/weet_niet en beta = nee" in lines
    assert "    beta --> delta" in lines


def test_partly_helps_to_choose_where_there_is_a_question(flow: Flow) -> None:
    question = flow.content.questions["publieke_waarde"]
    _, asked = handle(flow, Conversation(), Partly())
    _, elsewhere = handle(flow, DONE, Partly())

    assert markup.plain(flow.content.texts.partly) in _said(asked)
    for row in (*question.counts, *question.does_not_count):
        assert row in _said(asked)
    assert asked.messages[-1].title == question.text
    assert elsewhere.messages[0].body == flow.content.texts.unknown_answer


def test_a_description_is_never_judged_and_another_check_is_on_offer(flow: Flow) -> None:
    texts = flow.content.texts
    _, first = handle(flow, NEW, Assess())
    _, again = handle(flow, DONE, Assess())

    assert texts.assess in [message.body for message in first.messages]
    assert texts.assess_other in [message.body for message in again.messages]
    assert Restart() not in [choice.event for choice in first.choices]
    assert Restart() in [choice.event for choice in again.choices]
    assert Examples() in [choice.event for choice in again.choices]


def test_what_may_be_meant_is_on_offer(flow: Flow) -> None:
    meant = (Ask("fase"), Topics("vormen"), Examples("zorg"), Privacy())
    _, turn = handle(flow, NEW, Suggest(meant))
    offered = [choice.event for choice in turn.choices]

    assert turn.messages[0].body == flow.content.texts.suggest
    assert [event for event in offered if event in meant][: len(meant)] == list(meant)


@pytest.mark.parametrize("conversation", [NEW, Conversation(), DONE])
def test_who_is_not_understood_twice_gets_the_menu(flow: Flow, conversation: Conversation) -> None:
    _, turn = handle(flow, conversation, Unknown("lost"))
    offered = [choice.event for choice in turn.choices]

    assert turn.messages[0].body == flow.content.texts.unknown_twice
    assert Topics() in offered
    assert Examples() in offered
    assert (Start() in offered) == (conversation != NEW)
