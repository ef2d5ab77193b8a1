"""A thread for what may take long: half the price of an executor, and the end waits for nothing."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
_Task = tuple[Callable[[], Any], asyncio.Future[Any]]


class Worker:
    """Does one thing after another. The thread is there from the first of them on."""

    def __init__(self, name: str) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name=name, daemon=True)

    async def do(self, work: Callable[[], T]) -> T:
        """What ``work`` gives or raises. Whoever breaks off does not stop the work."""
        if not self._thread.ident:
            self._thread.start()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tasks.put((work, future))
        return await future

    def end(self) -> None:
        """The thread ends after what was given to it; nobody waits for that."""
        self._tasks.put(None)

    def _run(self) -> None:
        while task := self._tasks.get():
            work, future = task
            try:
                result, error = work(), None
            except BaseException as raised:  # noqa: BLE001 it is for who asked
                result, error = None, raised
            with suppress(RuntimeError):  # the loop was closed in the meantime
                future.get_loop().call_soon_threadsafe(_settle, future, result, error)


def _settle(future: asyncio.Future[Any], result: object, error: BaseException | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
