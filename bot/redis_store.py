"""Where chats were, in a Redis or Valkey that several processes share.

No conversation may wait for it or stop because of it. Each call has half a second for everything:
to connect, to say who we are, to ask and to be answered. Once the server is found to be gone or
slow, the calls that follow are refused at once for some seconds; then one of them tries again. So a
dead server costs half a second now and then, and every other turn nothing.

What could not be put leaves something older behind, and an answer to that would be taken for an
answer to another question. So it is taken away as soon as that can be done, unless another process
has put something newer by then.
"""

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError, ResponseError

from bot.breaker import Breaker
from bot.redis_pool import PREFIX, in_time, pool
from bot.redis_stamp import TAKE_AWAY_UNLESS_NEWER, now, stamped, unstamped
from bot.store import DAY, StoreUnavailable

_PATIENCE = 0.5  # seconds for one call
_CONNECTIONS = 16
_HOLD = 5.0  # seconds; after a crash others wait this long, and who lives renews it in time
_LONGEST_WAIT = 60.0  # seconds; nothing that goes well takes this long
_LOOK_AGAIN = 0.02  # seconds
_TAKE_AWAY = 1_000  # texts at a time
_TAKE_AWAY_AGAIN = 1.0  # seconds
_UNREACHABLE = "connection"
_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)


