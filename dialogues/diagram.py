"""The state machine as a Mermaid diagram, drawn from the machine itself."""

from typing import cast

from dialogues.flow import WELCOME, Applies, Direct, Flow, Guard


def mermaid(flow: Flow) -> str:
    """Mermaid source of a state diagram; the labels on the arrows are the guards."""
    content = flow.content
    lines = ["stateDiagram-v2", f"    [*] --> {WELCOME}"]
    lines += [f"    {question.id}: {question.text}" for question in content.questions.values()]
    lines += [f"    {outcome.id}: {outcome.name}" for outcome in content.outcomes.values()]
    for transition in flow.machine.get_transitions():
        guards = [_label(flow, cast(Guard, condition.func)) for condition in transition.conditions]
        label = f": {guards[0]}" if guards else ""
        lines.append(f"    {transition.source} --> {transition.dest}{label}")
    lines += [f"    {outcome} --> [*]" for outcome in content.outcomes]
    return "\n".join(lines) + "\n"


def _label(flow: Flow, guard: Guard) -> str:
    texts = flow.content.texts
    match guard:
        case Applies(conditions=conditions):
            parts = (_equals(name, answers) for name, answers in conditions)
            return f" {texts.word_and} ".join(parts)
        case Direct(question=name, answers=answers):
            return _equals(name, answers)
        case _:
            return texts.diagram_certain


def _equals(question: str, answers: tuple[str, ...]) -> str:
    return f"{question} = {'/'.join(answers)}"
