"""The operator's manual names every setting and figure, and its examples can be used."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.metrics import Metrics
from bot.settings import log_level, service_settings, telegram_settings, web_settings
from bot.stopping import LINGER
from bot.web.run import LAST_REQUESTS
from tests.docs.markdown import README, ROOT, documents, rows, section
from tests.docs.program import help_of

MANUAL = ROOT / "docs" / "beheer.md"
EXAMPLES = ROOT / "docs" / "beheer"
_VARIABLE = re.compile(r"\bCOPRO_[A-Z_]*[A-Z]\b")
_FIGURE = re.compile(r"\bcoproductiewijzer_[a-z_]+")


def _settings() -> list[dict[str, str]]:
    return list(rows(section(MANUAL, "## Instellingen")))


def _in_code(cell: str) -> str:
    """The first piece of code in a cell, or nothing."""
    found = re.match(r"`([^`]+)`", cell)
    return found[1] if found else ""


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _variables(*paths: Path) -> set[str]:
    return {name for path in paths for name in _VARIABLE.findall(_text(path))}


EXPLAINED = {_in_code(row["Variabele"]) for row in _settings()}


def test_every_variable_is_explained_and_no_other() -> None:
    assert _variables(*(ROOT / "bot").rglob("*.py")) == EXPLAINED


def test_no_document_or_example_has_a_variable_that_is_none() -> None:
    others = [*documents(), *EXAMPLES.iterdir(), ROOT / "Dockerfile"]

    assert _variables(*others) <= EXPLAINED


def test_every_option_of_the_services_is_explained_and_no_other() -> None:
    options = set(re.findall(r"^ +(--[a-z-]+)", help_of("serve").stdout, re.MULTILINE))

    assert options == {_in_code(row["Optie"]) for row in _settings()} - {""}


def test_the_defaults_are_those_of_the_program() -> None:
    defaults = {_in_code(row["Variabele"]): _in_code(row["Standaard"]) for row in _settings()}

    assert telegram_settings({}, {}) == telegram_settings(defaults, {})
    assert web_settings({}, {}, date.min) == web_settings(defaults, {}, date.min)
    assert service_settings({}, {}) == service_settings(defaults, {})
    assert log_level({}, {}) == log_level(defaults, {})
    assert len([default for default in defaults.values() if default]) == 8


def test_the_readme_leads_to_the_manual() -> None:
    assert "(docs/beheer.md)" in _text(README)


def test_every_figure_is_explained_and_the_alarms_look_at_no_other() -> None:
    shown = re.findall(r"^# HELP (coproductiewijzer_\w+)", Metrics().text().decode(), re.MULTILINE)
    explained = {_in_code(row["Cijfer"]) for row in rows(_text(MANUAL)) if "Cijfer" in row}
    watched = _FIGURE.findall(_text(EXAMPLES / "alarmen.yaml"))

    assert set(shown) == explained
    assert {name.removesuffix("_bucket") for name in watched} <= explained


def test_every_kind_of_error_is_explained() -> None:
    counted = re.findall(r'errors_total{kind="(\w+)"}', Metrics().text().decode())
    explained = {_in_code(row["Soort fout"]) for row in rows(_text(MANUAL)) if "Soort fout" in row}

    assert set(counted) == explained


@pytest.mark.parametrize("name", ["compose.yaml", "prometheus.yaml", "alarmen.yaml"])
def test_the_examples_are_yaml(name: str) -> None:
    assert yaml.safe_load(_text(EXAMPLES / name))


def test_each_process_of_the_example_has_the_time_to_end() -> None:
    compose = yaml.safe_load(_text(EXAMPLES / "compose.yaml"))
    processes = [one for one in compose["services"].values() if one.get("command") == "serve"]
    [unit] = EXAMPLES.glob("*.service")

    assert len(processes) == 2
    given = [float(one["stop_grace_period"].removesuffix("s")) for one in processes]
    assert (
        min(*given, float(re.findall(r"TimeoutStopSec=(\d+)", _text(unit))[0]))
        > LINGER + LAST_REQUESTS
    )


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not here")
def test_haproxy_takes_its_example(tmp_path: Path) -> None:
    # The certificate is the operator's.
    plain = re.sub(r"(bind :8443).*", r"\1", _text(EXAMPLES / "haproxy.cfg"))
    (tmp_path / "haproxy.cfg").write_text(plain, encoding="utf-8")
    done = subprocess.run(
        ["haproxy", "-c", "-f", str(tmp_path / "haproxy.cfg")], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    for line in ("option httpchk GET /klaar", "default-server check inter 500ms fastinter 200ms"):
        assert line in _text(EXAMPLES / "haproxy.cfg")
        assert line in _text(MANUAL)
