"""What was explained last, as a part of the address of a page, and back.

Asked for at the start, an explanation has a path of its own. Elsewhere it stands in the query, and
the path says where the conversation is. What was not understood, and what it may have meant, is in
no address: an address travels on, and what was typed must not.
"""

from collections.abc import Mapping

from dialogues.content import Content
from dialogues.events import (
    About,
    Ask,
    Assess,
    Examples,
    Explaining,
    Help,
    Partly,
    Privacy,
    Reading,
    Topics,
)
from dialogues.explanations import explains

TOPICS_PAGE, EXAMPLES_PAGE = "/begrippen", "/voorbeelden"
_TOPIC, _GROUP, _DEPTH = "/onderwerpen/", f"{EXAMPLES_PAGE}/bij/", "/meer"
PAGES: Mapping[Explaining, str] = {
    Topics(): TOPICS_PAGE,
    Examples(): EXAMPLES_PAGE,
    Reading(): "/verder-lezen",
    Privacy(): "/privacy",
    About(): "/over",
    Help(): "/hulp",
}
_AT = {path: event for event, path in PAGES.items()}
# The id of a question has no hyphen, so these keys can never be one.
_ASKED, _MORE, _IN_TOPIC, _IN_GROUP = (
    "uitleg-over",
    "meer-over",
    "over-onderwerp",
    "voorbeelden-bij",
)
STEP = "na-stap"
KEYS = (_ASKED, _MORE, _IN_TOPIC, _IN_GROUP)
_STEPS: Mapping[str, Explaining] = {
    "begrippen": Topics(),
    "voorbeelden": Examples(),
    "verder_lezen": Reading(),
    "privacy": Privacy(),
    "over": About(),
    "help": Help(),
    "beoordeel": Assess(),
    "deels": Partly(),
}
_STEP_NAMES = {event: name for name, event in _STEPS.items()}


def as_path(content: Content, about: Explaining | None) -> str:
    """The path of an explanation that was asked for at the start; empty when it has none."""
    match about:
        case Ask(name=name, more=more):
            folder = EXAMPLES_PAGE if name in content.examples else TOPICS_PAGE
            return f"{folder}/{name}{_DEPTH if more else ''}"
        case Topics(topic=topic) if topic:
            return f"{_TOPIC}{topic}"
        case Examples(by=by) if by:
            return f"{_GROUP}{by}"
        case None:
            return ""
        case _:
            return PAGES.get(about, "")


def from_path(content: Content, path: str) -> Explaining | None:
    """What a path explains; None when it is not the path of an explanation."""
    if path in _AT:
        return _AT[path]
    for folder, made in ((_TOPIC, Topics), (_GROUP, Examples)):
        name = path.removeprefix(folder)
        if name != path:
            return _known(content, made(name)) if name else None
    folder, _, name = path.removesuffix(_DEPTH).rpartition("/")
    if folder == (EXAMPLES_PAGE if name in content.examples else TOPICS_PAGE):
        return _known(content, Ask(name, more=path.endswith(_DEPTH)))
    return None


def as_query(about: Explaining | None) -> list[tuple[str, str]]:
    """An explanation that was asked for elsewhere."""
    match about:
        case Ask(name=name, more=more):
            return [(_MORE if more else _ASKED, name)]
        case Topics(topic=topic) if topic:
            return [(_IN_TOPIC, topic)]
        case Examples(by=by) if by:
            return [(_IN_GROUP, by)]
        case None:
            return []
        case _:
            return [(STEP, _STEP_NAMES[about])] if about in _STEP_NAMES else []


def from_query(content: Content, key: str, value: str) -> Explaining | None:
    """What a pair in the query explains; None when it explains nothing that the content has."""
    if key == STEP:
        return _STEPS.get(value)
    made: dict[str, Explaining] = {
        _ASKED: Ask(value),
        _MORE: Ask(value, more=True),
        _IN_TOPIC: Topics(value),
        _IN_GROUP: Examples(value),
    }
    return _known(content, made[key]) if value and key in made else None


def _known(content: Content, event: Explaining) -> Explaining | None:
    return event if explains(content, event) else None
