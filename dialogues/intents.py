"""What people can ask for: every event with the topic it belongs to and the ways to ask for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.content import Content, topic_of
from dialogues.events import (
    About,
    Ask,
    Back,
    Change,
    Check,
    Continue,
    Event,
    Examples,
    Forget,
    Help,
    More,
    Privacy,
    Reading,
    Restart,
    ShowOutcome,
    Start,
    Stop,
    Topics,
)
from dialogues.matching import Intent
from dialogues.offers import FORMS_TOPIC, TOPIC_EVENTS
from dialogues.yaml_source import Word

COMMANDS: dict[str, Event] = {
    "start": Start(),
    "zelfcheck": Check(),
    "terug": Back(),
    "wijzigen": Change(),
    "help": Help(),
    "meer": More(),
    "begrippen": Topics(),
    "voorbeelden": Examples(),
    "verder_lezen": Reading(),
    "uitkomst": ShowOutcome(),
    "ook_de_rest": Continue(),
    "opnieuw": Restart(),
    "stop": Stop(),
    "vergeet": Forget(),
    "privacy": Privacy(),
    "over": About(),
}
CHECK_TOPIC, EXAMPLES_TOPIC = "zelfcheck", "voorbeelden"
_TOPICS = {event: topic for topic, events in TOPIC_EVENTS.items() for event in events}


@dataclass(frozen=True, slots=True)
class Meaning:
    """An intent and the event that it stands for."""

    intent: Intent
    event: Event


def topic_of_command(event: Event) -> str:
    """The topic that a command belongs to; empty when it has none."""
    return _TOPICS.get(event, "")


def meanings(content: Content) -> Iterator[Meaning]:
    """All that a typed text may mean. The name of the intent of an Ask is the id it asks for.

    The other names have a slash, which no id has.
    """
    for term in content.terms.values():
        yield _ask(term.id, topic_of(term), (term.name, term.question, *term.also))
    for form in content.forms.values():
        yield _ask(form.id, FORMS_TOPIC, (form.name, *form.also), is_name=True)
    for example in content.examples.values():
        yield _ask(example.id, EXAMPLES_TOPIC, (example.name, *example.also), is_name=True)
    for name, event in COMMANDS.items():
        phrases = content.words.commands[Word(name)]
        yield Meaning(Intent(f"/{name}", topic_of_command(event), phrases), event)
    yield from _groups_of_examples(content)


def _ask(name: str, topic: str, phrases: tuple[str, ...], *, is_name: bool = False) -> Meaning:
    return Meaning(Intent(name, topic, (*phrases, name.replace("_", " ")), is_name), Ask(name))


def _groups_of_examples(content: Content) -> Iterator[Meaning]:
    """Een voorbeeld uit de zorg: the word for an example with the words for a group."""
    word = content.words.commands[Word(EXAMPLES_TOPIC)][0]
    for field, others in content.words.fields.items():
        phrases = tuple(f"{word} {other}" for other in others)
        yield Meaning(Intent(f"/{word}/{field}", EXAMPLES_TOPIC, phrases), Examples(field))
    for outcome in content.outcomes.values():
        phrases = (f"{word} {outcome.name}",)
        yield Meaning(
            Intent(f"/{word}/{outcome.id}", EXAMPLES_TOPIC, phrases), Examples(outcome.id)
        )
