"""The ways that the check of the content walks are all there are."""

from itertools import product

from dialogues.flow import Flow
from dialogues.ways import ways
from tests.core import definition
from tests.core.definition import OPTIONS, QUESTIONS


def test_every_way_is_walked(flow: Flow) -> None:
    expected = {
        (given, complete)
        for length in range(len(QUESTIONS) + 1)
        for given in product(OPTIONS, repeat=length)
        for complete in (False, True)
        if len(_passed(given, complete=complete)) == length
    }

    walked = [(tuple(way.answers.values()), way.complete) for way in ways(flow)]

    assert len(walked) == len(set(walked))
    assert set(walked) == expected


def _passed(given: tuple[str, ...], *, complete: bool) -> tuple[str, ...]:
    return definition.passed(dict(zip(QUESTIONS, given, strict=False)), complete=complete)
