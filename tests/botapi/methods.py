"""What a method of the Bot API is, for the tables of methods."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

from tests.botapi.parameters import Params

Handler: TypeAlias = Callable[[Params], Any]


class Method(NamedTuple):
    """How a method is carried out, and the parameters it knows."""

    handler: Handler
    parameters: frozenset[str]


def method(handler: Handler, parameters: str = "", *more: Iterable[str]) -> Method:
    """Build a Method from space-separated parameter names."""
    return Method(handler, frozenset(parameters.split()).union(*more))
