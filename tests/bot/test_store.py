"""What is remembered of a chat, and for how long."""

from bot.store import MemoryStore, Remembered
from dialogues.state import Conversation

HERE = Remembered(Conversation({"doel": "ja"}), tap="1|x")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_is_remembered_until_it_is_deleted() -> None:
    store = MemoryStore()
    store.put(1, HERE)
    assert store.get(1) == HERE

    store.delete(1)
    store.delete(1)
    assert store.get(1) == Remembered()


def test_silence_is_forgotten_and_a_word_prolongs() -> None:
    clock = Clock()
    store = MemoryStore(expiry=10.0, clock=clock)
    store.put(1, HERE)
    store.put(2, HERE)
    clock.now = 9.0
    store.put(1, HERE)
    clock.now = 11.0

    assert store.get(2) == Remembered()
    assert store.get(1) == HERE


def test_the_oldest_makes_room() -> None:
    store = MemoryStore(most=2)
    for chat in (1, 2, 1, 3):
        store.put(chat, HERE)

    assert [store.get(chat) == HERE for chat in (1, 2, 3)] == [True, False, True]
