"""The command ``stats``: the figures in a terminal, or the rows for scripts."""

import argparse
import asyncio
import csv
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from bot.campaigns.campaigns import read_campaigns
from bot.cli_texts import CliTexts
from bot.counts import texts as count_texts
from bot.counts.export import COLUMNS, exported
from bot.counts.figures import SMALLEST, Table, figures, over_time
from bot.counts.opening import counts_store
from bot.counts.store import CountStore, CountsUnavailable, Row
from bot.counts.texts import CountTexts
from bot.plain_text import Page, page_for
from bot.refused import Refused, harmless
from bot.settings import Environment, counts_address
from dialogues import markup
from dialogues.content import Content
from dialogues.loader import read_record
from dialogues.problems import Problems
from dialogues.turn import Message

_INDENT, _GAP = "  ", "  "
_SHORTEST_BAR = 10  # characters; a bar with less room goes on a line of its own
_LONGEST_BAR = 40
_FORMULA = ("=", "+", "-", "@")
_TOGETHER = "\xa0"  # a space at which no line is broken


def run(
    options: argparse.Namespace,
    content: Content,
    texts: CliTexts,
    folder: Path,
    environment: Environment,
    output: TextIO,
) -> None:
    """Write what the options ask. The texts of the folder must have been checked.

    Raises Refused, and WrongSetting.
    """
    if options.csv and options.json:
        raise Refused(texts.one_form)
    since = _day(options.since, texts) if options.since is not None else None
    words = read_record(CountTexts, folder / count_texts.FILE, Problems())
    assert words is not None  # noqa: S101 checked by who calls us
    store = counts_store(counts_address(environment))
    if store is None:
        raise Refused(markup.plain(words.not_counting), misused=False)
    try:
        rows = asyncio.run(_read(store))
    except CountsUnavailable as error:
        raise Refused(markup.plain(words.unavailable(error.why)), misused=False) from None
    if options.campaign is not None:
        known = {row.campaign for row in rows if row.campaign}
        known.update(str(one.code) for one in read_campaigns(folder, content, Problems()))
        _check_campaign(options.campaign, known, texts)
        rows = [row for row in rows if row.campaign == options.campaign]
    rows = [row for row in rows if since is None or row.day >= since]
    if options.json:
        print(json.dumps(exported(rows, words), indent=2, ensure_ascii=False), file=output)
    elif options.csv:
        _write_csv(rows, words, output)
    else:
        said = words.choice(options.campaign or "", since)
        print(page_for(output).wrapped(said), end="\n\n", file=output)
        _write_figures(rows, words, content, output)


def _day(typed: str, texts: CliTexts) -> date:
    # The library reads more forms, which few people would recognise as a date.
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            pass
    raise Refused(texts.no_date.text(woord=harmless(typed)))


def _check_campaign(code: str, known: set[str], texts: CliTexts) -> None:
    if code in known:
        return
    said = texts.unknown_campaign.text(woord=harmless(code))
    if near := get_close_matches(code, sorted(known), n=1):
        said += " " + texts.did_you_mean.text(woord=near[0])
    raise Refused(said)


async def _read(store: CountStore) -> Sequence[Row]:
    try:
        return await store.read(None)
    finally:
        await store.close()


def _write_csv(rows: Sequence[Row], words: CountTexts, output: TextIO) -> None:
    # The number as it is shown: a cell that is empty would be taken for nothing at all.
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in exported(rows, words):
        record["number"] = record["shown"]
        writer.writerow(_cell(str(record[column])) for column in COLUMNS)


def _cell(text: str) -> str:
    """Only text for a spreadsheet, which takes some first signs for the beginning of a formula."""
    text = harmless(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _write_figures(
    rows: Sequence[Row], words: CountTexts, content: Content, output: TextIO
) -> None:
    page = page_for(output)
    for table in (*figures(rows, words, content), over_time(rows, words)):
        if table.bars:
            print(page.messages(Message("notice", (), table.title)), file=output)
            print("\n".join(_lines(table, page)), end="\n\n", file=output)
    small = words.small_numbers.body(aantal=SMALLEST)
    print(page.messages(Message("notice", small)), file=output)


def _lines(table: Table, page: Page) -> Iterator[str]:
    """Label, number and bar of each row: beside each other, or where that is too narrow, below."""
    # What stands in a store may have been put there by somebody else.
    bars = [replace(bar, label=harmless(bar.label)) for bar in table.bars]
    labels = max(len(bar.label) for bar in bars)
    numbers = max(len(bar.shown) for bar in bars)
    longest = max(bar.number for bar in bars) or 1
    room = page.width - len(_INDENT) - labels - numbers - 2 * len(_GAP)
    beside = room >= _SHORTEST_BAR
    if not beside:
        room = page.width - len(_INDENT)
    for bar in bars:
        # What is not nothing has at least a beginning.
        drawn = "#" * -(-bar.number * min(room, _LONGEST_BAR) // longest)
        if beside:
            row = f"{bar.label:<{labels}}{_GAP}{bar.shown:>{numbers}}{_GAP}{drawn}"
            yield f"{_INDENT}{row}".rstrip()
        else:
            shown = bar.shown.replace(" ", _TOGETHER)
            row = page.wrapped(f"{_INDENT}{bar.label}: {shown}", hanging=_INDENT)
            yield row.replace(_TOGETHER, " ")
            if drawn:
                yield f"{_INDENT}{drawn}"
