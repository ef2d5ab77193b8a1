"""Explanations that are given on request and never move the conversation."""

from dialogues import markup
from dialogues.content import Facts, Form, Question, Term
from dialogues.events import About, Ask, Help, Privacy, Reading
from dialogues.flow import Flow
from dialogues.markup import Body
from dialogues.outcome_view import certain_so_far, references
from dialogues.result import judge
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
        case About():
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
        Message("help", _list(question.counts), texts.counts_title),
        Message("help", _list(question.does_not_count), texts.does_not_count_title),
        Message("help", question.example, texts.example_title),
    )


def _term(flow: Flow, term: Term) -> Message:
    return Message("explanation", (*term.text, *_sources(flow, term.sources)), term.question)


def _form(flow: Flow, form: Form) -> Message:
    texts = flow.content.texts
    contested = texts.form_contested if form.contested else ()
    body = (*markup.parse(form.recognise), *texts.form_is_not, *contested)
    return Message("explanation", (*body, *_sources(flow, form.sources)), form.name)


def _sources(flow: Flow, names: tuple[str, ...]) -> Body:
    if not names:
        return ()
    references = (flow.content.references[name] for name in names)
    titles = "; ".join(f"[{r.title}]({r.address})" for r in references)
    return flow.content.texts.source_line.body(bronnen=titles)


def _list(rows: tuple[str, ...]) -> Body:
    return markup.parse("\n".join(f"- {row}" for row in rows))
