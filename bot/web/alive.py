"""``python -m bot.web.alive``: whether the process in this container still answers.

For the health check of the image, which does not know what the container was asked to do. Where
nobody listens there is nothing to ask, as with a chat; that it runs is all there is to know then. A
process that serves listens from its start to its end, so when it hangs, it takes the
connection and does not answer.
"""

import os
import sys
from http.client import HTTPConnection, HTTPException

_PATIENCE = 3.0  # seconds


def _answers(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        line.request("GET", "/gezond")
        return line.getresponse().status == 200
    except ConnectionRefusedError:
        return True
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def main() -> int:
    """The exit status: 0 when all is well, 1 when the process hangs."""
    pages = os.environ.get("COPRO_WEB_PORT") or "8000"
    figures = os.environ.get("COPRO_METRICS_PORT") or pages
    return 0 if _answers(int(pages)) and _answers(int(figures)) else 1


if __name__ == "__main__":
    sys.exit(main())
