"""An example in words: what happens, what it is in this guide, and how its answers came about."""

from dialogues.content import Content, Example
from dialogues.markup import Body, bullets
from dialogues.outcome_view import capital
from dialogues.sources import source_links
from dialogues.turn import Message


def example_message(content: Content, example: Example, *, more: bool) -> Message:
    """``more``: with every answer, worded as the reasons of an outcome are."""
    texts = content.texts
    body = (
        *example.text,
        *_verdict(content, example),
        *example.because,
        *(texts.example_contested if example.contested else ()),
        *(_answers(content, example) if more else ()),
        *_origin(content, example),
    )
    return Message("explanation", body, example.name)


def group_name(content: Content, by: str) -> str:
    """The name of the field or outcome by which examples are grouped."""
    return content.texts.fields[by] if by in content.texts.fields else content.outcomes[by].name


def examples_by(content: Content, by: str) -> tuple[Example, ...]:
    """The examples in a field or with an outcome, in the order of the file."""
    return tuple(e for e in content.examples.values() if by in (e.field, e.outcome))


def _verdict(content: Content, example: Example) -> Body:
    texts = content.texts
    outcome = content.outcomes[example.outcome].name
    if example.resembles is None:
        return texts.example_outcome.body(uitkomst=outcome)
    form = content.forms[example.resembles].name
    return texts.example_resembles.body(uitkomst=outcome, vorm=form)


def _answers(content: Content, example: Example) -> Body:
    """In the order of the questions, as the check would have asked them."""
    texts = content.texts
    rows = (
        texts.unsourced_reason_line.text(
            criterium=capital(question.name),
            reden=question.option(example.answers[question.id]).reason,
        )
        for question in content.questions.values()
        if question.id in example.answers
    )
    return (*texts.example_answers, *bullets(rows))


def _origin(content: Content, example: Example) -> Body:
    texts = content.texts
    country = texts.countries[example.country]
    if example.invented:
        return texts.example_invented.body(land=country)
    links = source_links(content, example.sources)
    return texts.example_sourced.body(land=country, bronnen=links)
