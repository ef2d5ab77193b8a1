"""The arguments of the command line, explained in the words of the content."""

import argparse
import re
import sys
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from bot.cli_texts import CliTexts

PROGRAM = "coproductiewijzer"
_MISUSED = 2
_MISSING_OPTION = re.compile(r"arguments are required: .*?(--[a-z-]+)")
# The two messages of argparse that name a word it does not know; it has no other way to tell.
_UNKNOWN_WORD = re.compile(r"unrecognized arguments: (\S+)|invalid choice: '([^']*)'")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: that costs as much as starting a chat."""

    def __call__(self, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(version(PROGRAM))
        raise SystemExit(0)


class _Parser(argparse.ArgumentParser):
    """argparse speaks English; here it borrows the words of the content."""

    def __init__(
        self,
        texts: CliTexts,
        known: list[str],
        **options: Any,  # noqa: ANN401 argparse's own
    ) -> None:
        """``known`` collects the words that may have been meant when one is not known."""
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self.texts = texts
        self.known = known
        # Renaming the two groups that argparse makes is the documented use of their titles.
        self._positionals.title = texts.title_values
        self._optionals.title = texts.title_options
        self.add_argument("-h", "--help", action="help", help=texts.help_help)

    def add_option(self, name: str, explanation: str, **options: Any) -> None:  # noqa: ANN401 idem
        self.known.append(name)
        self.add_argument(name, help=explanation, **options)

    def format_usage(self) -> str:
        return self.format_help().splitlines()[0] + "\n"

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", self.texts.usage, 1)

    def error(self, message: str) -> NoReturn:
        said = self.texts.bad_command.text(opdracht=PROGRAM)
        if missing := _MISSING_OPTION.search(message):
            said = self.texts.missing_option.text(woord=missing[1], opdracht=PROGRAM)
        if unknown := _UNKNOWN_WORD.search(message):
            word = unknown[1] or unknown[2]
            said = self.texts.unknown_word.text(woord=word, opdracht=PROGRAM)
            if near := get_close_matches(word, self.known, n=1):
                said += " " + self.texts.did_you_mean.text(woord=near[0])
        print(f"{said}\n{self.format_usage()}", end="", file=sys.stderr)
        raise SystemExit(_MISUSED)


def _commands(above: _Parser, dest: str) -> Callable[[str, str], _Parser]:
    """What adds a command below a parser; ``dest`` is where the name of the chosen one goes."""
    texts = above.texts
    commands = above.add_subparsers(
        title=texts.title_commands, metavar=texts.command, required=True, dest=dest
    )

    def add(name: str, explanation: str) -> _Parser:
        above.known.append(name)
        return commands.add_parser(
            name, texts=texts, known=above.known, help=explanation, description=explanation
        )

    return add


def _add_campaign(command: _Parser) -> None:
    texts = command.texts
    add = _commands(command, "action")
    new = add("new", texts.help_campaign_new)
    make = add("make", texts.help_campaign_make)
    for action in (new, make):
        action.add_argument("code", metavar="code", help=texts.help_code)
        action.add_option("--out", texts.help_campaign_out, metavar="map")
    new.add_option("--start", texts.help_start, required=True, metavar="begin")
    new.add_option("--name", texts.help_name, metavar="naam")
    new.add_option("--title", texts.help_title, metavar="kop")
    new.add_option("--text", texts.help_text, metavar="tekst")
    new.add_option("--welcome", texts.help_welcome, metavar="regel")
    new.add_option("--partner", texts.help_partner, metavar="naam")
    new.add_option("--colour", texts.help_colour, metavar="kleur")
    new.add_option("--until", texts.help_until, metavar="datum")
    add("list", texts.help_campaign_list)
    add("entries", texts.help_campaign_entries)


def parser(texts: CliTexts) -> argparse.ArgumentParser:
    """The parser; ``command`` in what it gives is the name of the command."""
    known: list[str] = []
    top = _Parser(texts, known, prog=PROGRAM, description=texts.description)
    top.add_option("--version", texts.help_version, action=_Version, nargs=0)
    add = _commands(top, "command")
    add("chat", texts.help_chat)
    assess = add("assess", texts.help_assess)
    assess.add_option("--json", texts.help_json, action="store_true")
    assess.add_argument("answers", nargs="*", metavar="vraag=antwoord", help=texts.help_answers)
    report = add("report", texts.help_report)
    report.add_option("--out", texts.help_out, required=True, metavar="bestand")
    report.add_argument("answers", nargs="*", metavar="vraag=antwoord", help=texts.help_answers)
    ask = add("ask", texts.help_ask)
    ask.add_option("--json", texts.help_json, action="store_true")
    ask.add_argument("question", nargs="+", metavar="vraag", help=texts.help_question)
    check = add("check", texts.help_check)
    check.add_argument("folder", nargs="?", type=Path, metavar="map", help=texts.help_folder)
    _add_campaign(add("campaign", texts.help_campaign))
    stats = add("stats", texts.help_stats)
    stats.add_option("--campaign", texts.help_of_campaign, metavar="code")
    stats.add_option("--from", texts.help_since, dest="since", metavar="datum")
    stats.add_option("--csv", texts.help_csv, action="store_true")
    stats.add_option("--json", texts.help_rows, action="store_true")
    add("diagram", texts.help_diagram)
    web = add("web", texts.help_web)
    telegram = add("telegram", texts.help_telegram)
    both = add("serve", texts.help_serve)
    webhook = add("webhook", texts.help_webhook)
    actions = ("set", "show", "remove")
    webhook.add_argument(
        "action", choices=actions, metavar="|".join(actions), help=texts.help_action
    )
    for command in (web, both):
        command.add_option("--host", texts.help_host)
        command.add_option("--port", texts.help_port)
    for command in (telegram, both, webhook):
        command.add_option("--token", texts.help_token)
        command.add_option("--base-url", texts.help_base_url)
        command.add_option("--base-file-url", texts.help_base_file_url)
    for command in (web, telegram, both):
        command.add_option("--log-level", texts.help_log_level)
    return top
