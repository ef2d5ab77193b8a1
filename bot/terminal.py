"""The conversation in a terminal, or through a pipe."""

from dataclasses import replace
from typing import TextIO

from bot.cli_texts import CliTexts
from bot.plain_text import Page, page_for
from dialogues.conversation import handle
from dialogues.events import Start
from dialogues.flow import Flow
from dialogues.state import NEW
from dialogues.understanding import Understanding


def chat(flow: Flow, texts: CliTexts, source: TextIO, output: TextIO) -> None:
    """Talk until the person stops or the input ends."""
    page = page_for(output)
    if source.isatty():
        import readline  # noqa: F401  gives input() history and editing with the arrow keys
    try:
        _talk(flow, texts, source, output, page)
    except (EOFError, KeyboardInterrupt):
        print(f"\n\n{page.wrapped(texts.goodbye)}", file=output, flush=True)


def _talk(flow: Flow, texts: CliTexts, source: TextIO, output: TextIO, page: Page) -> None:
    understanding = Understanding(flow)
    conversation, turn = handle(flow, NEW, Start())
    while True:
        # After the goodbye nobody reads what is typed, so nothing is on offer.
        shown = replace(turn, choices=()) if turn.finished else turn
        print(page.turn(shown, flow.content.texts, texts.choice), file=output, flush=True)
        if turn.finished:
            return
        line = _read_line(texts.prompt, source, output)
        conversation, turn = handle(flow, conversation, understanding.read(line, conversation))


def _read_line(prompt: str, source: TextIO, output: TextIO) -> str:
    if source.isatty():
        line = input(prompt)
        print(file=output)
        return line
    line = source.readline()
    if not line:
        raise EOFError
    # Through a pipe nothing is echoed, so the transcript would miss what was typed.
    typed = "".join(filter(str.isprintable, line))
    print(f"{prompt}{typed}\n", file=output, flush=True)
    return line
