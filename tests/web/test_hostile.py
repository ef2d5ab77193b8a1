"""Whatever a stranger sends, the answer is a page, a way to a page of ours, or a clean refusal."""

import re
from collections.abc import Iterator
from urllib.parse import quote_from_bytes, urlencode

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.explained_address import KEYS
from bot.web.conversation import ANSWER, TYPED
from dialogues.flow import Flow
from tests.core.definition import OPTIONS, QUESTIONS
from tests.web.client import FORM, HOST, Client, composed
from tests.web.reading import Html
from tests.web.test_addresses import EXPLAINED, PATHS, STEPS, visited

REFUSALS = {404, 405, 413, 414, 422}
# A path of ours, and nothing that a browser could take for another site.
OURS = re.compile(r"/(?:[a-z0-9_-]+(?:/[a-z0-9_-]+)*/?)?(?:\?[A-Za-z0-9_=&%+.-]+)?")

paths = st.sampled_from([*PATHS, "/vragen", "/toegankelijkheid", "/uitkomst.pdf", "/static/x"])
any_bytes = st.binary(max_size=40)
any_paths = paths | st.builds("{}/{}".format, paths, any_bytes.map(quote_from_bytes))
keys = st.sampled_from([*QUESTIONS, "alle-vragen", "antwoord-op", "na-stap", *KEYS])
values = st.sampled_from([*OPTIONS, *QUESTIONS, *EXPLAINED, *STEPS])
known = st.lists(st.tuples(keys, values), max_size=10).map(urlencode).map(str.encode)
# All bytes that HTTP lets through in a target.
queries = known | st.binary(max_size=60).map(quote_from_bytes).map(str.encode)
fields = st.dictionaries(
    st.sampled_from([ANSWER, TYPED, *QUESTIONS]) | st.text(max_size=9),
    values | st.text(max_size=80),
    max_size=4,
).map(lambda pairs: urlencode(pairs).encode())
forms = fields | st.binary(max_size=120) | st.integers(0, 9000).map(lambda size: b"x" * size)
printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from([*FORM.values(), "multipart/form-data"]) | printable,
        "Host": st.sampled_from(["[::1]:8000", "a.nl", "<b>", "a.nl/x", "a@b"]) | printable,
        "Content-Encoding": st.sampled_from(["gzip", "br"]),
        "Accept-Encoding": st.sampled_from(["gzip", "gzip;q=0", "identity", "*"]),
        "Range": st.just("bytes=0-10"),
        "X-Forwarded-Host": st.just("evil.example"),
        "X-Forwarded-Proto": st.just("https"),
    },
)


@pytest.fixture(scope="module")
def client(flow: Flow) -> Iterator[Client]:
    with Client(composed(flow, lambda _: b"%PDF-")) as client:
        yield client


def address(path: str, query: bytes) -> httpx.URL:
    return httpx.URL(f"{HOST}{path}").copy_with(query=query or None)


def check(client: Client, answer: httpx.Response) -> None:
    assert "set-cookie" not in answer.headers
    if answer.status_code == 303:
        assert OURS.fullmatch(answer.headers["location"]), answer.headers["location"]
        answer = client.get(answer.headers["location"])
        assert answer.status_code == 200
    assert answer.status_code in {200, *REFUSALS}
    if answer.text and answer.headers["content-type"].startswith("text/html"):
        page = Html(answer.text)
        assert [len(page.all(tag)) for tag in ("h1", "main", "script")] == [1, 1, 1]
        assert all(OURS.fullmatch(form["action"]) for form in page.all("form"))


@given(any_paths, queries, headers)
@example("//evil.example", b"", {})
@example("//privacy", b"", {})
@example("/\\evil.example", b"", {})
@example("/%2f%2fevil.example", b"", {})
@example("/%5cevil.example/..", b"", {})
@example("/privacy//", b"na-stap=terug", {})
@example("/", b"%", {})
@example("/", b"&&&===;;;", {})
@example("/", b"%ed%a0%80=%ed%a0%80", {})
@example("/", b"na-stap=%0d%0aSet-Cookie:x", {})
@example("/zelfcheck/%0d%0aSet-Cookie:x", b"", {})
@settings(max_examples=200)
def test_any_address_gives_a_page_or_a_refusal(
    client: Client, path: str, query: bytes, headers: dict[str, str]
) -> None:
    check(client, client.ask("GET", address(path, query), headers=headers))


@given(any_paths, queries, forms, headers)
@example("/", b"", b"vraag=", {})
@example("/", b"", b"vraag=%00", {})
@example("/", b"", b"vraag=" + b"%f0" * 2000, {})
@example("/", b"", b"vraag=/start+zelfcheck", {})
@example("/zelfcheck", b"publieke_waarde=nee&alle-vragen=ja", b"vraag=ook+de+rest", {})
@example("/gestopt", b"", b"vraag=//evil.example", {})
@settings(max_examples=200)
def test_any_form_gives_a_page_or_a_refusal(
    client: Client, path: str, query: bytes, form: bytes, headers: dict[str, str]
) -> None:
    check(client, client.ask("POST", address(path, query), form, {**FORM, **headers}))


@given(st.sampled_from(PATHS), known, st.text(max_size=400))
def test_any_question_is_answered_or_given_back(
    client: Client, path: str, query: bytes, typed: str
) -> None:
    answer = client.ask("POST", address(path, query), urlencode({TYPED: typed}).encode(), FORM)

    check(client, answer)
    if answer.status_code == 422:
        (field,) = (i for i in Html(answer.text).all("input") if i["name"] == TYPED)
        assert field["value"] == typed
    elif answer.status_code == 303:
        # Nothing of what was typed is in it: only what the content knows.
        assert not visited(answer.headers["location"]).outdated


@given(
    st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
    | st.from_regex(r"[A-Za-z!#$%&'*+.^_`|~-]{1,20}", fullmatch=True),
    paths,
)
def test_any_method_gives_a_page_or_a_refusal(client: Client, method: str, path: str) -> None:
    answer = client.ask(method, path)

    check(client, answer)
    assert (answer.status_code == 405) == ("allow" in answer.headers)


@given(printable.filter(lambda host: not re.fullmatch(r"[A-Za-z0-9.:\[\]-]*", host)))
@example("evil.example/<script>")
@example('"><img src=x>')
@example("user@evil.example")
def test_a_host_that_is_none_is_in_no_page(client: Client, host: str) -> None:
    page = Html(client.get("/uitkomst?publieke_waarde=nee", {"Host": host}).text)

    assert page.meta("og:image") == ""
    # The link to share is then one within this site.
    assert "/uitkomst?publieke_waarde=nee" in page.text.split()
