"""What the peers say: our texts, with as many buttons as ours, so that all send the same amount."""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogues.flow import Flow
from dialogues.markup import plain
from dialogues.outcome_view import outcome_messages
from dialogues.result import judge

ANSWERS = ("ja", "nee", "weet_niet")
BEGIN, HELP, BACK = "begin", "help", "terug"
Rows = list[list[tuple[str, str]]]  # of label and data


@dataclass(frozen=True, slots=True)
class Said:
    """HTML, and the buttons below it."""

    text: str
    rows: Rows


class Wording:
    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._content = flow.content
        self._questions = list(flow.content.questions.values())

    @property
    def questions(self) -> int:
        return len(self._questions)

    def welcome(self) -> Said:
        labels = ["Wat is coproductie?", "Begrippen", "Voorbeelden", "Verder lezen"]
        rows: Rows = [[(label, label)] for label in (*labels, "Privacy", "Over dit programma")]
        rows.append([("Doe de zelfcheck", BEGIN)])
        return Said(plain(self._content.texts.welcome.body(aantal=8)), rows)

    def question(self, number: int, before: str = "") -> Said:
        question = self._questions[number]
        progress = f"Vraag {number + 1} van {len(self._questions)}"
        explained = f"<b>{question.text}</b>\n{plain(question.explanation)}"
        rows: Rows = [
            [(option.label, option.id) for option in question.options],
            [("Uitleg", HELP)],
            [("Terug", BACK)],
            [("Antwoorden wijzigen", "wijzigen")],
            [("Stoppen", "stop")],
        ]
        return Said(f"{before}{progress}\n\n{explained}", rows)

    def help(self, number: int) -> Said:
        question = self._questions[number]
        told = [*question.counts, *question.does_not_count, plain(question.example)]
        return self.question(number, "\n".join([plain(question.why), *told]) + "\n\n")

    def reaction(self, number: int, answer: str) -> str:
        reason = self._questions[number].option(answer).reason
        return f"U antwoordde: <b>{answer}</b>. {reason}\n\n"

    def name(self, number: int) -> str:
        return self._questions[number].id

    def outcome(self, answers: Mapping[str, str]) -> str:
        parts = outcome_messages(self._content, judge(self._flow, answers))
        return "\n\n".join(f"<b>{part.title}</b>\n{plain(part.body)}" for part in parts)[:4000]
