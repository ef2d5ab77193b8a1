"""The pictures that messengers and social media show with a link, drawn beforehand.

``python -m bot.report.cards`` draws them anew; the server only hands them out.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.report import engine
from bot.report import texts as report_texts
from bot.report.texts import ReportTexts
from dialogues.content import Content
from dialogues.loader import FOLDER as CONTENT
from dialogues.loader import load, read_record
from dialogues.outcome_view import capital
from dialogues.problems import Problems

FOLDER = Path(__file__).parents[1] / "web" / "static" / "cards"
ALT_TEXTS = "cards.json"
_TEMPLATE = "card.typ"


@dataclass(frozen=True, slots=True)
class Card:
    """The words on a card of 1200 by 630 pixels, from the top down; ``sentence`` may be empty."""

    name: str
    heading: str
    sentence: str
    foot: str

    @property
    def words(self) -> str:
        """Everything that can be read on it."""
        lines = (self.name, self.heading, self.sentence, self.foot)
        return " ".join(line if line[-1] in ".?!" else f"{line}." for line in lines if line)


def cards(content: Content, texts: ReportTexts) -> Iterator[tuple[str, Card]]:
    """Each card with the name of its file: the start, every outcome, and the terms people share.

    Those are what an outcome leads to, and the term that a topic has its name from. What has no
    card shows that of the start.
    """
    sentence = texts.card_start_sentence.text(aantal=len(content.questions))
    start = Card(texts.card_name, texts.card_start, sentence, texts.card_outcome_foot)
    yield "start.png", start
    for outcome in content.outcomes.values():
        yield (
            f"outcome-{outcome.id}.png",
            Card(texts.card_name, capital(outcome.name), outcome.sentence, texts.card_outcome_foot),
        )
    shared = {*content.topics, *(outcome.term for outcome in content.outcomes.values())}
    for term in content.terms.values():
        if term.id in shared:
            yield (
                f"term-{term.id}.png",
                Card(texts.card_name, term.question, "", texts.card_term_foot),
            )


def alt_texts(content: Content, texts: ReportTexts) -> dict[str, str]:
    """By file, what stands on the card of this content: also how to tell an old card from it."""
    made = cards(content, texts)
    return {file: texts.card_alt.text(tekst=card.words) for file, card in made}


def drawn(content: Content, texts: ReportTexts) -> dict[str, bytes]:
    """Every file of the folder: the pictures as PNG, and their alternative texts as JSON.

    Raises ReportUnavailable.
    """
    pictures = {file: engine.png(_TEMPLATE, asdict(card)) for file, card in cards(content, texts)}
    listed = json.dumps(alt_texts(content, texts), ensure_ascii=False, indent=2) + "\n"
    return {**pictures, ALT_TEXTS: listed.encode()}


def main() -> None:
    """Write the cards of the content, and remove those of what is no longer in it."""
    problems = Problems()
    read = read_record(ReportTexts, CONTENT / report_texts.FILE, problems)
    if read is None or problems:
        raise problems.error()
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = drawn(load(), read)
    for path in FOLDER.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
