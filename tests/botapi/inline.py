"""The method that answers what somebody types behind the bot's name, in any chat."""

import time
from dataclasses import dataclass

from tests.botapi import rules
from tests.botapi.chats import Chats
from tests.botapi.methods import Method, method
from tests.botapi.parameters import Json, Params
from tests.botapi.rules import RefusedError, bad_request

MAX_RESULTS = 50
_MAX_ID_BYTES = 64
_MAX_OFFSET_BYTES = 64
# Fields of an article, and of the text that it is sent as.
_ARTICLE = frozenset(
    {
        "type",
        "id",
        "title",
        "input_message_content",
        "reply_markup",
        "url",
        "description",
        "thumbnail_url",
        "thumbnail_width",
        "thumbnail_height",
    }
)
_TEXT = frozenset({"message_text", "parse_mode", "entities", "link_preview_options"})


@dataclass
class InlineMethods:
    """Knows articles alone: other kinds of results are not emulated. Times are in seconds."""

    state: Chats
    query_lifetime: float

    def table(self) -> dict[str, Method]:
        """Return the methods by name."""
        parameters = "inline_query_id results cache_time is_personal next_offset button"
        return {"answerInlineQuery": method(self._answer, parameters)}

    def _answer(self, params: Params) -> bool:
        results = self._results(params)
        cache_time = params.get("cache_time", 300)
        if not isinstance(cache_time, int) or cache_time < 0:
            raise bad_request("wrong cache time")
        if len(rules.text_of(params, "next_offset").encode()) > _MAX_OFFSET_BYTES:
            raise bad_request("NEXT_OFFSET_INVALID")
        if not results:
            self.state.violations.append("an inline query got no results")
        query = self.state.inline_queries.get(str(params.get("inline_query_id", "")))
        if query and query.answer is not None:
            self.state.violations.append(f"inline query {query.id} was answered twice")
        if (
            query is None
            or query.answer is not None
            or time.monotonic() - query.asked > self.query_lifetime
        ):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        query.answer = params | {"results": results}
        return True

    def _results(self, params: Params) -> list[Json]:
        given = params.get("results")
        if not isinstance(given, list):
            raise bad_request("can't parse inline query results JSON array")
        if len(given) > MAX_RESULTS:
            raise bad_request("RESULTS_TOO_MUCH")
        results = [self._article(result) for result in given]
        if len({result["id"] for result in results}) < len(results):
            raise bad_request("RESULT_ID_DUPLICATE")
        return results

    def _article(self, result: object) -> Json:
        if not isinstance(result, dict):
            raise _wrong_result("InlineQueryResult must be an Object")
        if result.get("type") != "article":
            raise _wrong_result("type of the result is not emulated")
        for name in ("id", "title"):
            if not isinstance(result.get(name), str):
                raise _wrong_result(f'Can\'t find field "{name}"')
        if not 1 <= len(result["id"].encode()) <= _MAX_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if not result["title"].strip():
            raise bad_request("ARTICLE_TITLE_EMPTY")
        content = result.get("input_message_content")
        if not isinstance(content, dict):
            raise _wrong_result("input message content is not specified")
        self._unknown(result.keys() - _ARTICLE)
        self._unknown(content.keys() - _TEXT)
        # Sent by a person it is a message like any other.
        accepted = rules.message_text(content | {"text": content.get("message_text", "")})
        keyboard = rules.inline_keyboard(result)
        return result | {"shown": accepted.text, "keyboard": keyboard}

    def _unknown(self, names: set[str]) -> None:
        self.state.violations.extend(f"unknown field of a result: {one}" for one in sorted(names))


def _wrong_result(reason: str) -> RefusedError:
    return bad_request(f"can't parse inline query result: {reason}")
