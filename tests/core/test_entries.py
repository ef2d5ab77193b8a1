"""Every term, form, example and outcome has a name in links, and nothing else opens one."""

from dataclasses import replace

from dialogues.entries import SIMPLE, entries, entry, simple
from dialogues.events import Ask, Check, Examples, Explaining, Start, Topics
from dialogues.explanations import explains
from dialogues.flow import Flow
from dialogues.state import NEW
from tests.made_once import understanding_of


def test_every_part_of_the_content_has_an_entry(flow: Flow) -> None:
    content = flow.content
    named = [*entries(content)]

    assert {*named} == {*content.terms, *content.forms, *content.examples, *content.outcomes}
    assert len(named) == len({*named})
    for name in named:
        event = entry(content, name)
        assert isinstance(event, Explaining), name
        assert explains(content, event), name


def test_an_outcome_opens_its_term_or_its_examples(flow: Flow) -> None:
    assert entry(flow.content, "volledig") == Ask("volledig")
    assert entry(flow.content, "geen") == Examples("geen")


def test_a_command_is_an_entry_too(flow: Flow) -> None:
    assert entry(flow.content, "zelfcheck") == Check()


def test_another_name_opens_nothing(flow: Flow) -> None:
    assert entry(flow.content, "Coproductie") is None
    assert entry(flow.content, "") is None


def test_the_simple_words_are_a_topic_that_content_may_do_without(flow: Flow) -> None:
    content = flow.content
    without = {name: terms for name, terms in content.topics.items() if name != SIMPLE}

    assert simple(content) == Topics("eenvoudig")
    assert explains(content, Topics("eenvoudig"))
    assert simple(replace(content, topics=without)) is None


def test_a_link_of_telegram_opens_what_its_payload_names(flow: Flow) -> None:
    understanding = understanding_of(flow)
    for name in entries(flow.content):
        assert understanding.read(f"/start {name}", NEW) == entry(flow.content, name)
    assert understanding.read("/start geen_idee", NEW) == Start()
