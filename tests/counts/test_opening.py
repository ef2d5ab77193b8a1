"""An address becomes a place for the counts, and a process starts whatever is wrong with it."""

import sys
from pathlib import Path

import pytest

from bot.counts.opening import counts_store
from bot.counts.redis_counts import RedisCounts
from bot.counts.sqlite_counts import SqliteCounts
from bot.settings import WrongSetting
from tests.botapi.server import BotApiServer
from tests.telegram.process import BotProcess
from tests.valkey import HOST, free_port

SECRETS = ("geheim-van-de-store", "geheim-van-de-tellingen")


def test_an_address_names_a_place(tmp_path: Path) -> None:
    assert counts_store("") is None
    assert isinstance(counts_store(str(tmp_path / "counts.sqlite3")), SqliteCounts)
    for address in ("redis://host:6379/0", "rediss://host", "unix:///run/valkey.sock"):
        assert isinstance(counts_store(address), RedisCounts)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["redis://:geheim@", "redis://host?retry=geheim", "unix://"])
def test_an_address_that_can_never_work_is_refused_without_showing_it(address: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        counts_store(address)
    assert (refused.value.name, refused.value.why) == ("COPRO_COUNTS", "bad_counts")
    assert refused.value.__suppress_context__


def test_without_the_package_a_server_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.counts.redis_counts", None)
    with pytest.raises(WrongSetting) as refused:
        counts_store("redis://host")
    assert (refused.value.name, refused.value.why) == ("COPRO_COUNTS", "store_extra_absent")


def test_a_process_starts_and_ends_without_its_place() -> None:
    store, counts = (f"redis://:{secret}@{HOST}:{free_port()}" for secret in SECRETS)
    with (
        BotApiServer() as server,
        BotProcess(server, "serve", None, COPRO_STORE=store, COPRO_COUNTS=counts) as bot,
    ):
        bot.until_ready()
        bot.until(lambda process: "cannot be written (unreachable)" in process.log)
        assert bot.terminate() == 0
        assert all(secret not in bot.log for secret in SECRETS)
        assert "Traceback" not in bot.log
