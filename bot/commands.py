"""The commands for scripts: judging answers, explaining terms, checking the content."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from bot.channel_texts import check_channel_texts
from bot.cli_texts import CliTexts
from bot.plain_text import page_for
from dialogues import markup
from dialogues.check import check
from dialogues.content import Content
from dialogues.conversation import handle
from dialogues.flow import Flow
from dialogues.outcome_view import outcome_messages
from dialogues.problems import Problem
from dialogues.result import Result, judge
from dialogues.state import NEW
from dialogues.understanding import Understanding

_FORMS_TOPIC = "participatie"  # what is not coproduction but another way to take part


class WrongArgument(ValueError):
    """An argument of a command cannot be used; the text says why, in Dutch."""


def read_answers(content: Content, texts: CliTexts, pairs: Iterable[str]) -> dict[str, str]:
    """``question=answer`` pairs as a mapping. Raises WrongArgument at the first wrong one."""
    answers: dict[str, str] = {}
    for pair in pairs:
        name, equals, answer = pair.partition("=")
        if not equals:
            raise WrongArgument(texts.bad_pair.text(woord=pair))
        question = content.questions.get(name)
        if question is None:
            known = list(content.questions)
            said = texts.unknown_question.text(woord=name, vragen=", ".join(known))
            raise WrongArgument(said + _suggestion(texts, name, known))
        options = [str(option.id) for option in question.options]
        if answer not in options:
            said = texts.unknown_answer.text(
                woord=answer, vraag=name, antwoorden=", ".join(options)
            )
            raise WrongArgument(said + _suggestion(texts, answer, options))
        if name in answers:
            raise WrongArgument(texts.question_twice.text(woord=name))
        answers[name] = answer
    return answers


def _suggestion(texts: CliTexts, word: str, known: list[str]) -> str:
    near = get_close_matches(word.strip().lower(), known, n=1)
    return " " + texts.did_you_mean.text(woord=near[0]) if near else ""


def assess(flow: Flow, answers: dict[str, str], as_json: bool, output: TextIO) -> None:
    """Print what the answers mean."""
    result = judge(flow, answers)
    if as_json:
        _print_json(result_as_json(flow.content, result), output)
        return
    print(page_for(output).messages(*outcome_messages(flow.content, result)), file=output)


def result_as_json(content: Content, result: Result) -> dict[str, object]:
    """The stable form for scripts; every id is a public one of the content."""
    return {
        "outcome": result.outcome,
        "possible": list(result.possible),
        "because": [
            {
                "question": reason.question,
                "answer": reason.answer,
                "text": content.questions[reason.question].option(reason.answer).reason,
            }
            for reason in result.because
        ],
        "what_if": [
            {
                "question": change.question,
                "answer": change.answer,
                "outcome": change.possible[0] if len(change.possible) == 1 else content.undecided,
                "possible": list(change.possible),
            }
            for change in result.what_if
        ],
        "looks_like": [
            {"id": form.id, "name": form.name, "text": form.recognise} for form in result.looks_like
        ],
        "remarks": [
            {"id": remark.id, "text": markup.plain(remark.text)} for remark in result.remarks
        ],
        "open": [
            {
                "question": item.question,
                "answers": {answer: list(possible) for answer, possible in item.by_answer},
            }
            for item in result.open
        ],
        "content_version": content.version,
    }


def ask(flow: Flow, texts: CliTexts, question: str, as_json: bool, output: TextIO) -> None:
    """Print the explanation of a term, or that none was recognised."""
    event = Understanding(flow).term(question)
    content = flow.content
    if event is None:
        found: dict[str, object] = {"topic": None, "term": None, "text": texts.unknown_term}
        if as_json:
            _print_json(found, output)
        else:
            print(texts.unknown_term, file=output)
        return
    _, turn = handle(flow, NEW, event)
    explanation = turn.messages[0]
    if as_json:
        term = content.terms.get(event.term)
        topic = term.topic if term else _FORMS_TOPIC
        text = markup.plain(explanation.body)
        _print_json({"topic": topic, "term": event.term, "text": text}, output)
    else:
        print(page_for(output).messages(explanation), file=output)


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """All problems of a content folder, also those of the texts that only one channel needs."""
    return tuple(sorted({*check(folder), *check_channel_texts(folder)}))


def _print_json(value: dict[str, object], output: TextIO) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2), file=output)
