"""Both processes are replaced, one after the other, while people go on: nobody may notice."""

import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

import httpx
import pytest

from tests.core.definition import QUESTIONS
from tests.web.processes import HAPROXY, Pages, Proxy, until

PEOPLE = 5
# Everybody at full speed would only keep the machine from starting the new processes.
THINKING = 0.02  # seconds before each request
# As the README recommends it, but without second chances, which would hide what is lost.
BACKEND = """\
    option httpchk GET /klaar
    default-server check inter 500ms fastinter 200ms fall 2 rise 2
    retries 0
"""
_NO_LOSS = ("econ", "eresp", "wretr", "wredis")


class Person:
    """Does the self-check again and again; ``failures`` is what should not have happened."""

    def __init__(self, url: str, *, new_line_each_time: bool) -> None:
        self._client = httpx.Client(base_url=url, timeout=20)
        if new_line_each_time:
            self._client.headers["Connection"] = "close"
        self.answers: Counter[str] = Counter()
        self.failures: list[str] = []

    def talk(self, enough: Event) -> None:
        while not enough.is_set():
            try:
                self._check()
            except (httpx.HTTPError, AssertionError) as error:
                self.failures.append(repr(error))
        self._client.close()

    def _check(self) -> None:
        self._ask("GET", "/")
        address = f"/zelfcheck/{QUESTIONS[0]}"
        while address.startswith("/zelfcheck/"):
            self._ask("GET", address)
            address = self._ask("POST", address, {"antwoord": "ja"}).headers["location"]
        assert "coproductie" in self._ask("GET", address).text

    def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> httpx.Response:
        time.sleep(THINKING)
        answer = self._client.request(method, address, data=form)
        assert answer.status_code == (303 if form else 200), (method, address, answer)
        self.answers[method] += 1
        return answer


@contextmanager
def people(url: str) -> Iterator[list[Person]]:
    """They talk until the end of the block."""
    enough = Event()
    everyone = [Person(url, new_line_each_time=number == 0) for number in range(PEOPLE)]
    threads = [Thread(target=person.talk, args=(enough,)) for person in everyone]
    for thread in threads:
        thread.start()
    try:
        yield everyone
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def is_up(proxy: Proxy, name: str) -> bool:
    server = proxy.seen()[name]
    # It takes a server for up until it has looked.
    return server["status"] == "UP" and server["check_status"] == "L7OK"


def served(proxy: Proxy, name: str) -> int:
    return int(proxy.seen()[name]["stot"])


def has_served(proxy: Proxy, name: str, requests: int) -> bool:
    return served(proxy, name) >= requests


@pytest.mark.skipif(HAPROXY is None, reason="haproxy is not installed")
def test_not_one_request_fails_while_both_processes_are_replaced(tmp_path: Path) -> None:
    with Pages(tmp_path / "one.log") as one, Pages(tmp_path / "two.log") as two:
        pages = {"one": one, "two": two}
        servers = [f"    server {name} {page.address}\n" for name, page in pages.items()]
        with Proxy(tmp_path, BACKEND + "".join(servers)) as proxy:
            until((tmp_path / "stats").exists)
            for name in pages:
                until(partial(is_up, proxy, name))
            with people(proxy.url) as everyone:
                for name, page in [*pages.items(), *pages.items()]:
                    until(partial(has_served, proxy, name, 20 + served(proxy, name)))
                    page.tell(signal.SIGTERM)
                    assert page.ended() == 0
                    assert not is_up(proxy, name)
                    page.start()
                    until(partial(is_up, proxy, name))
            losses = {name: [proxy.seen()[name][kind] for kind in _NO_LOSS] for name in pages}

    assert [person.failures for person in everyone] == [[]] * PEOPLE
    assert all(
        min(person.answers[method] for method in ("GET", "POST")) > 20 for person in everyone
    )
    assert losses == dict.fromkeys(pages, ["0"] * len(_NO_LOSS))
    assert "Traceback" not in one.log + two.log
