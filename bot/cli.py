"""The command ``coproductiewijzer``: reads the arguments and starts what they ask for."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

from bot import cli_texts
from bot.cli_texts import CliTexts
from bot.settings import WrongSetting, content_folder, telegram_settings
from bot.telegram import texts as telegram
from bot.telegram.texts import TelegramTexts
from dialogues.content import Content
from dialogues.flow import Flow
from dialogues.loader import load, read_record
from dialogues.problems import ContentError, Problems

PROGRAM = "coproductiewijzer"
_FAILED, _MISUSED = 1, 2
Command = Callable[[argparse.Namespace, CliTexts, Path], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, 1 for a failure, 2 for wrong arguments."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        # A stranger's terminal or pipe may speak another encoding; a wrong letter is no crash.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # they are text streams
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except BrokenPipeError:
        # The reader of our output is gone, as with `| head`: silence the flush at exit as well.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0


def _run(arguments: list[str]) -> int:
    folder = content_folder(os.environ)
    problems = Problems()
    texts = read_record(CliTexts, folder / cli_texts.FILE, problems)
    if texts is None or problems:
        _list_problems(folder, sys.stderr)
        return _FAILED
    options = _parser(texts).parse_args(arguments)
    command: Command = options.run
    return command(options, texts, folder)


def _list_problems(folder: Path, output: TextIO) -> int:
    """Print every problem of the content, not only the first that was met."""
    from bot.commands import problems_of

    problems = problems_of(folder)
    for problem in problems:
        print(problem, file=output)
    return len(problems)


def _content(folder: Path, texts: CliTexts) -> Content:
    """The content, or the end of the program with every problem listed."""
    try:
        return load(folder)
    except ContentError:
        raise _broken(folder, texts) from None


def _broken(folder: Path, texts: CliTexts) -> SystemExit:
    _list_problems(folder, sys.stderr)
    print(texts.content_broken, file=sys.stderr)
    return SystemExit(_FAILED)


# The modules behind a command are imported by that command alone: the Telegram library takes
# 0.4 s, and somebody who wants to chat should not wait for it.


def _chat(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.terminal import chat

    chat(Flow(_content(folder, texts)), texts, sys.stdin, sys.stdout)
    return 0


def _assess(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.commands import WrongArgument, assess, read_answers

    content = _content(folder, texts)
    try:
        answers = read_answers(content, texts, options.answers)
    except WrongArgument as error:
        print(error, file=sys.stderr)
        return _MISUSED
    assess(Flow(content), answers, options.json, sys.stdout)
    return 0


def _ask(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.commands import ask

    content = _content(folder, texts)
    ask(Flow(content), texts, " ".join(options.question), options.json, sys.stdout)
    return 0


def _check(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    found = _list_problems(options.folder or folder, sys.stdout)
    if found:
        print(texts.check_failed.text(aantal=found), file=sys.stderr)
        return _FAILED
    print(texts.check_passed)
    return 0


def _diagram(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from dialogues.diagram import mermaid

    print(mermaid(Flow(_content(folder, texts))), end="")
    return 0


def _telegram(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    content = _content(folder, texts)
    try:
        settings = telegram_settings(os.environ, vars(options))
    except WrongSetting as error:
        why = getattr(texts, error.why)
        print(texts.wrong_setting.text(naam=error.name, uitleg=why), file=sys.stderr)
        return _MISUSED
    if not settings.token:
        print(texts.no_token.text(), file=sys.stderr)
        return _MISUSED
    problems = Problems()
    telegram_texts = read_record(TelegramTexts, folder / telegram.FILE, problems)
    if telegram_texts is None or problems:
        raise _broken(folder, texts)
    from bot.telegram.run import BadToken, run

    try:
        run(Flow(content), telegram_texts, settings)
    except BadToken as error:
        said = texts.refused_token if error.refused else texts.bad_token
        print(said.text(), file=sys.stderr)
        return _FAILED
    return 0


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: that costs as much as starting a chat."""

    def __call__(self, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(version(PROGRAM))
        raise SystemExit(0)


class _Parser(argparse.ArgumentParser):
    """argparse speaks English; here it borrows the words of the content."""

    def __init__(self, texts: CliTexts, **options: Any) -> None:  # noqa: ANN401 argparse's own
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._texts = texts
        # Renaming the two groups that argparse makes is the documented use of their titles.
        self._positionals.title = texts.title_values
        self._optionals.title = texts.title_options
        self.add_argument("-h", "--help", action="help", help=texts.help_help)

    def format_usage(self) -> str:
        return self.format_help().splitlines()[0] + "\n"

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", self._texts.usage, 1)

    def error(self, message: str) -> NoReturn:
        # argparse's own message is English; the usage line says the same.
        print(self._texts.bad_command.text(opdracht=PROGRAM), file=sys.stderr)
        print(self.format_usage(), end="", file=sys.stderr)
        raise SystemExit(_MISUSED)


def _parser(texts: CliTexts) -> argparse.ArgumentParser:
    parser = _Parser(texts, prog=PROGRAM, description=texts.description)
    parser.add_argument("--version", action=_Version, nargs=0, help=texts.help_version)
    commands = parser.add_subparsers(
        title=texts.title_commands, metavar="", required=True, dest="command"
    )

    def add(name: str, explanation: str, run: Command) -> argparse.ArgumentParser:
        command = commands.add_parser(name, texts=texts, help=explanation, description=explanation)
        command.set_defaults(run=run)
        return command

    add("chat", texts.help_chat, _chat)
    assess = add("assess", texts.help_assess, _assess)
    assess.add_argument("--json", action="store_true", help=texts.help_json)
    assess.add_argument("answers", nargs="*", metavar="vraag=antwoord", help=texts.help_answers)
    ask = add("ask", texts.help_ask, _ask)
    ask.add_argument("--json", action="store_true", help=texts.help_json)
    ask.add_argument("question", nargs="+", metavar="vraag", help=texts.help_question)
    check = add("check", texts.help_check, _check)
    check.add_argument("folder", nargs="?", type=Path, metavar="map", help=texts.help_folder)
    add("diagram", texts.help_diagram, _diagram)
    bot = add("telegram", texts.help_telegram, _telegram)
    bot.add_argument("--token", help=texts.help_token)
    bot.add_argument("--base-url", help=texts.help_base_url)
    bot.add_argument("--base-file-url", help=texts.help_base_file_url)
    bot.add_argument("--log-level", help=texts.help_log_level)
    return parser
