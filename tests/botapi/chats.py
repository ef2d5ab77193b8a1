"""The state of the emulated server: chats, their messages, callback queries and updates.

JSON objects are never changed in place but replaced, so that an answer that was handed out
keeps saying what was true at that moment.
"""

import copy
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.botapi.parameters import Json, Upload
from tests.botapi.rules import Content, RefusedError, bad_request

FIRST_UPDATE_ID = 100_000_001


@dataclass
class Message:
    """A message as the chat holds it now.

    `fixed` says that it can be neither edited nor deleted any more.
    """

    json: Json
    source: str = ""
    upload: Upload | None = None
    edits: int = 0
    fixed: bool = False

    @property
    def id(self) -> int:
        """Number of the message within its chat."""
        return int(self.json["message_id"])

    @property
    def rows(self) -> list[list[Json]]:
        """Rows of inline buttons, empty without a keyboard."""
        rows: list[list[Json]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    def replace_content(self, content: Content, keyboard: Json | None) -> None:
        """Give the message another text and keyboard, as an edit by the bot does."""
        kept = {
            name: value for name, value in self.json.items() if name not in {"text", "entities"}
        }
        self.json = kept | content.fields("text")
        self.source = content.source
        self.replace_keyboard(keyboard)

    def replace_keyboard(self, keyboard: Json | None) -> None:
        """Give the message another keyboard, or none."""
        kept = {name: value for name, value in self.json.items() if name != "reply_markup"}
        self.json = kept | ({"reply_markup": keyboard} if keyboard else {})
        self.json["edit_date"] = int(time.time())
        self.edits += 1


@dataclass
class Chat:
    """A conversation between the bot and others."""

    json: Json
    blocked: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0

    def add(self, sender: Json, content: Json) -> Message:
        """Put a message at the end of the chat."""
        self.last_message_id += 1
        head = {
            "message_id": self.last_message_id,
            "from": sender,
            "chat": self.json,
            "date": int(time.time()),
        }
        message = Message(head | content)
        self.messages[message.id] = message
        return message


@dataclass
class Query:
    """A tap on an inline button. `asked` is monotonic time in seconds."""

    id: str
    chat_id: int
    data: str
    asked: float
    answer: Json | None = None


@dataclass
class InlineQuery:
    """What a person typed behind the bot's name in some chat. `asked` as in a Query.

    `answer` holds the parameters of the answer, once there is one.
    """

    id: str
    text: str
    asked: float
    answer: Json | None = None


class Chats:
    """Everything the emulated server remembers. Take `lock` around compound work."""

    def __init__(self, bot: Json) -> None:
        self.lock = threading.RLock()
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        self.violations: list[str] = []
        self.allowed_updates: frozenset[str] | None = None
        self.webhook: Json | None = None
        self.webhook_error: Json = {}
        self.polls_started = 0
        self._updates: list[Json] = []
        self._last_update_id = FIRST_UPDATE_ID - 1
        self._wakers: set[Callable[[], object]] = set()

    def chat_for_bot(self, chat_id: object) -> Chat:
        """Return a chat the bot may write in; a RefusedError tells why it may not."""
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return chat

    def open_chat(self, json: Json) -> Chat:
        """Return the chat with this `id`, made known to the bot if it was not."""
        return self.chats.setdefault(json["id"], Chat(json))

    def add_update(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot did not ask for this kind."""
        with self.lock:
            if self.allowed_updates is not None and kind not in self.allowed_updates:
                return
            self._last_update_id += 1
            self._updates.append({"update_id": self._last_update_id, kind: payload})
            self.wake()

    def confirm(self, offset: int) -> None:
        """Forget updates like the `offset` of getUpdates: below it, or all but the last few."""
        with self.lock:
            following = self._last_update_id + 1
            # An offset from another server must not swallow updates that are yet to come.
            offset = following + offset if offset < 0 else min(offset, following)
            self._updates = [update for update in self._updates if update["update_id"] >= offset]

    def confirm_one(self, update_id: int) -> None:
        """Forget one update, as the answer of a webhook lets the server do."""
        with self.lock:
            self._updates = [one for one in self._updates if one["update_id"] != update_id]
            self.wake()

    def pending(self, limit: int = 100) -> list[Json]:
        """Return the oldest updates that were not confirmed."""
        with self.lock:
            return self._updates[:limit]

    @property
    def pending_count(self) -> int:
        """How many updates were not confirmed."""
        return len(self._updates)

    def take_updates(self) -> list[Json]:
        """Return and confirm every waiting update: what a bot without HTTP works on."""
        with self.lock:
            taken = copy.deepcopy(self._updates)
            self.confirm(self._last_update_id + 1)
            return taken

    def drop_updates(self) -> None:
        """Forget every waiting update (`drop_pending_updates`)."""
        self.confirm(self._last_update_id + 1)

    @property
    def last_update_id(self) -> int:
        """Id of the newest update; one less than the first id when there was none."""
        return self._last_update_id

    def is_confirmed(self, update_id: int) -> bool:
        """Tell whether the bot will see neither this update again nor an earlier one."""
        with self.lock:
            return not self._updates or update_id < self._updates[0]["update_id"]

    def wake(self) -> None:
        """Make every waiting long poll look again."""
        with self.lock:
            for waker in self._wakers:
                waker()

    @contextmanager
    def waking(self, waker: Callable[[], object]) -> Iterator[None]:
        """Have `waker` called, from any thread, on every change that can end a long poll."""
        with self.lock:
            self._wakers.add(waker)
        try:
            yield
        finally:
            with self.lock:
                self._wakers.discard(waker)
