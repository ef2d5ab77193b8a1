"""What is counted, in the form that Prometheus reads, and nothing about a person."""

import re
from typing import get_args

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Channel, Failure, Metrics

OURS = "coproductiewijzer_"


def families(metrics: Metrics) -> dict[str, Metric]:
    return {one.name: one for one in text_string_to_metric_families(metrics.text().decode())}


def samples(metrics: Metrics) -> dict[tuple[str, str], float]:
    """The values by name and by the value of the label that is not a bucket."""
    return {
        (sample.name, "".join(text for label, text in sample.labels.items() if label != "le")): (
            sample.value
        )
        for family in families(metrics).values()
        for sample in family.samples
    }


def test_everything_stands_at_zero_at_first() -> None:
    values = {key: value for key, value in samples(Metrics()).items() if key[0].startswith(OURS)}

    assert set(values.values()) == {0}
    assert {label for name, label in values if name == f"{OURS}errors_total"} == {
        *get_args(Failure)
    }
    assert {label for name, label in values if name == f"{OURS}turns_total"} == {*get_args(Channel)}


def test_what_happens_is_counted() -> None:
    metrics = Metrics()
    metrics.turn("web", 0.004)
    metrics.turn("web", 0.02)
    metrics.turn("telegram", 40)
    metrics.failed("store")
    metrics.told_to_wait()
    metrics.in_hand(3)
    metrics.in_hand(-1)

    values = samples(metrics)
    assert values[f"{OURS}turns_total", "web"] == 2
    assert values[f"{OURS}turns_total", "telegram"] == 1
    assert values[f"{OURS}turn_duration_seconds_count", "web"] == 2
    assert values[f"{OURS}turn_duration_seconds_sum", "web"] == 0.024
    assert values[f"{OURS}errors_total", "store"] == 1
    assert values[f"{OURS}errors_total", "page"] == 0
    assert values[f"{OURS}telegram_too_many_requests_total", ""] == 1
    assert values[f"{OURS}updates_in_hand", ""] == 2


def test_a_turn_falls_into_the_bucket_of_its_duration() -> None:
    metrics = Metrics()
    for seconds in (0.0009, 0.3, 29, 31):
        metrics.turn("web", seconds)

    below = {
        sample.labels["le"]: sample.value
        for sample in families(metrics)[f"{OURS}turn_duration_seconds"].samples
        if sample.name.endswith("_bucket") and sample.labels["channel"] == "web"
    }
    assert (below["0.001"], below["0.25"], below["0.5"]) == (1, 1, 2)
    assert (below["10.0"], below["30.0"], below["+Inf"]) == (2, 3, 4)


def test_two_do_not_count_for_each_other() -> None:
    one, other = Metrics(), Metrics()
    one.told_to_wait()

    assert samples(other)[f"{OURS}telegram_too_many_requests_total", ""] == 0


def test_the_process_is_measured_too() -> None:
    values = samples(Metrics())

    assert values["process_resident_memory_bytes", ""] > 1_000_000
    assert values["process_start_time_seconds", ""] > 1_600_000_000
    assert values["process_open_fds", ""] > 0


def test_names_and_explanations_follow_the_rules_of_prometheus() -> None:
    metrics = Metrics()
    metrics.turn("web", 1)

    for family in families(metrics).values():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", family.name)
        assert family.name.startswith((OURS, "process_"))
        assert family.documentation.endswith(".")
        for sample in family.samples:
            assert set(sample.labels) <= {"channel", "kind", "le"}
            # The moment at which each began to count would be a family more for each of them.
            assert not sample.name.endswith("_created")
