"""What the editor's guide tells to do can be done: the check accepts it, and people meet it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.campaigns.campaigns import read_campaigns
from bot.commands import problems_of
from bot.editing.gate import measure
from dialogues import markup
from dialogues.conversation import handle
from dialogues.events import Answer, Ask, Check, Event, Examples, Reading, Topics
from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.problems import Problems
from dialogues.state import NEW, Conversation
from dialogues.turn import Turn
from dialogues.understanding import Understanding
from tests.conftest import ContentWith
from tests.docs.markdown import GUIDE, section
from tests.docs.recipes import Step, carry_out, steps

# How many steps each takes.
RECIPES = {
    "Een vraag": 1,
    "Een onderwerp": 2,
    "Een tekst": 1,
    "Een formulering": 1,
    "Een voorbeeld": 2,
    "Een bron": 2,
    "Een campagne": 1,
}
Followed = Callable[[str], Path]


@pytest.fixture
def followed(content_with: ContentWith) -> Followed:
    """A function that follows a recipe on a copy of the content, or one more on the same copy."""

    def follow(recipe: str) -> Path:
        folder = content_with()
        for step in _steps(recipe):
            carry_out(step, folder)
        return folder

    return follow


def _steps(recipe: str) -> list[Step]:
    return list(steps(section(GUIDE, f"### {recipe}")))


def _after(flow: Flow, event: Event, before: Conversation = NEW) -> Turn:
    return handle(flow, before, event)[1]


def _offered(turn: Turn) -> dict[Event, str]:
    return {choice.event: choice.label for choice in turn.choices}


def _read(turn: Turn) -> str:
    return "\n".join(f"{message.title}\n{markup.plain(message.body)}" for message in turn.messages)


def _understood(flow: Flow, text: str) -> Event:
    return Understanding(flow).read(text, NEW)


def test_the_check_accepts_what_was_added(followed: Followed) -> None:
    for recipe, number in RECIPES.items():
        folder = followed(recipe)

        assert len(_steps(recipe)) == number
    # In one go: a problem of any of them is reported, and the check takes long. That each can be
    # followed without the others is tested below.
    assert problems_of(folder) == ()
    assert measure(folder).problems == ()


def test_a_new_question_is_asked(followed: Followed) -> None:
    flow = Flow(load(followed("Een vraag")))
    new = list(flow.content.questions.values())[-1]
    conversation, turn = handle(flow, NEW, Check())
    for name in list(flow.content.questions)[:-1]:
        conversation, turn = handle(flow, conversation, Answer(name, "ja"))

    assert new.text in _read(turn)
    assert Answer(new.id, "ja") in _offered(turn)


def test_a_new_topic_is_listed_with_its_text(followed: Followed) -> None:
    flow = Flow(load(followed("Een onderwerp")))
    texts = flow.content.texts
    topic = next(iter(texts.topics))
    term = flow.content.terms[flow.content.topics[topic][0]]

    assert term.id == topic == "afspraken"
    assert _offered(_after(flow, Topics()))[Topics(topic)] == texts.topics[topic]
    assert _offered(_after(flow, Topics(topic)))[Ask(term.id)] == term.name
    explained = _after(flow, Ask(term.id))
    assert markup.plain(term.text) in _read(explained)
    assert markup.plain(texts.beyond) in _read(explained)
    assert Ask(term.id, more=True) in _offered(explained)
    assert {Ask(name) for name in term.see_also} <= _offered(explained).keys()
    for phrase in (term.question, *term.also):
        assert _understood(flow, phrase) == Ask(term.id), phrase


def test_a_new_text_is_found_under_its_topic(followed: Followed) -> None:
    flow = Flow(load(followed("Een tekst")))
    term = flow.content.terms["wegvallen"]

    assert _offered(_after(flow, Topics("rollen")))[Ask(term.id)] == term.name
    assert markup.plain(term.more) in _read(_after(flow, Ask(term.id, more=True)))
    for phrase in (term.question, *term.also):
        assert _understood(flow, phrase) == Ask(term.id), phrase


def test_a_new_phrasing_is_understood(flow: Flow, followed: Followed) -> None:
    [step] = _steps("Een formulering")
    phrase = step.code.strip().rstrip(",")
    changed = Flow(load(followed("Een formulering")))

    assert _understood(flow, phrase) != Ask("mens_spreken")
    # Spelt in another way, in another order and among filler: nobody has to write that down.
    for said in (
        phrase,
        f"{phrase.capitalize()}?!",
        "Waar kan ik aanklopen",
        "aankloppen kan waar",
    ):
        assert _understood(changed, said) == Ask("mens_spreken"), said


def test_a_new_example_is_found_under_its_field_and_its_outcome(followed: Followed) -> None:
    flow = Flow(load(followed("Een voorbeeld")))
    *_, example = flow.content.examples.values()
    [variant] = example.variants
    explained = _after(flow, Ask(example.id))

    for by in (example.field, example.outcome):
        assert _offered(_after(flow, Examples(by)))[Ask(example.id)] == example.name
    assert markup.plain(example.text) in _read(explained)
    assert _offered(explained)[Ask(variant.example)] == variant.question
    assert Ask(example.id) in _offered(_after(flow, Ask(variant.example)))
    assert _understood(flow, f"Is een {example.also[0]} coproductie?") == Ask(example.id)


def test_a_new_source_is_shown_where_it_is_named(followed: Followed) -> None:
    flow = Flow(load(followed("Een bron")))
    *_, source = flow.content.references.values()

    assert source.title in _read(_after(flow, Reading()))
    assert source.makers in _read(_after(flow, Ask("coproductie")))


def test_a_new_campaign_opens_what_it_says(followed: Followed) -> None:
    folder = followed("Een campagne")
    campaigns = read_campaigns(folder, load(folder), Problems())
    [campaign] = campaigns

    assert campaigns.event(campaign) == Check()
    assert campaign.welcome in markup.plain(campaign.said(date(2030, 9, 30))[0].body)


@pytest.mark.parametrize(
    "where",
    [
        "Ergens in `vragen.yaml`:",
        "Maak het bestand `vragen.yaml`:",
        "In `vragen.yaml`, onder `onbekend`:",
        "In `vragen.yaml`, bij `publieke_waarde`, onder `alleen_als`:",
    ],
)
def test_a_step_that_cannot_be_followed_is_noticed(where: str, content_with: ContentWith) -> None:
    with pytest.raises(ValueError, match="vragen"):
        carry_out(Step(where, "x"), content_with())
