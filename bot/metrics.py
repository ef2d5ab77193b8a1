"""What a process counts and times, in the form that Prometheus reads.

A label says what part of the program it is about, never anything about a person.
"""

from typing import Literal, get_args

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE = CONTENT_TYPE_LATEST
Channel = Literal["telegram", "web"]
Failure = Literal["update", "unreadable", "telegram", "store", "counts", "page", "profile"]
_PREFIX = "coproductiewijzer"
# From a turn that is only computed to one that waits for a Telegram that is slow.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

# A line more for each of the others, with a moment that process_start_time_seconds tells as well.
disable_created_metrics()  # type: ignore[no-untyped-call]  # the library left this one out


class Metrics:
    """One for each process; it always counts, whether somebody looks or not."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        turns = Counter(
            f"{_PREFIX}_turns_total",
            "Turns that were answered; on the web each request for a page or with a form.",
            ("channel",),
            registry=self._registry,
        )
        durations = Histogram(
            f"{_PREFIX}_turn_duration_seconds",
            "Time from the arrival of what a person did until it was answered.",
            ("channel",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        errors = Counter(
            f"{_PREFIX}_errors_total",
            "What went wrong, by kind.",
            ("kind",),
            registry=self._registry,
        )
        self._told_to_wait = Counter(
            f"{_PREFIX}_telegram_too_many_requests_total",
            "Calls that Telegram answered with 429, a request to wait.",
            registry=self._registry,
        )
        self._in_hand = Gauge(
            f"{_PREFIX}_updates_in_hand",
            "Updates of Telegram that are being handled or wait for that.",
            registry=self._registry,
        )
        ProcessCollector(registry=self._registry)
        # To look a label up costs as much as to count, and this way each stands at zero at first.
        self._turns = {name: turns.labels(name).inc for name in get_args(Channel)}
        self._durations = {name: durations.labels(name).observe for name in get_args(Channel)}
        self._errors = {name: errors.labels(name).inc for name in get_args(Failure)}

    def turn(self, channel: Channel, seconds: float) -> None:
        """Somebody did something and was answered after so many seconds."""
        self._turns[channel]()
        self._durations[channel](seconds)

    def failed(self, kind: Failure) -> None:
        """Something went wrong, whether or not a person noticed."""
        self._errors[kind]()

    def told_to_wait(self) -> None:
        """Telegram asked for patience."""
        self._told_to_wait.inc()

    def in_hand(self, change: int) -> None:
        """So many updates more are in hand; fewer when it is negative."""
        self._in_hand.inc(change)

    def text(self) -> bytes:
        """All of it, as ``CONTENT_TYPE`` says."""
        return generate_latest(self._registry)
