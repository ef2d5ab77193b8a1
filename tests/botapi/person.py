"""A person in a chat with the bot: does what people do, and sees what they see."""

import asyncio
import itertools
import re
import time
from collections.abc import Callable, Iterator

from tests.botapi import sent
from tests.botapi.api import BotApi
from tests.botapi.chats import Chat, InlineQuery, Message, Query
from tests.botapi.parameters import Json
from tests.botapi.rules import MAX_INLINE_QUERY
from tests.botapi.seen import Notice, Seen

_LOOK_AGAIN_SECONDS = 0.01
_PATIENCE = 30.0  # seconds; a process may have to start first, on a machine that is busy
_numbers: Iterator[int] = itertools.count(1)


class Person:
    """Acts as one user. The bot does not know the chat before the person's first message."""

    def __init__(
        self,
        server: BotApi,
        chat_id: int,
        first_name: str = "Anna",
        language_code: str = "nl",
    ) -> None:
        self.chat_id = chat_id
        self._state = server.state
        self._user: Json = {
            "id": chat_id,
            "is_bot": False,
            "first_name": first_name,
            "language_code": language_code,
        }
        self._home: Json = {"id": chat_id, "first_name": first_name, "type": "private"}

    def say(self, text: str) -> int:
        """Send a text and return its message id; a /word in it is a command."""
        return self._send(sent.written(text))

    def say_in_group(self, group_id: int, text: str) -> int:
        """Say something in a group. Privacy mode shows the bot only commands meant for it."""
        kind = "supergroup" if str(group_id).startswith("-100") else "group"
        group: Json = {"id": group_id, "title": f"Group {group_id}", "type": kind}
        command = re.match(r"/\w+(?:@(\w+))?", text)
        meant = command is not None and command[1] in {None, self._state.bot["username"]}
        return self._send(sent.written(text), group, tell_bot=meant)

    def edit(self, message: Seen | int, text: str) -> None:
        """Change the text of one's own message."""
        with self._state.lock:
            edited = self._find(message)
            if edited.json["from"] != self._user:
                raise AssertionError(f"message {edited.id} is not {self._name}'s own")
            kept = {name: value for name, value in edited.json.items() if name != "entities"}
            edited.json = kept | sent.written(text) | {"edit_date": int(time.time())}
            edited.source = text
            edited.edits += 1
            self._state.add_update("edited_message", edited.json)

    def send_photo(self, caption: str = "") -> int:
        """Send a photo and return its message id."""
        return self._send(sent.photo() | ({"caption": caption} if caption else {}))

    def send_album(self, size: int) -> list[int]:
        """Send photos as one album: as many messages, with the same media_group_id."""
        album = {"media_group_id": f"album-{next(_numbers)}"}
        return [self._send(sent.photo() | album) for _ in range(size)]

    def send_voice(self) -> int:
        """Send a voice message and return its message id."""
        return self._send(sent.voice())

    def send_sticker(self) -> int:
        """Send a sticker and return its message id."""
        return self._send(sent.sticker())

    def send_location(self) -> int:
        """Send a location and return its message id."""
        return self._send(sent.location())

    def send_poll(self) -> int:
        """Send a poll and return its message id."""
        return self._send(sent.poll())

    def send_contact(self) -> int:
        """Send a contact and return its message id."""
        return self._send(sent.contact())

    def tap(
        self, label: str, message: Seen | int | None = None, *, inaccessible: bool = False
    ) -> str:
        """Tap a button, given by its label or the start of it, and return the query id.

        Without `message` the newest message with such a button is used. `inaccessible` lets
        the update carry no content of the message, as for a message that is too old. Raises
        AssertionError with the visible buttons when there is no such button, more than one,
        or one that does not call the bot.
        """
        with self._state.lock:
            chat = self._chat()
            wanted = [self._find(message)] if message else list(chat.messages.values())[::-1]
            for candidate in wanted:
                button = self._button(candidate, label)
                if button:
                    data = button.get("callback_data")
                    if data is None:
                        raise AssertionError(f"button {button['text']!r} does not call the bot")
                    return self._ask(data, candidate.id, inaccessible=inaccessible)
            raise AssertionError(f"no button {label!r}; the chat is:\n{self.dump()}")

    def tap_data(self, data: str, message_id: int) -> str:
        """Send a tap with data of one's own making, as a forged client could."""
        with self._state.lock:
            return self._ask(data, message_id, inaccessible=message_id not in self._chat().messages)

    def type_inline(self, text: str, offset: str = "") -> str:
        """Type the bot's name and a text in some other chat; return the id of the query.

        Raises ValueError for a text that is longer than apps let it be.
        """
        if len(text) > MAX_INLINE_QUERY:
            raise ValueError(f"apps send at most {MAX_INLINE_QUERY} characters of it")
        with self._state.lock:
            query = InlineQuery(str(5_000_000_000 + next(_numbers)), text, time.monotonic())
            self._state.inline_queries[query.id] = query
            self._state.add_update(
                "inline_query",
                {
                    "id": query.id,
                    "from": self._user,
                    "chat_type": "group",
                    "query": text,
                    "offset": offset,
                },
            )
            return query.id

    def cards(self, query_id: str) -> list[Json] | None:
        """What the app shows above the text; None as long as the bot has not answered."""
        with self._state.lock:
            answer = self._state.inline_queries[query_id].answer
            return None if answer is None else answer["results"]

    def block(self) -> None:
        """Block the bot: it is told so, and cannot write here any more."""
        self._membership(blocked=True)

    def unblock(self) -> None:
        """Let the bot in again."""
        self._membership(blocked=False)

    def delete(self, message: Seen | int) -> None:
        """Remove a message from the chat; bots are not told."""
        with self._state.lock:
            del self._chat().messages[self._find(message).id]

    def let_age(self, message: Seen | int) -> None:
        """Make a message so old that the bot can neither edit nor delete it."""
        with self._state.lock:
            self._find(message).fixed = True

    @property
    def messages(self) -> list[Seen]:
        """The chat from top to bottom."""
        return self.messages_in(self.chat_id)

    def messages_in(self, chat_id: int) -> list[Seen]:
        """Return what stands in this chat or a group, from top to bottom."""
        with self._state.lock:
            chat = self._state.chats.get(chat_id)
            return [Seen.of(message) for message in chat.messages.values()] if chat else []

    @property
    def last(self) -> Seen:
        """The bot's newest message. Raises AssertionError when it has not written yet."""
        for message in reversed(self.messages):
            if message.from_bot:
                return message
        raise AssertionError(f"the bot has not written yet; the chat is:\n{self.dump()}")

    @property
    def notices(self) -> list[Notice]:
        """What the bot said in answer to taps, outside the messages."""
        with self._state.lock:
            answers = [
                query.answer
                for query in self._state.queries.values()
                if query.chat_id == self.chat_id and query.answer and query.answer["text"]
            ]
        return [Notice(answer["text"], answer["show_alert"]) for answer in answers]

    def wait(self, condition: Callable[["Person"], bool], timeout: float = _PATIENCE) -> None:
        """Wait until the condition holds; an AssertionError from it counts as not yet.

        Blocks the thread, so a bot on the caller's own event loop needs `wait_async`. Raises
        AssertionError with the chat after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while not self._holds(condition):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {timeout} s; the chat is:\n{self.dump()}")
            time.sleep(_LOOK_AGAIN_SECONDS)

    async def wait_async(
        self, condition: Callable[["Person"], bool], timeout: float = _PATIENCE
    ) -> None:
        """Wait as `wait` does, while the caller's event loop goes on."""
        await asyncio.to_thread(self.wait, condition, timeout)

    def wait_quiet(self, timeout: float = _PATIENCE) -> None:
        """Wait until every update so far is confirmed, in whichever chat it arose."""
        newest = self._state.last_update_id
        self.wait(lambda _: self._state.is_confirmed(newest), timeout)

    def dump(self) -> str:
        """Return the chat as readable text."""
        return "\n".join(message.describe(self._name) for message in self.messages) or "(empty)"

    @property
    def _name(self) -> str:
        return str(self._user["first_name"])

    def _holds(self, condition: Callable[["Person"], bool]) -> bool:
        try:
            return condition(self)
        except AssertionError:
            return False

    def _chat(self) -> Chat:
        return self._state.open_chat(self._home)

    def _find(self, message: Seen | int) -> Message:
        wanted = message if isinstance(message, int) else message.id
        found = self._chat().messages.get(wanted)
        if found is None:
            raise AssertionError(f"no message {wanted}; the chat is:\n{self.dump()}")
        return found

    def _send(self, content: Json, place: Json | None = None, *, tell_bot: bool = True) -> int:
        with self._state.lock:
            chat = self._state.open_chat(place or self._home)
            if chat.blocked:
                raise AssertionError(f"{self._name} blocked the bot: unblock it first")
            message = chat.add(self._user, content)
            message.source = content.get("text") or content.get("caption", "")
            if tell_bot:
                self._state.add_update("message", message.json)
            return message.id

    def _button(self, message: Message, label: str) -> Json | None:
        buttons = [button for row in message.rows for button in row]
        exact = [button for button in buttons if button["text"] == label]
        found = exact or [button for button in buttons if button["text"].startswith(label)]
        if len(found) > 1:
            raise AssertionError(f"several buttons {label!r}; the chat is:\n{self.dump()}")
        return found[0] if found else None

    def _ask(self, data: str, message_id: int, *, inaccessible: bool) -> str:
        message: Json = {"chat": self._home, "message_id": message_id, "date": 0}
        if not inaccessible:
            message = self._find(message_id).json
        query = Query(str(4_000_000_000 + next(_numbers)), self.chat_id, data, time.monotonic())
        self._state.queries[query.id] = query
        self._state.add_update(
            "callback_query",
            {
                "id": query.id,
                "from": self._user,
                "message": message,
                "chat_instance": str(self.chat_id * 7919),
                "data": data,
            },
        )
        return query.id

    def _membership(self, *, blocked: bool) -> None:
        left: Json = {"user": self._state.bot, "status": "kicked", "until_date": 0}
        member: Json = {"user": self._state.bot, "status": "member"}
        with self._state.lock:
            self._chat().blocked = blocked
            self._state.add_update(
                "my_chat_member",
                {
                    "chat": self._home,
                    "from": self._user,
                    "date": int(time.time()),
                    "old_chat_member": member if blocked else left,
                    "new_chat_member": left if blocked else member,
                },
            )
