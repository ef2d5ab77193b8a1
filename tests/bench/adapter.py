"""CPU per turn in process, on a Bot API that answers at once: ours beside two libraries."""

import asyncio
import statistics

from dialogues.flow import Flow
from dialogues.loader import load
from dialogues.understanding import Understanding
from tests.bench import core
from tests.bench.aiogram_peer import AiogramInProcess
from tests.bench.conversation_handler import ConversationHandlerInProcess
from tests.bench.dialogue import DIALOGUE
from tests.bench.ours import OursInProcess
from tests.bench.script import PEOPLE, Script
from tests.bench.tables import Target, show
from tests.bench.wording import Wording

ROUNDS = 7
OURS, BASE = "our Telegram adapter", "the same on ConversationHandler"
LAST, FIRST, TYPED = "core: the eighth answer", "core: the same, never met", "core: all typed"
RATIO = Target(must=0.5, aim=0.25, low=True)
MICROSECONDS = Target(must=250, aim=60, low=True)


async def main() -> None:
    flow = Flow(load())
    understanding, wording = Understanding(flow), Wording(flow)
    scripts = {
        OURS: Script(OursInProcess(flow)),
        BASE: Script(ConversationHandlerInProcess(wording)),
        "the same on aiogram's states": Script(AiogramInProcess(wording)),
    }
    for script in scripts.values():
        await script.prepare()
    calls = ", ".join(str(script.calls) for script in scripts.values())
    figures: dict[str, list[float]] = {name: [] for name in (LAST, FIRST, TYPED, *scripts)}
    for _ in range(ROUNDS):
        figures[LAST].append(core.last_answer(flow))
        figures[FIRST].append(core.first_time(flow))
        figures[TYPED].append(core.typed(flow, understanding))
        for name, script in scripts.items():
            figures[name].append(await script.round())
    rows = []
    for name, each in figures.items():
        middle = statistics.median(each)
        ratio = statistics.median(map(float.__truediv__, each, figures[BASE]))
        judged = RATIO.judge(ratio) if name == OURS else ""
        if name in (LAST, FIRST):
            judged = f"us: {MICROSECONDS.judge(middle)}"
        rows.append((name, f"{middle:.0f}", f"{ratio:.2f}", judged))
    show(
        f"CPU per turn in process: a dialogue of {len(DIALOGUE)} turns, {PEOPLE} people at a time, "
        f"{ROUNDS} rounds, medians\nAPI calls in one dialogue, of the last three: {calls}",
        ("", "us per turn", "of ConversationHandler", "target"),
        rows,
    )


if __name__ == "__main__":
    asyncio.run(main())