class _Holding:
    """Begins to renew after a while. Nearly all turns end before that, so they need no task."""

    def __init__(self, renew: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._task: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_HOLD / 2, self._begin, renew)

    def _begin(self, renew: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._task = asyncio.create_task(renew())

    def cancel(self) -> None:
        self._timer.cancel()
        if self._task is not None:
            self._task.cancel()


class RedisStore:
    """Texts by key that expire; every call but ``close`` may raise StoreUnavailable only.

    The server may start later than we do. Making a store connects to nothing.
    """

    shared = True

    def __init__(
        self,
        address: str,
        expiry: float = DAY,
        on_trouble: Callable[[], None] = lambda: None,
        on_recovery: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``address``: ``redis://``, ``rediss://`` (TLS) or ``unix://``. ``expiry``: whole seconds.

        ``on_trouble`` is called for each call that raises StoreUnavailable, ``on_recovery`` when
        all is well again. Raises ValueError, without the address in it, for an address that can
        never work.
        """
        self._client = Redis(connection_pool=pool(address))
        self._take_away_unless_newer = self._client.register_script(TAKE_AWAY_UNLESS_NEWER)
        self._expiry = int(expiry)
        self._on_trouble = on_trouble
        self._on_recovery = on_recovery
        # Waiting here takes none of a call's time; it also keeps a crowd from opening connections.
        self._room = asyncio.Semaphore(_CONNECTIONS)
        self._clock = clock
        self._breaker = Breaker(clock)
        self._troubles: set[str] = set()
        self._turns: dict[str, float] = {}
        self._outdated: dict[str, int] = {}
        self._taking_away: asyncio.Task[None] | None = None

    async def get(self, key: str) -> str | None:
        """The text, or None for a key that is not known, or holds something that is not ours."""
        if key in self._outdated:
            await self._take_away([key])
        value = await self._carry_out("get", lambda: self._client.get(_named(key)))
        text = unstamped(value) if isinstance(value, bytes) else None
        try:
            return None if text is None else text.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return None

    async def put(self, key: str, value: str) -> None:
        """Nothing is put at the end of a turn that took so long that others went on without it."""
        if self._clock() > self._turns.get(key, math.inf):
            return
        text = value.encode("utf-8", "surrogatepass")
        with self._or_outdated(key) as moment:
            put = stamped(text, moment)
            await self._carry_out(
                "put", lambda: self._client.set(_named(key), put, ex=self._expiry)
            )

    async def delete(self, key: str) -> None:
        with self._or_outdated(key):
            await self._carry_out("delete", lambda: self._client.delete(_named(key)))

    @contextmanager
    def _or_outdated(self, key: str) -> Iterator[int]:
        """Gives the moment; what was put up to then is outdated when what is done within fails."""
        moment = now()
        try:
            yield moment
        except StoreUnavailable:
            self._outdated[key] = moment
            if self._taking_away is None or self._taking_away.done():
                self._taking_away = asyncio.create_task(self._take_all_away())
            raise
        self._outdated.pop(key, None)

    async def _take_all_away(self) -> None:
        while self._outdated:
            if not self._breaker.rests():
                with suppress(StoreUnavailable):
                    await self._take_away(islice(self._outdated, _TAKE_AWAY))
                    continue
            await asyncio.sleep(_TAKE_AWAY_AGAIN)

    async def _take_away(self, keys: Iterable[str]) -> None:
        outdated = {key: self._outdated[key] for key in keys}
        names, moments = [*map(_named, outdated)], [*outdated.values()]
        await self._carry_out("delete", lambda: self._take_away_unless_newer(names, moments))
        for key, moment in outdated.items():
            # It may have become outdated again while this was being done.
            if self._outdated.get(key) == moment:
                del self._outdated[key]

    @asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """Hold others off who want to be alone with ``key``, in whichever process they are.

        Without the server nobody waits.
        """
        lock = self._client.lock(f"{PREFIX}turn:{key}", timeout=_HOLD)
        if not await self._taken(lock):
            yield
            return
        holding = self._renew_later(key, lock)
        try:
            yield
        finally:
            del self._turns[key]
            holding.cancel()
            with suppress(StoreUnavailable, LockError):  # else it ends by itself
                await self._carry_out("release", lock.release)

    async def _taken(self, lock: Lock) -> bool:
        until = self._clock() + _LONGEST_WAIT
        with suppress(StoreUnavailable):
            while not await self._carry_out("lock", lambda: lock.acquire(blocking=False)):
                if self._clock() > until:
                    return False
                await asyncio.sleep(_LOOK_AGAIN)
            return True
        return False

    def _renew_later(self, key: str, lock: Lock) -> "_Holding":
        self._turns[key] = self._clock() + _HOLD

        async def renew() -> None:
            with suppress(StoreUnavailable, LockError):
                while True:
                    await self._carry_out("renew", lock.reacquire)
                    self._turns[key] = self._clock() + _HOLD
                    await asyncio.sleep(_HOLD / 2)

        return _Holding(renew)

    async def close(self) -> None:
        if self._taking_away is not None:
            self._taking_away.cancel()
            await asyncio.wait({self._taking_away})
        with suppress(RedisError, OSError):
            async with asyncio.timeout(_PATIENCE):
                await self._client.connection_pool.aclose()

    async def _carry_out(self, name: str, ask: Callable[[], Awaitable[_Result]]) -> _Result | None:
        if self._breaker.rests():
            raise self._unavailable()
        async with self._room:
            # What stood waiting learns here what happened to those before it.
            if not self._breaker.allows():
                raise self._unavailable()
            try:
                answer = await in_time(ask, _PATIENCE)
            except LockError:
                self._breaker.worked()
                raise
            except ResponseError as error:
                self._breaker.worked()
                if str(error).startswith("WRONGTYPE"):
                    return None
                # It answers quickly that it will not: full, or only to be read from.
                raise self._unavailable(name, error) from None
            except Exception as error:  # noqa: BLE001 an answer in rubbish breaks the library anywhere
                self._breaker.failed()
                raise self._unavailable(_UNREACHABLE, error) from None
        self._breaker.worked()
        self._recovered(name)
        return answer

    def _unavailable(self, trouble: str = "", error: Exception | None = None) -> StoreUnavailable:
        if error is not None:
            if not self._troubles:
                _log.warning("the store is unavailable: %s", type(error).__name__)
            self._troubles.add(trouble)
        self._on_trouble()
        return StoreUnavailable()

    def _recovered(self, name: str) -> None:
        """A full store still reads: only what failed before shows that all is well again."""
        if self._troubles:
            self._troubles -= {name, _UNREACHABLE}
            if not self._troubles:
                _log.info("the store is back")
                self._on_recovery()


def _named(key: str) -> bytes:
    return f"{PREFIX}{key}".encode("utf-8", "surrogatepass")
