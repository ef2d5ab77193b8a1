"""The sums in a Redis or Valkey, for processes on several machines.

One script adds a whole batch, or nothing of it. Each process numbers its batches, and the server
remembers the last number: a batch of which the answer was lost may be brought again, also when the
first one is only on its way.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from bot.counts.store import Batch, CountsUnavailable, Entry, Row, Trouble
from bot.redis_pool import PREFIX, in_time, pool

_DAYS = f"{PREFIX}counts:days"  # a set: the days of which there are sums
_SUMS = f"{PREFIX}counts:sums:"  # and a day: a hash
_MARK = f"{PREFIX}counts:once:"
_WRITER = f"{PREFIX}counts:writer:"
_PATIENCE = 5.0  # seconds; no turn waits that long, and what waited long is much at once
_GOODBYE = 0.25  # seconds
_MARK_KEPT = 2 * 24 * 3600  # seconds; Telegram brings an update again for a day
_WRITER_KEPT = 30 * 24 * 3600  # seconds after its last batch
_WRITER_ID = 8  # bytes
_BETWEEN, _WITHIN = "\n", "\t"  # fields
# Looks at everything before it writes anything: what it wrote before a fault would stay.
_ADD = f"""
local writer, number = KEYS[1], tonumber(ARGV[1])
if tonumber(redis.call('GET', writer) or 0) >= number then return number end
redis.call('SCARD', '{_DAYS}')

local marks, added = {{}}, {{}}
for at = 2, #ARGV, 3 do
  local mark, day, fields = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local known = mark ~= '' and (marks[mark] or redis.call('EXISTS', '{_MARK}' .. mark) == 1)
  if not known then
    if mark ~= '' then marks[mark] = true end
    added[day] = added[day] or {{}}
    for field in string.gmatch(fields, '[^\\n]+') do
      added[day][field] = (added[day][field] or 0) + 1
    end
  end
end

for day, fields in pairs(added) do
  for field in pairs(fields) do
    local sum = redis.call('HGET', '{_SUMS}' .. day, field) or '0'
    if #sum > 15 or not string.match(sum, '^%d+$') then return redis.error_reply('ERR no sum') end
  end
end

redis.call('SET', writer, number, 'EX', {_WRITER_KEPT})
for mark in pairs(marks) do redis.call('SET', '{_MARK}' .. mark, '', 'EX', {_MARK_KEPT}) end
for day, fields in pairs(added) do
  redis.call('SADD', '{_DAYS}', day)
  for field, more in pairs(fields) do redis.call('HINCRBY', '{_SUMS}' .. day, field, more) end
end
return number
"""
_TROUBLES: dict[str, Trouble] = {
    "OOM": "full",
    "MISCONF": "full",  # its disk is, and it takes nothing until it can write there again
    "READONLY": "read_only",
    "NOREPLICAS": "read_only",
    "NOPERM": "read_only",
    "BUSY": "busy",
    "CLUSTERDOWN": "unreachable",
    "MASTERDOWN": "unreachable",
}
_CODE = re.compile(rf"\b({'|'.join(_TROUBLES)})\b")
T = TypeVar("T")


class RedisCounts:
    """Needs Redis 6 or any Valkey. Connects at the first call; the server may start later."""

    def __init__(self, address: str) -> None:
        """Raises ValueError, without the address in it, for one that can never work."""
        self._client = Redis(connection_pool=pool(address))
        self._writer = f"{_WRITER}{secrets.token_hex(_WRITER_ID)}"
        self._number = 0
        self._last: bytes | None = None

    async def write(self, batch: Batch) -> None:
        if batch.id != self._last:
            self._last = batch.id
            self._number += 1
        said = [part for entry in batch.entries for part in _said(entry)]
        answer = await _judged(
            lambda: self._client.eval(_ADD, 1, self._writer, self._number, *said)
        )
        if answer != self._number:
            # Whatever this is, it is no Redis.
            raise CountsUnavailable("strange")

    async def read(self, since: date | None) -> Sequence[Row]:
        first = "" if since is None else since.isoformat()
        kept = await _judged(lambda: self._client.smembers(_DAYS))
        try:
            days = sorted(day for day in map(_text, kept) if day >= first)
            sums = await _judged(lambda: self._sums(days))
            return tuple(
                sorted(
                    Row(date.fromisoformat(day), *_names(field), int(number))
                    for day, fields in zip(days, sums, strict=True)
                    for field, number in fields.items()
                )
            )
        except (ValueError, TypeError):
            # Somebody else wrote there.
            raise CountsUnavailable("strange") from None

    async def _sums(self, days: Sequence[str]) -> list[dict[bytes, bytes]]:
        async with self._client.pipeline(transaction=False) as pipeline:
            for day in days:
                pipeline.hgetall(f"{_SUMS}{day}")
            answers: list[dict[bytes, bytes]] = await pipeline.execute()
        return answers

    async def close(self) -> None:
        with suppress(RedisError, OSError, TimeoutError):
            await in_time(self._client.connection_pool.aclose, _GOODBYE)


async def _judged(ask: Callable[[], Awaitable[T]]) -> T:
    try:
        return await in_time(ask, _PATIENCE)
    except ResponseError as error:
        # What a script met stands in the middle of the message.
        found = _CODE.search(f"{error.status_code} {error}")
        raise CountsUnavailable(_TROUBLES[found[1]] if found else "strange") from None
    except Exception:  # noqa: BLE001 an answer in rubbish breaks the library anywhere
        raise CountsUnavailable("unreachable") from None


def _text(answer: bytes | str) -> str:
    return answer.decode() if isinstance(answer, bytes) else answer


def _said(entry: Entry) -> tuple[bytes, str, str]:
    fields = (
        _WITHIN.join((entry.campaign, entry.channel, count.measure, count.name))
        for count in entry.counts
    )
    return entry.once, entry.day.isoformat(), _BETWEEN.join(fields)


def _names(field: bytes) -> tuple[str, str, str, str]:
    campaign, channel, measure, name = field.decode().split(_WITHIN)
    return campaign, channel, measure, name
