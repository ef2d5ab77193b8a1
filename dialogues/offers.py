"""What one may want next after an explanation: the choices that go with it."""

from collections.abc import Iterable, Iterator, Mapping

from dialogues.content import Content, Example
from dialogues.events import (
    About,
    Ask,
    Assess,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Examples,
    Explaining,
    Forget,
    Help,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.example_view import examples_by, group_name
from dialogues.flow import WELCOME, Flow
from dialogues.outcome_view import capital
from dialogues.state import Conversation, place_of
from dialogues.texts import Texts
from dialogues.turn import Choice
from dialogues.yaml_source import Word

# These topics are more than texts: what can be done there stands in front.
TOPIC_EVENTS: Mapping[str, tuple[Event, ...]] = {
    "zelfcheck": (Check(),),
    "voorbeelden": (Examples(),),
    "verder_lezen": (Reading(),),
    "over": (Privacy(), About()),
}
FORMS_TOPIC = "participatie"
_SIMILAR = 2  # examples that show a form


def offered(flow: Flow, conversation: Conversation) -> tuple[Choice, ...]:
    """The choices that go with what was explained last; nothing when nothing was."""
    content = flow.content
    match conversation.about:
        case Ask(name=name, more=more):
            further = () if more else (Choice(content.texts.button_more, Ask(name, more=True)),)
            around = _around(content, name)
            checking = place_of(flow, conversation) in content.questions
            # In the middle of the check there is nothing to begin.
            return (*further, *(c for c in around if not (checking and c.event == Check())))
        case Topics(topic=""):
            return tuple(_labelled(content, map(Topics, content.texts.topics)))
        case Topics(topic=topic):
            return tuple(_labelled(content, _in_topic(content, topic)))
        case Examples(by=""):
            return tuple(_labelled(content, map(Examples, _groups(content))))
        case Examples(by=by):
            found = (Ask(example.id) for example in examples_by(content, by))
            return tuple(_labelled(content, (*found, Examples())))
        case Assess():
            again = (Restart(),) if conversation.answers else ()
            return tuple(_labelled(content, (*again, Examples())))
        case Suggest(events=events):
            return tuple(_labelled(content, events))
        case Unknown(what="lost"):
            menu = () if place_of(flow, conversation) == WELCOME else (Start(),)
            return tuple(_labelled(content, (Topics(), Examples(), *menu)))
        case _:
            return ()


def subjects(content: Content) -> Iterator[Explaining]:
    """Everything in the content that can be asked about."""
    for name in (*content.terms, *content.forms, *content.examples):
        yield Ask(name)
    yield Topics()
    yield from map(Topics, content.texts.topics)
    yield Examples()
    yield from map(Examples, _groups(content))


def label(content: Content, event: Event) -> str:
    """How something is called that can be on offer after an explanation."""
    match event:
        case Ask(name=name):
            return _name(content, name)
        case Topics(topic=topic) if topic:
            return content.texts.topics[Word(topic)]
        case Examples(by=by) if by:
            return capital(group_name(content, by))
        case _:
            return fixed_labels(content.texts)[event]


def fixed_labels(texts: Texts) -> Mapping[Event, str]:
    """What is called the same whatever is in the content."""
    return {
        Topics(): texts.button_topics,
        Examples(): texts.button_examples,
        Check(): texts.button_check,
        Reading(): texts.button_reading,
        Privacy(): texts.button_privacy,
        About(): texts.button_about,
        Restart(): texts.button_restart,
        Start(): texts.button_menu,
        Back(): texts.button_back,
        Change(): texts.button_overview,
        Help(): texts.button_help,
        ShowOutcome(): texts.button_to_outcome,
        Continue(): texts.button_continue,
        Stop(): texts.button_stop,
        Forget(): texts.forget_title,
    }


def _name(content: Content, name: str) -> str:
    if name in content.terms:
        return content.terms[name].name
    return content.forms[name].name if name in content.forms else content.examples[name].name


def _labelled(content: Content, events: Iterable[Event]) -> Iterator[Choice]:
    return (Choice(label(content, event), event) for event in events)


def _around(content: Content, name: str) -> tuple[Choice, ...]:
    """What lies next to what was explained."""
    if name in content.examples:
        return _around_example(content, content.examples[name])
    if name in content.terms:
        return tuple(_labelled(content, map(Ask, content.terms[name].see_also)))
    showing = [e.id for e in content.examples.values() if e.resembles == name]
    return tuple(_labelled(content, map(Ask, showing[:_SIMILAR])))


def _around_example(content: Content, example: Example) -> tuple[Choice, ...]:
    variants = (Choice(v.question, Ask(v.example)) for v in example.variants)
    return (
        *variants,
        Choice(content.texts.button_more_examples, Examples(example.field)),
        Choice(content.texts.button_own_check, Check()),
    )


def _in_topic(content: Content, topic: str) -> Iterator[Event]:
    yield from TOPIC_EVENTS.get(topic, ())
    yield from map(Ask, content.topics[topic])
    if topic == FORMS_TOPIC:
        yield from map(Ask, content.forms)
    yield Topics()


def _groups(content: Content) -> Iterator[str]:
    """The fields, then the outcomes, that have examples."""
    for by in (*content.texts.fields, *content.outcomes):
        if examples_by(content, by):
            yield by
