"""The command ``coproductiewijzer``: reads the arguments and starts what they ask for."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from bot import cli_texts
from bot.arguments import PROGRAM, parser
from bot.channel_texts import check_channel_texts
from bot.cli_texts import CliTexts
from bot.readiness import Part
from bot.refused import Refused
from bot.report import texts as report_texts
from bot.report.texts import ReportTexts
from bot.settings import WrongSetting, content_folder, public_url, telegram_settings
from bot.streams import silence_output
from dialogues.content import Content
from dialogues.flow import Flow
from dialogues.loader import load, read_record
from dialogues.problems import ContentError, Problem, Problems

_FAILED, _MISUSED = 1, 2
Command = Callable[[argparse.Namespace, CliTexts, Path], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, 1 for a failure, 2 for wrong arguments."""
    _prepare_streams()
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output is gone, as with `| head`.
        silence_output()
        return 0
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        # A full disk behind `>`, for one. The texts may be what could not be read.
        silence_output()
        print(f"{PROGRAM}: {error.strerror}", file=sys.stderr)
        return _FAILED
    return status


def _prepare_streams() -> None:
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:  # closed by who started us, as with `>&-`
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115, PTH123 open until the end
        else:
            # A stranger's terminal or pipe may speak another encoding; a wrong letter is no crash.
            stream.reconfigure(errors="replace")


def _run(arguments: list[str]) -> int:
    folder = content_folder(os.environ)
    problems = Problems()
    texts = read_record(CliTexts, folder / cli_texts.FILE, problems)
    if texts is None or problems:
        _list_problems(folder, sys.stderr)
        return _FAILED
    options = parser(texts).parse_args(arguments)
    return _COMMANDS[options.command](options, texts, folder)


def _list_problems(folder: Path, output: TextIO, *measured: Problem) -> int:
    """Print every problem of the content, not only the first that was met."""
    from bot.commands import problems_of

    problems = sorted({*problems_of(folder), *measured})
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


def _report(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.commands import WrongArgument, read_answers
    from bot.report.document import maker, weighing_all
    from bot.report.output import NotWritten, write

    flow = Flow(_content(folder, texts))
    report_words = read_record(ReportTexts, folder / report_texts.FILE, problems := Problems())
    if report_words is None or problems:
        raise _broken(folder, texts)
    try:
        answers = read_answers(flow.content, texts, options.answers)
        make = maker(flow, report_words, public_url(os.environ))
    except WrongArgument as error:
        print(error, file=sys.stderr)
        return _MISUSED
    except WrongSetting as error:
        return _refused(error, texts)
    if make is None:
        print(texts.report_unavailable.text(), file=sys.stderr)
        return _FAILED
    try:
        write(make(weighing_all(flow, answers)), options.out, sys.stdout.buffer)
    except NotWritten as error:
        why = getattr(texts, error.why)
        said = texts.report_not_written.text(bestand=options.out, uitleg=why)
        print(said, file=sys.stderr)
        return _FAILED
    return 0


def _refused(error: WrongSetting, texts: CliTexts) -> int:
    why = getattr(texts, error.why)
    print(texts.wrong_setting.text(naam=error.name, uitleg=why), file=sys.stderr)
    return _MISUSED


def _ask(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.commands import ask

    content = _content(folder, texts)
    ask(Flow(content), texts, " ".join(options.question), options.json, sys.stdout)
    return 0


def _check(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.editing.gate import measure

    checked = options.folder or folder
    measured = measure(checked)
    found = _list_problems(checked, sys.stdout, *measured.problems)
    if measured.absent:
        why = " ".join(getattr(texts, name).text() for name in measured.absent)
        print(texts.not_measured.text(uitleg=why), file=sys.stderr)
    if found:
        print(texts.check_failed.text(aantal=found), file=sys.stderr)
        return _FAILED
    print(texts.check_passed)
    return 0


def _campaign(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.campaigns.command import run

    content = _checked(folder, texts)
    return _unless_refused(
        texts, lambda: run(options, Flow(content), texts, folder, os.environ, sys.stdout)
    )


def _stats(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.counts.command import run

    content = _checked(folder, texts)
    return _unless_refused(
        texts, lambda: run(options, content, texts, folder, os.environ, sys.stdout)
    )


def _checked(folder: Path, texts: CliTexts) -> Content:
    """The content when all other texts are right too, or the end of the program."""
    content = _content(folder, texts)
    if check_channel_texts(folder):
        raise _broken(folder, texts)
    return content


def _unless_refused(texts: CliTexts, run: Callable[[], None]) -> int:
    try:
        run()
    except WrongSetting as error:
        return _refused(error, texts)
    except Refused as error:
        print(error, file=sys.stderr)
        return _MISUSED if error.misused else _FAILED
    return 0


def _diagram(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from dialogues.diagram import mermaid

    print(mermaid(Flow(_content(folder, texts))), end="")
    return 0


def _webhook(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
    from bot.telegram.run import BadToken
    from bot.telegram.webhook_command import Unreachable, run

    try:
        settings = telegram_settings(os.environ, vars(options))
        if not settings.token:
            print(texts.no_token.text(), file=sys.stderr)
            return _MISUSED
        if options.action == "set" and not settings.public_url.startswith("https://"):
            raise WrongSetting("COPRO_PUBLIC_URL", "no_https")
        run(options.action, settings, texts, sys.stdout)
    except WrongSetting as error:
        return _refused(error, texts)
    except BadToken as error:
        print((texts.refused_token if error.refused else texts.bad_token).text(), file=sys.stderr)
        return _FAILED
    except Unreachable as error:
        print(texts.telegram_unreachable.text(fout=error), file=sys.stderr)
        return _FAILED
    return 0


def _serve(names: Sequence[Part]) -> Command:
    def command(options: argparse.Namespace, texts: CliTexts, folder: Path) -> int:
        from bot.services import CannotStart, Services

        content = _checked(folder, texts)
        try:
            Services(Flow(content), texts, folder, os.environ).run(names, vars(options))
        except WrongSetting as error:
            return _refused(error, texts)
        except CannotStart as error:
            print(error, file=sys.stderr)
            return _MISUSED if error.misused else _FAILED
        return 0

    return command


_COMMANDS: dict[str, Command] = {
    "chat": _chat,
    "assess": _assess,
    "report": _report,
    "ask": _ask,
    "check": _check,
    "campaign": _campaign,
    "stats": _stats,
    "diagram": _diagram,
    "webhook": _webhook,
    "telegram": _serve(["telegram"]),
    "web": _serve(["web"]),
    "serve": _serve(["web", "telegram"]),
}
