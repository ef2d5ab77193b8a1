"""A new campaign behind those of ``campagnes.yaml``, checked before anything is written."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.campaigns.campaigns import FILE, Campaign, Campaigns, campaigns_in
from dialogues.content import Content
from dialogues.language import check_texts, prose_of, read_rules
from dialogues.problems import Place, Problems
from dialogues.yaml_source import Source, read_source


class WrongCampaign(ValueError):
    """What was given makes no campaign. ``why``: the key of a field with what is wrong with it."""

    def __init__(self, why: Iterable[tuple[str, str]]) -> None:
        self.why = tuple(why)
        super().__init__()


class NoRoom(ValueError):
    """The file has a form to which no campaign can be added without rewriting it."""


@dataclass(frozen=True, slots=True)
class Added:
    """A campaign that can be added; ``data``: the whole file with it."""

    campaign: Campaign
    path: Path
    data: bytes


def added(folder: Path, content: Content, given: Mapping[str, str], today: date) -> Added:
    """What the file becomes with a campaign of these fields. Nothing is written.

    What stood there stays, comments too. Raises WrongCampaign and NoRoom.
    """
    campaign = _read_alone(folder, content, given, today)
    path = folder / FILE
    before = path.read_bytes() if path.exists() else b""
    source = read_source(before, FILE, Problems(), optional=True)
    after = before + _entry(given, _indent(source), before).encode()
    problems = Problems()
    source_after = read_source(after, FILE, problems)
    if source_after is None:
        raise NoRoom
    campaigns = campaigns_in(source_after, content)
    if problems:
        # Its fields are good, so it is the campaign as such that cannot stand beside the others.
        raise WrongCampaign(("code", problem.text) for problem in problems)
    known = campaigns_in(source, content) if source else Campaigns()
    if [*campaigns] != [*known, campaign]:
        raise NoRoom
    return Added(campaign, path, after)


def _read_alone(folder: Path, content: Content, given: Mapping[str, str], today: date) -> Campaign:
    _check_signs(given)
    data = _entry(given, 0, b"").encode()
    problems = Problems()
    source = read_source(data, FILE, problems)
    assert source is not None  # noqa: S101 every value is in quotes
    campaigns = campaigns_in(source, content)
    rules = read_rules(folder, Problems())
    if rules is not None and not problems:
        check_texts(prose_of(source, data), rules, problems)
    if problems:
        keys = list(given)
        raise WrongCampaign((keys[problem.place.line - 1], problem.text) for problem in problems)
    (campaign,) = campaigns
    if not campaign.running(today):
        problems.add(Place("tot"), "dag_voorbij")
        raise WrongCampaign(_by_file(problems))
    return campaign


def _check_signs(given: Mapping[str, str]) -> None:
    """No file can hold some signs, and no terminal should be sent them."""
    problems = Problems()
    for key, value in given.items():
        if not value.replace("\n", "").isprintable():
            problems.add(Place(key), "onzichtbaar_teken")
    if problems:
        raise WrongCampaign(_by_file(problems))


def _by_file(problems: Problems) -> Iterator[tuple[str, str]]:
    return ((problem.place.file, problem.text) for problem in problems)


def _entry(given: Mapping[str, str], indent: int, before: bytes) -> str:
    """The lines of a campaign, one for each field."""
    end = "\r\n" if b"\r\n" in before else "\n"
    # In quotes nothing has a meaning of its own to YAML, and what JSON writes it can read.
    fields = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in given.items()]
    first, *others = fields
    lines = [f"- {first}", *(f"  {field}" for field in others)]
    above = "" if not before else end if before.endswith(b"\n") else 2 * end
    return above + "".join(f"{' ' * indent}{line}{end}" for line in lines)


def _indent(source: Source | None) -> int:
    if source is None:
        return 0
    node = source.node
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        raise NoRoom
    return node.start_mark.column
