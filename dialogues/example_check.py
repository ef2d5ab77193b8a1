"""The check of the examples: the machine must say of each what its editor says."""

from dialogues.content import Content, Example
from dialogues.flow import Flow
from dialogues.problems import Problems
from dialogues.result import judge


def check_examples(flow: Flow, problems: Problems) -> None:
    """Report examples with another outcome or form, and variants that differ in more than one."""
    for example in flow.content.examples.values():
        result = judge(flow, flow.path(example.facts, complete=True).facts)
        place = example.outcome.place
        if result.outcome != example.outcome:
            problems.add(
                place, "voorbeeld_andere_uitkomst", goed=result.outcome, woord=example.outcome
            )
        forms = [form.id for form in result.looks_like]
        if example.resembles and example.resembles not in forms:
            problems.add_unknown(
                example.resembles.place, "voorbeeld_andere_vorm", example.resembles, forms
            )
        _check_variants(flow.content, example, problems)


def _check_variants(content: Content, example: Example, problems: Problems) -> None:
    for variant in example.variants:
        other = content.examples[variant.example]
        both = example.answers.keys() & other.answers.keys()
        different = sum(example.answers[name] != other.answers[name] for name in both)
        if different != 1:
            problems.add(
                variant.example.place,
                "variant_verschil",
                woord=example.id,
                ander=other.id,
                aantal=different,
            )
