"""Explanations that are given on request and never move the conversation."""

from dialogues import markup
from dialogues.content import Facts, Form, Question, Term
from dialogues.events import About, Ask, Help, Privacy, Reading
from dialogues.flow import Flow
from dialogues.markup import bullets
from dialogues.outcome_view import certain_so_far
from dialogues.result import judge
from dialogues.sources import references, source_line
from dialogues.state import Conversation, place_of
from dialogues.turn import Message


def explain(
    flow: Flow, conversation: Conversation, event: Help | Ask | Reading | Privacy | About
) -> tuple[Message, ...]:
    content, texts = flow.content, flow.content.texts
    match event:
        case Ask(term=name) if name in content.terms:
            return (_term(flow, content.terms[name]),)
        case Ask(term=name) if name in content.forms:
            return (_form(flow, content.forms[name]),)
        case Ask():
            return (Message("notice", texts.unknown_text),)
        case Help():
            question = content.questions.get(place_of(flow, conversation))
            if question is None:
                return (Message("help", texts.help, texts.help_title),)
            return _help(flow, question)
        case Reading():
            return (
                Message(
                    "explanation", references(content, content.references), texts.reading_title
                ),
            )
        case Privacy():
            return (Message("explanation", texts.privacy, texts.privacy_title),)
        case About():  # pragma: no branch  mypy proves that no event is left
            return (Message("explanation", texts.about, texts.about_title),)


def known_terms(flow: Flow) -> Message:
    """The terms by name, for when they cannot be offered as choices."""
    texts = flow.content.texts
    names = ", ".join(term.name.lower() for term in flow.content.terms.values())
    return Message("explanation", texts.terms_known.body(begrippen=names), texts.terms_title)


def so_far(flow: Flow, facts: Facts) -> Message:
    """What the answers up to now make certain."""
    return Message("notice", certain_so_far(flow.content, judge(flow, facts)))


def _help(flow: Flow, question: Question) -> tuple[Message, ...]:
    texts = flow.content.texts
    return (
        Message("help", question.why, texts.why_title),
        Message("help", bullets(question.counts), texts.counts_title),
        Message("help", bullets(question.does_not_count), texts.does_not_count_title),
        Message(
            "help",
            (*question.example, *source_line(flow.content, question.sources)),
            texts.example_title,
        ),
    )


def _term(flow: Flow, term: Term) -> Message:
    return Message(
        "explanation", (*term.text, *source_line(flow.content, term.sources)), term.question
    )


def _form(flow: Flow, form: Form) -> Message:
    texts = flow.content.texts
    contested = texts.form_contested if form.contested else ()
    body = (*markup.parse(form.recognise), *texts.form_is_not, *contested)
    return Message("explanation", (*body, *source_line(flow.content, form.sources)), form.name)
