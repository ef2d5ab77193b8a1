"""Counts in a real Valkey: exact whatever happens to it, and to the lines between."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from bot.counts import redis_counts
from bot.counts.redis_counts import RedisCounts
from bot.counts.store import CountsUnavailable, Row
from bot.redis_pool import PREFIX
from tests.counts.counting import DAY, END, batch, entry, sums, until
from tests.valkey import HOST, Valkey, free_port

MARK = b"0123\n\t\x00\xff89abcdef"
SUMS = f"{PREFIX}counts:sums:{DAY}"
DAYS = f"{PREFIX}counts:days"
SECRET = "a-wrong-password"
Open = Callable[[str], RedisCounts]
Harm = Callable[[Redis], Any]


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    made: list[RedisCounts] = []

    def opened(address: str) -> RedisCounts:
        made.append(RedisCounts(address))
        return made[-1]

    yield opened
    for counts in made:
        await counts.close()


@pytest.fixture
def address(valkey: Valkey) -> str:
    """One with nothing in it."""
    with valkey.client() as client:
        client.flushall()
    return valkey.address


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A call may take less, so that a test does not."""
    monkeypatch.setattr(redis_counts, "_PATIENCE", 0.2)


async def why(counts: RedisCounts, number: int = 9) -> str:
    try:
        await counts.write(batch(entry(), number=number))
    except CountsUnavailable as error:
        return error.why
    return ""


async def test_sums_are_kept_by_day_campaign_channel_measure_and_name(
    address: str, opened: Open
) -> None:
    counts = opened(address)
    later = DAY + timedelta(days=1)
    one = batch(entry(), entry(), entry(END), entry(campaign="a-b", day=later))
    await counts.write(one)
    await counts.write(batch(entry(END, campaign="a-b", day=later), entry(), number=2))

    rows = (
        Row(DAY, "", "telegram", "start", "", 3),
        Row(DAY, "", "telegram", "uitkomst", "geen", 1),
        Row(DAY, "", "telegram", "zelfcheck_afgerond", "", 1),
        Row(later, "a-b", "telegram", "start", "", 1),
        Row(later, "a-b", "telegram", "uitkomst", "geen", 1),
        Row(later, "a-b", "telegram", "zelfcheck_afgerond", "", 1),
    )
    for each in (counts, opened(address)):
        assert await each.read(None) == rows
        assert await each.read(later) == rows[3:]
        assert await each.read(later + timedelta(days=1)) == ()


async def test_what_ends_and_what_stays(address: str, opened: Open, valkey: Valkey) -> None:
    await opened(address).write(batch(entry(once=MARK), entry(once=b"other")))
    with valkey.client() as client:
        left = {key.decode("latin-1"): client.ttl(key) for key in client.scan_iter()}
    kinds = [key.removeprefix(f"{PREFIX}counts:").partition(":")[0] for key in left]
    assert sorted(kinds) == ["days", "once", "once", "sums", "writer"]
    assert {key for key, seconds in left.items() if seconds == -1} == {SUMS, DAYS}
    # Telegram keeps an update for a day.
    marks = [seconds for key, seconds in left.items() if ":once:" in key]
    assert all(24 * 3600 < seconds <= 48 * 3600 for seconds in marks)


async def test_a_mark_counts_once_in_whatever_batch_and_process(address: str, opened: Open) -> None:
    one, other = opened(address), opened(address)
    await one.write(batch(entry(once=MARK), entry(END, once=MARK), entry(once=MARK)))
    for number, counts in enumerate((one, other, opened(address)), 2):
        later = DAY + timedelta(days=1)
        marked = entry(once=MARK, day=later)
        await counts.write(batch(marked, entry(), entry(once=os.urandom(16)), number=number))

    assert sums(await one.read(None)) == {"start": 7}


async def test_a_batch_that_is_brought_again_adds_nothing(address: str, opened: Open) -> None:
    counts, other = opened(address), opened(address)
    for _ in range(3):
        await counts.write(batch(entry(), number=1))
    for _ in range(3):
        await counts.write(batch(entry(), entry(), number=2))
    # Another process has batches of its own.
    await other.write(batch(entry(), number=2))
    assert sums(await counts.read(None)) == {"start": 4}


async def test_a_first_try_that_arrives_late_adds_nothing(address: str, opened: Open) -> None:
    counts = opened(address)
    late = batch(entry(), number=1)
    await counts.write(late)
    await counts.write(batch(entry(), number=2))
    counts._number, counts._last = 1, late.id
    await counts.write(late)
    assert sums(await counts.read(None)) == {"start": 2}


async def test_several_write_at_the_same_time(address: str, opened: Open) -> None:
    async def write(counts: RedisCounts) -> None:
        for number in range(100):
            once = number.to_bytes(16)
            await counts.write(batch(entry(), entry(END, once=once), number=number))

    await asyncio.gather(*(write(opened(address)) for _ in range(4)))
    assert sums(await opened(address).read(None)) == {
        "start": 400,
        "zelfcheck_afgerond": 100,
        "uitkomst geen": 100,
    }


