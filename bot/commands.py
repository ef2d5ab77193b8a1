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
from dialogues.events import (
    About,
    Ask,
    Assess,
    Examples,
    Privacy,
    Reading,
    Suggest,
    Topics,
    Unknown,
)
from dialogues.flow import Flow
from dialogues.markup import bullets
from dialogues.matching import Match
from dialogues.outcome_view import outcome_messages
from dialogues.problems import Problem
from dialogues.result import Result, judge
from dialogues.state import NEW
from dialogues.turn import Message
from dialogues.understanding import Understanding, Understood


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
    """Print what a question is about and the explanation, or that it was not recognised."""
    understood = Understanding(flow).understand(question, NEW)
    said = _reply(flow, texts, understood)
    if not as_json:
        print(page_for(output).messages(*said), file=output)
        return
    name = understood.event.name if isinstance(understood.event, Ask) else None
    found: dict[str, object] = {
        "topic": understood.topic or None,
        "term": name,
        "confidence": round(understood.confidence, 2),
        "runners_up": [_runner_up(match) for match in _others(understood)],
        "text": "\n\n".join(markup.plain(message.body) for message in said),
    }
    _print_json(found, output)


def _reply(flow: Flow, texts: CliTexts, understood: Understood) -> tuple[Message, ...]:
    """The explanation; where a conversation would go on, what one could choose there."""
    match understood.event:
        case Unknown():
            return (_notice(texts.unknown_term),)
        case Ask() | Reading() | Privacy() | About():
            _, turn = handle(flow, NEW, understood.event)
            return turn.messages[:1]
        case Suggest() | Topics() | Examples():
            _, turn = handle(flow, NEW, understood.event)
            names = bullets(choice.label for choice in turn.choices if choice.role == "offer")
            return (*turn.messages[:1], Message("notice", names))
        case Assess():
            return (_notice(texts.judged_in_chat),)
        case _:
            return (_notice(texts.only_in_chat),)


def _others(understood: Understood) -> tuple[Match, ...]:
    """What the text may mean besides what it is taken to mean, best first."""
    match understood.event:
        case Ask(name=name):
            return tuple(match for match in understood.matches if match.name != name)
        case Unknown() | Assess() | Suggest():
            return understood.matches
        case _:
            return understood.matches[1:]


def _runner_up(match: Match) -> dict[str, object]:
    return {
        "topic": match.topic or None,
        "term": match.name,
        "confidence": round(match.confidence, 2),
    }


def _notice(text: str) -> Message:
    return Message("notice", markup.parse(text))


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """All problems of a content folder, also those of the texts that only one channel needs."""
    return tuple(sorted({*check(folder), *check_channel_texts(folder)}))


def _print_json(value: dict[str, object], output: TextIO) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2), file=output)
