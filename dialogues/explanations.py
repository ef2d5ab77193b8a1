"""What is said when something is explained; the conversation stays where it was."""

from collections.abc import Iterable

from dialogues import markup
from dialogues.content import Content, Facts, Form, Question, Term
from dialogues.events import (
    About,
    Ask,
    Assess,
    Event,
    Examples,
    Explaining,
    Help,
    Partly,
    Privacy,
    Reading,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.example_view import example_message, group_name
from dialogues.flow import Flow
from dialogues.markup import Body, bullets
from dialogues.offers import fixed_labels
from dialogues.outcome_view import certain_so_far
from dialogues.result import judge
from dialogues.sources import references, source_line
from dialogues.state import Conversation, place_of
from dialogues.turn import Message
from dialogues.yaml_source import Word


def explains(content: Content, event: Explaining) -> bool:
    """Whether the content has what is asked for; an old button may ask for what is gone."""
    match event:
        case Ask(name=name):
            return name in content.terms or name in content.forms or name in content.examples
        case Topics(topic=topic):
            return not topic or topic in content.texts.topics
        case Examples(by=by):
            return not by or by in content.texts.fields or by in content.outcomes
        case Suggest(events=events):
            return all(_can_be_offered(content, offered) for offered in events)
        case _:
            return True


def _can_be_offered(content: Content, event: Event) -> bool:
    if isinstance(event, Ask | Topics | Examples):
        return explains(content, event)
    return event in fixed_labels(content.texts)


def explain(flow: Flow, conversation: Conversation, event: Explaining) -> tuple[Message, ...]:
    """The messages of an explanation that the content has."""
    content, texts = flow.content, flow.content.texts
    match event:
        case Ask(name=name, more=more):
            return (_asked(flow, name, more=more),)
        case Help():
            question = content.questions.get(place_of(flow, conversation))
            if question is None:
                return (Message("help", texts.help, texts.help_title),)
            return _help(flow, question)
        case Partly():
            return _partly(flow, conversation)
        case Assess():
            said = texts.assess_other if conversation.answers else texts.assess
            return (Message("notice", said),)
        case Suggest():
            return (Message("notice", texts.suggest),)
        case Unknown():
            return (Message("notice", _not_understood(flow, event)),)
        case _:
            body, title = _page(content, event)
            return (Message("explanation", body, title),)


def _page(
    content: Content, event: Topics | Examples | Reading | Privacy | About
) -> tuple[Body, str]:
    texts = content.texts
    match event:
        case Topics(topic=""):
            return texts.choose_topic, texts.topics_title
        case Topics(topic=topic):
            return texts.choose_term, texts.topics[Word(topic)]
        case Examples(by=""):
            return texts.choose_field, texts.examples_title
        case Examples(by=by):
            title = texts.examples_of.text(groep=group_name(content, by))
            return texts.choose_example, title
        case Reading():
            return references(content, content.recommended), texts.reading_title
        case Privacy():
            return texts.privacy, texts.privacy_title
        case About():  # pragma: no branch  mypy proves that nothing else is left
            return texts.about, texts.about_title


def so_far(flow: Flow, facts: Facts) -> Message:
    """What the answers up to now make certain."""
    return Message("notice", certain_so_far(flow.content, judge(flow, facts)))


def _asked(flow: Flow, name: str, *, more: bool) -> Message:
    content = flow.content
    if name in content.terms:
        return _term(content, content.terms[name], more=more)
    if name in content.forms:
        return _form(content, content.forms[name], more=more)
    return example_message(content, content.examples[name], more=more)


def _term(content: Content, term: Term, *, more: bool) -> Message:
    beyond = content.texts.beyond if term.beyond else ()
    depth = (*term.more, *beyond) if more else beyond
    body = (*term.text, *depth, *source_line(content, term.sources))
    return Message("explanation", body, term.question)


def _form(content: Content, form: Form, *, more: bool) -> Message:
    texts = content.texts
    contested = texts.form_contested if form.contested else ()
    depth = form.more if more else ()
    body = (*markup.parse(form.recognise), *texts.form_is_not, *contested, *depth)
    return Message("explanation", (*body, *source_line(content, form.sources)), form.name)


def _partly(flow: Flow, conversation: Conversation) -> tuple[Message, ...]:
    """Help to choose, where there is a question to choose for."""
    texts = flow.content.texts
    question = flow.content.questions.get(place_of(flow, conversation))
    if question is None:
        return (Message("notice", texts.unknown_answer),)
    return (Message("notice", texts.partly), *_counts(flow, question))


def _help(flow: Flow, question: Question) -> tuple[Message, ...]:
    texts = flow.content.texts
    sources = source_line(flow.content, question.sources)
    return (
        Message("help", question.why, texts.why_title),
        *_counts(flow, question),
        Message("help", (*question.example, *sources), texts.example_title),
    )


def _counts(flow: Flow, question: Question) -> Iterable[Message]:
    texts = flow.content.texts
    return (
        Message("help", bullets(question.counts), texts.counts_title),
        Message("help", bullets(question.does_not_count), texts.does_not_count_title),
    )


def _not_understood(flow: Flow, event: Unknown) -> Body:
    texts = flow.content.texts
    return {
        "text": texts.unknown_text,
        "story": texts.unknown_story,
        "answer": texts.unknown_answer,
        "lost": texts.unknown_twice,
        "button": texts.unknown_button,
        "attachment": texts.unknown_attachment,
        "edit": texts.unknown_edit,
    }[event.what]
