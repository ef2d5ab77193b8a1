"""Direct calls on the emulated Bot API, for tests of one method."""

from typing import Any

from tests.botapi.api import BotApi


def refusal(api: BotApi, method: str, **params: object) -> str:
    """Make a call that must be refused, and return why, without "Bad Request: "."""
    status, body = api.handle(method, params)
    assert status == 400, body
    assert body["error_code"] == 400
    return str(body["description"]).removeprefix("Bad Request: ")


def result(api: BotApi, method: str, **params: object) -> Any:  # noqa: ANN401  # any JSON
    """Make a call that must succeed, and return its result."""
    status, body = api.handle(method, params)
    assert status == 200, body
    return body["result"]
