"""Opens the place of the counts that an address names."""

from pathlib import Path

from bot.counts.sqlite_counts import SqliteCounts
from bot.counts.store import CountStore
from bot.settings import WrongSetting

_SERVERS = ("redis://", "rediss://", "unix://")


def counts_store(address: str) -> CountStore | None:
    """None for no address: nothing is counted. Nothing is touched before the first call.

    Raises WrongSetting for an address that can never work, or without the package for it.
    """
    if not address:
        return None
    if not address.startswith(_SERVERS):
        return SqliteCounts(Path(address))
    try:
        # Only who wants it needs the package, and waits until it has been loaded.
        from bot.counts.redis_counts import RedisCounts
    except ImportError:
        raise WrongSetting("COPRO_COUNTS", "store_extra_absent") from None
    try:
        return RedisCounts(address)
    except ValueError:
        raise WrongSetting("COPRO_COUNTS", "bad_counts") from None
