"""Every way through the questions, for what must hold on all of them."""

from collections.abc import Iterator

from dialogues.flow import Flow, Path
from dialogues.state import Conversation


def ways(flow: Flow) -> Iterator[Conversation]:
    """Every conversation that answering can lead to, with and without stopping early.

    Two ways that differ only in answers that no rule looks at are walked once.
    """
    for path, complete in paths(flow):
        yield Conversation(path.facts, complete=complete)


def paths(flow: Flow) -> Iterator[tuple[Path, bool]]:
    """The paths of these conversations, and whether that is without stopping early."""
    content = flow.content
    rules = [rule for o in content.outcomes.values() for rule in (o.all_of, o.any_of)]
    rules += [question.only_if for question in content.questions.values()]
    rules += [form.when for form in content.forms.values()]
    matter = {name for rule in rules for name, _ in rule}
    seen: set[object] = set()
    for complete in (False, True):
        waiting = [flow.path({})]
        while waiting:
            path = waiting.pop()
            mark = (complete, path.here, tuple(entry for entry in path.trail if entry[0] in matter))
            if mark in seen:
                continue
            seen.add(mark)
            yield path, complete
            if question := content.questions.get(path.here):
                waiting += [
                    flow.follow(path, option.id, complete=complete) for option in question.options
                ]
