"""Readers of the values that only campaigns have."""

import re
from datetime import date

import yaml

from dialogues.yaml_source import Source, Word

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHORTEST, _LONGEST = 3, 40  # characters; a link to Telegram carries at most 64
_COLOUR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
# Of white letters on the colour, as WCAG 2 measures it for text of ordinary size.
_LEAST_CONTRAST = 4.5


def campaign_code(source: Source) -> Word | None:
    """A word that can stand in any link: small letters, digits and hyphens."""
    word = source.word()
    if word is None:
        return None
    if not _CODE.fullmatch(word) or not _SHORTEST <= len(word) <= _LONGEST:
        source.problem("geen_campagnecode", woord=word, van=_SHORTEST, tot=_LONGEST)
        return None
    return word


def dark_colour(source: Source) -> str | None:
    """A colour such as ``#0b5563`` on which white letters can be read."""
    # Without quotes YAML takes a colour for a comment, and nothing is left.
    given = source.node.value if isinstance(source.node, yaml.ScalarNode) else ""
    parts = _COLOUR.fullmatch(given)
    if parts is None:
        source.problem("geen_kleur")
        return None
    red, green, blue = (_light(int(part, 16) / 255) for part in parts.groups())
    if 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < _LEAST_CONTRAST:
        source.problem("te_lichte_kleur", woord=given)
        return None
    return str(given)


def _light(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def day(source: Source) -> date | None:
    """A date such as ``2027-06-30``, which YAML does not take for a word."""
    given = source.node.value if isinstance(source.node, yaml.ScalarNode) else ""
    # The library reads more forms, which few people would recognise as a date.
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    source.problem("geen_datum")
    return None
