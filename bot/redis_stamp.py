"""When a text in the shared store was put stands in front of it.

A process that could not put something learns only later that the server is back. By then another
one may have put something newer, which is not for the first to take away. A server that was slow
may also still put what nobody waits for any more, so what counts is the moment of asking.
"""

import re
import time

_STAMPED = re.compile(rb"([0-9]{16}) (.*)", re.DOTALL)

# Takes away what stands at KEYS[n] unless it was put after ARGV[n]. What has no stamp is not ours,
# or older than stamps are.
TAKE_AWAY_UNLESS_NEWER = """
for n, key in ipairs(KEYS) do
    local text = redis.pcall('GET', key)
    local put = type(text) == 'string' and string.match(text, '^(%d+) ')
    if tonumber(put or 0) <= tonumber(ARGV[n]) then
        redis.call('DEL', key)
    end
end
"""


def now() -> int:
    """Microseconds since 1970: processes on several machines have no other clock in common."""
    return time.time_ns() // 1_000


def stamped(text: bytes, moment: int) -> bytes:
    return b"%016d %b" % (moment, text)


def unstamped(kept: bytes) -> bytes | None:
    """The text, or None for what was not stamped."""
    found = _STAMPED.fullmatch(kept)
    return None if found is None else found[2]
