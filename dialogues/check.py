"""The check of the content: every file, the language, and every way through the questions."""

from dataclasses import replace
from pathlib import Path

from dialogues.codec import LIMIT, Codec
from dialogues.content import UNKNOWN
from dialogues.example_check import check_examples
from dialogues.flow import Flow
from dialogues.language import check_language
from dialogues.loader import load
from dialogues.offers import subjects
from dialogues.problems import ContentError, Problem, Problems
from dialogues.result import looks_like
from dialogues.state import PAGES, Conversation
from dialogues.views import view
from dialogues.ways import paths


def check(folder: Path) -> tuple[Problem, ...]:
    """All problems of the content in a folder, in order of place; empty when it is sound."""
    problems = Problems()
    check_language(folder, problems)
    found: list[Problem] = []
    try:
        content = load(folder)
    except ContentError as error:
        found.extend(error.problems)
    else:
        flow = Flow(content)
        _check_ways(flow, problems)
        check_examples(flow, problems)
    return ContentError([*found, *problems]).problems


def _check_ways(flow: Flow, problems: Problems) -> None:
    content = flow.content
    reached: set[str] = set()
    for path, _ in paths(flow):
        reached.add(path.here)
        if path.here in content.outcomes:
            reached.update(form.id for form in looks_like(flow, path.facts))
            if path.here == flow.undecided and UNKNOWN not in path.facts.values():
                answers = ", ".join(f"{name}={answer}" for name, answer in path.facts.items())
                place = content.outcomes[path.here].id.place
                problems.add(place, "geen_regel_past", antwoorden=answers)
    size, data = _longest_button(flow)
    if size > LIMIT:
        place = next(iter(content.questions.values())).code.place
        problems.add(place, "knop_te_lang", lengte=size, gegevens=data, grens=LIMIT)
    for question in content.questions.values():
        if question.id not in reached:
            problems.add(question.id.place, "onbereikbare_vraag")
    for outcome in content.outcomes.values():
        if outcome.id not in reached:
            problems.add(outcome.id.place, "onbereikbare_uitkomst")
    for form in content.forms.values():
        if form.id not in reached:
            problems.add(form.id.place, "ongebruikte_vorm")


def _longest_button(flow: Flow) -> tuple[int, str]:
    content, codec = flow.content, Codec(flow.content)
    # With everything answered, and at the places that were asked for, buttons are at their longest.
    # The payload of a link is shorter than any of them, also as a button that asks for the report.
    everything: dict[str, str] = {
        question.id: question.options[0].id for question in content.questions.values()
    }
    found: set[str] = set()
    for at in (*PAGES, *content.questions):
        place = Conversation(everything, at, complete=True, origin="0000")
        shown = (view(flow, replace(place, about=about)) for about in (None, *subjects(content)))
        # Most is on offer below every explanation; it is the same button each time.
        events = {choice.event for turn in shown for choice in turn.choices}
        found |= {codec.encode(place, event) for event in events}
    return max((len(data.encode()), data) for data in found)
