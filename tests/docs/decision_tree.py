"""What stands in ``docs/beslisboom.md``: the diagram, and every way to an outcome."""

from collections.abc import Iterator

from dialogues.diagram import mermaid
from dialogues.flow import Flow
from dialogues.flow import Path as Way
from tests.docs.markdown import ROOT

DOCUMENT = ROOT / "docs" / "beslisboom.md"
_ANY, _NOT_ASKED = "", "-"

Answers = frozenset[str]  # the answers to one question that lead here; empty when it is not asked
Ends = tuple[str, ...]  # the outcome, and behind it what is still possible
Row = tuple[tuple[Answers, ...], Ends]

_TEXT = """\
# Beslisboom: de vragen en alle wegen naar een uitkomst

Dit bestand is gemaakt door `make docs`. Verander het niet met de hand.

## De vragen

```mermaid
{diagram}```

## Alle wegen naar een uitkomst

Elke rij is een weg naar een uitkomst. Een leeg vak betekent: dit antwoord maakt niet uit.
Het teken {not_asked} betekent: deze vraag wordt dan niet gesteld. Wie daarna toch ook de andere
vragen beantwoordt, houdt dezelfde uitkomst. De rijen sluiten elkaar uit. Samen zijn zij alle
manieren om de vragen te beantwoorden.

{table}
"""


def ways(flow: Flow) -> Iterator[Way]:
    """Every path from the first question to an outcome."""
    waiting = [flow.path({})]
    while waiting:
        way = waiting.pop()
        question = flow.content.questions.get(way.here)
        if question is None:
            yield way
        else:
            answers = ({**way.facts, question.id: option.id} for option in question.options)
            waiting += map(flow.path, answers)


def rows(flow: Flow) -> list[Row]:
    """The ways, taken together when they differ in answers that make no difference."""
    found = {_row(flow, way) for way in ways(flow)}
    # From the last question to the first: a difference early in the check is the last to go.
    for column in reversed(range(len(flow.content.questions))):
        alike: dict[tuple[bool, Row], set[str]] = {}
        for answers, ends in found:
            asked = bool(answers[column])
            rest = (*answers[:column], frozenset[str](), *answers[column + 1 :])
            alike.setdefault((asked, (rest, ends)), set()).update(answers[column])
        found = {
            ((*rest[:column], frozenset(together), *rest[column + 1 :]), ends)
            for (_, (rest, ends)), together in alike.items()
        }
    return sorted(found, key=lambda row: _order(flow, row))


def document(flow: Flow) -> str:
    """The text of ``docs/beslisboom.md``."""
    content = flow.content
    heading = [*content.questions, "uitkomst", "nog mogelijk"]
    lines = [heading, ["---"] * len(heading)]
    for answers, (outcome, *possible) in rows(flow):
        cells = [
            _cell(flow, name, given) for name, given in zip(content.questions, answers, strict=True)
        ]
        lines.append([*cells, outcome, ", ".join(possible)])
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return _TEXT.format(diagram=mermaid(flow), table=table, not_asked=_NOT_ASKED)


def _row(flow: Flow, way: Way) -> Row:
    answers = (
        frozenset({way.facts[name]} if name in way.facts else ()) for name in flow.content.questions
    )
    possible = flow.possible(way.facts) if way.here == flow.undecided else ()
    return tuple(answers), (way.here, *possible)


def _options(flow: Flow, question: str) -> list[str]:
    return [str(option.id) for option in flow.content.questions[question].options]


def _cell(flow: Flow, question: str, given: Answers) -> str:
    options = _options(flow, question)
    if not given:
        return _NOT_ASKED
    return _ANY if len(given) == len(options) else " / ".join(o for o in options if o in given)


def _order(flow: Flow, row: Row) -> list[list[int]]:
    """In the order of the questions and their answers, as somebody would walk them."""
    questions = zip(flow.content.questions, row[0], strict=True)
    return [[_options(flow, name).index(o) for o in sorted(given)] for name, given in questions]
