"""Reaching a Redis or Valkey: its address, its connections, and the time that a call may take."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from redis.asyncio import ConnectionPool
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import RedisError

PREFIX = "copro:"  # of every key, so that a server may be shared with other programs
_HELD_UP = 0.05  # seconds
_DATABASE = re.compile(r"/?[0-9]*")
_OPTION = re.compile(r"db|password|ssl_[a-z_]+")
_Result = TypeVar("_Result")


def pool(address: str) -> ConnectionPool:
    """``address``: ``redis://``, ``rediss://`` (TLS) or ``unix://``. Connects to nothing yet.

    Raises ValueError, without the address in it, for an address that can never work.
    """
    # The messages of the libraries quote parts of the address, which may be the password.
    wrong = ValueError("not an address of a store: redis://, rediss:// or unix://")
    try:
        parts = urlsplit(address)
        place = parts.path if parts.scheme == "unix" else parts.hostname
        database = "" if parts.scheme == "unix" else parts.path
        given: dict[str, Any] = dict(parse_url(address))
        named = {name for name, _, _ in (o.partition("=") for o in parts.query.split("&") if o)}
        if not place or not _DATABASE.fullmatch(database) or not all(map(_OPTION.fullmatch, named)):
            raise wrong
        made = ConnectionPool(
            **given,
            protocol=2,  # no greeting, so that the first call takes one round trip
            driver_info=None,
            # Each call has one limit for all of it.
            socket_timeout=None,
            socket_connect_timeout=None,
            # A connection that was cut while nobody used it shows only at its next use.
            retry=Retry(NoBackoff(), 1, (Disconnected,)),
        )
        made.make_connection()  # type: ignore[no-untyped-call]  # finds wrong options
    except (ValueError, TypeError, LookupError, RedisError):
        raise wrong from None
    return made


async def in_time(ask: Callable[[], Awaitable[_Result]], patience: float) -> _Result:
    """Raises TimeoutError when the server is slow; that we are slow ourselves does not count."""
    loop = asyncio.get_running_loop()
    due = loop.time() + patience

    def end() -> None:
        # Called late, we were held up, and the answer may be there without having been looked at.
        held_up = loop.time() - due > _HELD_UP
        limit.reschedule(loop.time() + (patience if held_up else 0))

    async with asyncio.timeout(None) as limit:
        timer = loop.call_at(due, end)
        try:
            return await ask()
        finally:
            timer.cancel()
