"""What the Bot API of the benchmarks answers: always the same, and that it worked."""

import json

TOKEN = "123456:BENCH"
PUBLIC_URL = "https://bench.example"
WEBHOOK = f"{PUBLIC_URL}/telegram"
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
_MESSAGE = {
    "message_id": 2,
    "date": 1,
    "chat": {"id": 7, "type": "private", "first_name": "A"},
    "from": BOT,
    "text": "x" * 300,
}
_RESULTS: dict[str, object] = {
    "getMe": BOT,
    "sendMessage": _MESSAGE,
    "editMessageText": _MESSAGE,
    "getWebhookInfo": {
        "url": WEBHOOK,
        "has_custom_certificate": False,
        "pending_update_count": 0,
    },
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
    "getChatMenuButton": {"type": "commands"},
}
SHOWING = ("sendMessage", "editMessageText")  # the calls that a person sees


def _written(result: object) -> bytes:
    # Without spaces, as Telegram writes it.
    return json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode()


_ANSWERS = {method: _written(result) for method, result in _RESULTS.items()}
_DONE = _written(True)


def answer(method: str) -> bytes:
    return _ANSWERS.get(method, _DONE)
