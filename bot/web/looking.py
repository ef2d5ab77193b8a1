"""Whether somebody looks at the answer to a request."""

from starlette.requests import Request

_AHEAD = ("sec-purpose", "purpose")


def is_looked_at(request: Request) -> bool:
    """Not if a program only wants the headers, or a browser fetches what may be wanted later."""
    ahead = any("prefetch" in request.headers.get(name, "").lower() for name in _AHEAD)
    return request.method == "GET" and not ahead