async def test_much_at_once(address: str, opened: Open) -> None:
    counts = opened(address)
    entries = [entry(once=os.urandom(16)) for _ in range(5_000)]
    await counts.write(batch(*entries, number=1))
    await counts.write(batch(*entries, entry(END), number=2))
    assert sums(await counts.read(None)) == {
        "start": 5_000,
        "zelfcheck_afgerond": 1,
        "uitkomst geen": 1,
    }


class Line:
    """A line to a server on which answers get lost."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.loses = False
        self.ends = 0

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.ends += 1
        answers, asks = await asyncio.open_connection(HOST, self._port)
        both = [
            asyncio.create_task(self._pass_on(reader, asks)),
            asyncio.create_task(self._pass_back(answers, writer)),
        ]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for task in both:
            task.cancel()
        for end in (asks, writer):
            end.close()
            await end.wait_closed()
        self.ends -= 1

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.read(10_000):
            writer.write(asked)

    async def _pass_back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (answer := await reader.read(10_000)) and not self.loses:
            writer.write(answer)


async def test_a_batch_of_which_the_answer_was_lost_counts_once(
    address: str, valkey: Valkey, opened: Open
) -> None:
    line = Line(valkey.port)
    async with await asyncio.start_server(line.join, HOST, 0) as server:
        counts = opened(f"redis://{HOST}:{server.sockets[0].getsockname()[1]}")
        await counts.write(batch(entry(), number=1))
        for number in range(2, 6):
            line.loses = True
            assert await why(counts, number) == "unreachable"
            with valkey.client() as client:
                assert client.hvals(SUMS) == [b"%d" % number]
            line.loses = False
            assert await why(counts, number) == ""
        assert sums(await counts.read(None)) == {"start": 5}
        await counts.close()
        await until(lambda: line.ends == 0)


@pytest.mark.usefixtures("hurried")
async def test_a_server_that_hangs_and_goes_on_later(opened: Open) -> None:
    with Valkey() as server:
        counts = opened(server.address)
        assert await why(counts, 1) == ""
        server.pause()
        assert await why(counts, 2) == "unreachable"
        with pytest.raises(CountsUnavailable, match="unreachable"):
            await counts.read(None)
        server.resume()
        # Both tries may arrive now.
        assert await why(counts, 2) == ""
        assert sums(await counts.read(None)) == {"start": 2}


@pytest.mark.parametrize("end", [Valkey.stop, Valkey.kill])
async def test_a_server_that_writes_to_disk_may_be_restarted(
    end: Callable[[Valkey], None], tmp_path: Path, opened: Open
) -> None:
    with Valkey(folder=tmp_path, appendonly="yes", appendfsync="always") as server:
        counts = opened(server.address)
        for number in range(1, 4):
            await counts.write(batch(entry(once=b"%d" % number), number=number))
            end(server)
            assert await why(counts, 10 + number) == "unreachable"
            server.start()
            await counts.write(batch(entry(), number=10 + number))
        await counts.write(batch(entry(once=b"1"), number=99))
        assert sums(await counts.read(None)) == {"start": 6}


async def test_it_may_start_later_than_we_do(opened: Open) -> None:
    server = Valkey()
    counts = opened(server.address)
    assert await why(counts) == "unreachable"
    with server:
        assert await why(counts) == ""
        assert sums(await counts.read(None)) == {"start": 1}


def fill(client: Redis) -> None:
    client.config_set("maxmemory", "1")


def make_room(client: Redis) -> None:
    client.config_set("maxmemory", "0")


def only_to_be_read_from(client: Redis) -> None:
    client.config_set("replica-serve-stale-data", "yes")
    client.replicaof(HOST, str(free_port()))


def to_be_written_to(client: Redis) -> None:
    client.replicaof("NO", "ONE")


def cannot_save(client: Redis) -> None:
    (Path(str(client.config_get("dir")["dir"])) / "dump.rdb").mkdir()
    client.config_set("save", "3600 1")
    client.bgsave()
    while client.info("persistence")["rdb_last_bgsave_status"] == "ok":
        pass


def saves_nothing(client: Redis) -> None:
    client.config_set("save", "")


def needs_a_copy(client: Redis) -> None:
    client.config_set("min-replicas-to-write", "1")


def needs_none(client: Redis) -> None:
    client.config_set("min-replicas-to-write", "0")


def forbid(client: Redis) -> None:
    client.acl_setuser("default", enabled=True, nopass=True, commands=["+@all", "-eval"])


def allow(client: Redis) -> None:
    client.acl_setuser("default", enabled=True, nopass=True, commands=["+@all"])


HARMS: dict[Harm, tuple[str, Harm]] = {
    fill: ("full", make_room),
    cannot_save: ("full", saves_nothing),
    only_to_be_read_from: ("read_only", to_be_written_to),
    needs_a_copy: ("read_only", needs_none),
    forbid: ("read_only", allow),
}


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
async def test_what_it_refuses_has_a_reason_and_leaves_nothing_half(
    harm: Harm, opened: Open
) -> None:
    reason, heal = HARMS[harm]
    with Valkey(maxmemory_policy="noeviction") as server, server.client() as client:
        counts = opened(server.address)
        await counts.write(batch(entry(), number=1))
        harm(client)
        for _ in range(2):
            assert await why(counts, 2) == reason
        assert sums(await counts.read(None)) == {"start": 1}
        heal(client)
        assert await why(counts, 2) == ""
        assert sums(await counts.read(None)) == {"start": 2}


FIELD = "\ttelegram\tstart\t"
STRANGE: dict[str, Callable[[Redis], object]] = {
    "no set": lambda client: client.set(DAYS, "x"),
    "no hash": lambda client: client.set(SUMS, "x"),
    "no number": lambda client: client.hset(SUMS, FIELD, "many"),
    "half a number": lambda client: client.hset(SUMS, FIELD, "1.5"),
    "a number that is too long": lambda client: client.hset(SUMS, FIELD, "9" * 18),
    "below zero": lambda client: client.hset(SUMS, FIELD, "-1"),
}


@pytest.mark.parametrize("name", STRANGE)
async def test_what_somebody_else_put_there_stays(
    name: str, address: str, valkey: Valkey, opened: Open
) -> None:
    counts = opened(address)
    await counts.write(batch(entry(END), number=1))
    with valkey.client() as client:
        for key in (DAYS, SUMS):
            if name.startswith("no set" if key == DAYS else "no hash"):
                client.delete(key)
        before = {key: client.dump(key) for key in client.scan_iter()}
        STRANGE[name](client)
        changed = {key: client.dump(key) for key in client.scan_iter()}
        marked = batch(entry(END, once=MARK), entry(once=os.urandom(16)), number=2)
        for _ in range(2):
            with pytest.raises(CountsUnavailable, match="strange"):
                await counts.write(marked)
        assert {key: client.dump(key) for key in client.scan_iter()} == changed

        client.flushall()
        for key, value in before.items():
            client.restore(key, 0, value)
        client.sadd(DAYS, str(DAY))
        await counts.write(marked)
    expected = {"start": 1, "zelfcheck_afgerond": 2, "uitkomst geen": 2}
    if name == "no hash":
        expected = {"start": 1, "zelfcheck_afgerond": 1, "uitkomst geen": 1}
    assert sums(await counts.read(None)) == expected


@pytest.mark.parametrize(
    ("day", "field", "number"),
    [
        ("someday", FIELD, "1"),
        (str(DAY), "start", "1"),
        (str(DAY), FIELD, "many"),
        (str(DAY), b"\xff\t\t\t", "1"),
        (b"\xff", FIELD, "1"),
    ],
)
async def test_sums_that_we_never_wrote_are_strange(
    day: str | bytes, field: str | bytes, number: str, address: str, valkey: Valkey, opened: Open
) -> None:
    with valkey.client() as client:
        client.sadd(DAYS, day)
        name = day if isinstance(day, bytes) else day.encode()
        client.hset(f"{PREFIX}counts:sums:".encode() + name, field, number)
    with pytest.raises(CountsUnavailable, match="strange"):
        await opened(address).read(None)


async def test_a_wrong_password_is_never_shown(opened: Open) -> None:
    with Valkey(password="right") as server:
        assert await why(opened(server.address)) == ""
        for name in (f":{SECRET}@", ""):
            counts = opened(f"redis://{name}{HOST}:{server.port}")
            with pytest.raises(CountsUnavailable) as refused:
                await counts.write(batch(entry()))
            assert str(refused.value) == "unreachable"
            assert refused.value.__suppress_context__


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("hangs_up", [True, False])
@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"$-7\r\nx\r\n", b"*1\r\n" * 20_000, b"-\r\n", b"\xff"],
    ids=["a web server", "a length below zero", "lists in lists", "no words", "nonsense"],
)
async def test_whatever_answers_nothing_else_comes_out(
    answer: bytes, hangs_up: bool, opened: Open
) -> None:
    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(10_000):
                writer.write(answer)
                await writer.drain()
                if hangs_up:
                    break
        except ConnectionError:
            pass
        writer.close()

    async with await asyncio.start_server(reply, HOST, 0) as server:
        counts = opened(f"redis://{HOST}:{server.sockets[0].getsockname()[1]}")
        assert await why(counts) in ("unreachable", "strange")
        with suppress(CountsUnavailable):
            assert await counts.read(None) == ()
        await counts.close()
