"""An outcome in words: what it is, why, what would change it, and where to read more."""

from collections.abc import Sequence

from dialogues import markup
from dialogues.content import Content
from dialogues.markup import Body, bullets
from dialogues.result import Reason, Result
from dialogues.sources import references, source_line, source_links
from dialogues.turn import Message

_FORMS_IN_FULL = 4


def outcome_messages(content: Content, result: Result) -> tuple[Message, ...]:
    """The outcome first, then each section that has something to say."""
    texts = content.texts
    outcome = content.outcomes[result.outcome]
    sections = [
        ("", outcome.explanation),
        (_because_title(content, result), _because(content, result)),
        (texts.open_title, _open(content, result)),
        (texts.unknown_title, _unknown(content, result)),
        (texts.looks_like_title, _looks_like(content, result)),
        (texts.remarks_title, _remarks(content, result)),
        (texts.what_if_title, _what_if(content, result)),
        (texts.reading_title, references(content, outcome.reading)),
        ("", texts.disclaimer.body(versie=content.version)),
    ]
    return (
        Message("outcome", markup.parse(outcome.sentence), capital(outcome.name)),
        *(Message("outcome", body, title) for title, body in sections if body),
    )


def certain_so_far(content: Content, result: Result) -> Body:
    """One paragraph halfway: what is certain, or what is still possible."""
    texts = content.texts
    if result.outcome == content.undecided:
        return texts.so_far_open.body(uitkomsten=_names(content, result.possible, texts.word_or))
    return texts.so_far_certain.body(uitkomst=content.outcomes[result.outcome].name)


def _because_title(content: Content, result: Result) -> str:
    texts = content.texts
    return texts.known_title if result.outcome == content.undecided else texts.because_title


def _because(content: Content, result: Result) -> Body:
    return bullets(_reason(content, reason) for reason in result.because)


def _reason(content: Content, reason: Reason) -> str:
    texts = content.texts
    question = content.questions[reason.question]
    criterion, meaning = capital(question.name), question.option(reason.answer).reason
    links = source_links(content, question.sources)
    if not links:
        return texts.unsourced_reason_line.text(criterium=criterion, reden=meaning)
    return texts.reason_line.text(criterium=criterion, reden=meaning, bronnen=links)


def _open(content: Content, result: Result) -> Body:
    if not result.open:
        return ()
    texts = content.texts
    rows = [
        texts.open_line.text(
            vraag=capital(content.questions[item.question].name),
            antwoord=content.questions[item.question].option(answer).label,
            uitkomsten=_names(content, possible, texts.word_or),
        )
        for item in result.open
        for answer, possible in item.by_answer
    ]
    still_possible = _names(content, result.possible, texts.word_or)
    return (*texts.still_possible.body(uitkomsten=still_possible), *bullets(rows))


def _unknown(content: Content, result: Result) -> Body:
    return bullets(
        content.texts.unknown_line.text(vraag=capital(content.questions[name].name))
        for name in result.unknown
    )


def _looks_like(content: Content, result: Result) -> Body:
    if not result.looks_like:
        return ()
    texts = content.texts
    shown, others = result.looks_like[:_FORMS_IN_FULL], result.looks_like[_FORMS_IN_FULL:]
    rows = (
        (texts.contested_form_line if form.contested else texts.form_line).text(
            vorm=form.name, herken=form.recognise
        )
        for form in shown
    )
    body = (*texts.looks_like, *bullets(rows))
    if not others:
        return body
    names = _joined([_small(form.name) for form in others], texts.word_or)
    return (*body, *texts.other_forms.body(vormen=names))


def _remarks(content: Content, result: Result) -> Body:
    return tuple(
        block
        for remark in result.remarks
        for block in (*remark.text, *source_line(content, remark.sources))
    )


def _what_if(content: Content, result: Result) -> Body:
    texts = content.texts
    if not result.what_if:
        return texts.what_if_none if result.looks_like else ()
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for change in result.what_if:
        question = content.questions[change.question]
        label = question.option(change.answer).label
        groups.setdefault((label, change.possible), []).append(question.name)
    return bullets(
        texts.what_if_line.text(
            antwoord=label,
            vragen=_joined(questions, texts.word_or),
            uitkomst=_outcome_of(content, possible),
        )
        for (label, possible), questions in groups.items()
    )


def _outcome_of(content: Content, possible: Sequence[str]) -> str:
    if len(possible) == 1:
        return content.outcomes[possible[0]].name
    names = _names(content, possible, content.texts.word_or)
    return content.texts.then_open.text(uitkomsten=names)


def _names(content: Content, outcomes: Sequence[str], word: str) -> str:
    return _joined([content.outcomes[name].name for name in outcomes], word)


def _joined(words: Sequence[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capital(text: str) -> str:
    """A name as the start of a line or button."""
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
