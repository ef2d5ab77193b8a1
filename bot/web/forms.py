"""Forms and queries, within limits: a stranger may send anything, of any size, at any pace."""

import asyncio
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LARGEST_BODY = 8192  # bytes
_LONGEST_QUERY = 4096  # bytes; eight answers need less than 300
_MOST_FIELDS = 50
_PATIENCE = 10.0  # seconds
_FORM = "application/x-www-form-urlencoded"


async def read_form(request: Request) -> dict[str, str]:
    """The first value of each field. Raises HTTPException 408, 413 or 422."""
    kind = request.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if kind != _FORM:
        raise HTTPException(422)
    try:
        async with asyncio.timeout(_PATIENCE):
            body = await _body(request)
    except TimeoutError:
        raise HTTPException(408) from None
    return dict(reversed(_pairs(body.decode("utf-8", "replace"))))


def read_query(request: Request) -> list[tuple[str, str]]:
    """What stands behind the question mark, in order. Raises HTTPException 414 or 422."""
    query: bytes = request.scope["query_string"]
    if len(query) > _LONGEST_QUERY:
        raise HTTPException(414)
    return _pairs(query.decode("latin-1"))


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise HTTPException(422) from None


async def _body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced[:12]) > _LARGEST_BODY:
        raise HTTPException(413)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise HTTPException(413)
    return body
