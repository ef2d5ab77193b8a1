"""The texts that only Telegram needs, read from ``telegram.yaml``."""

import re
from dataclasses import dataclass

from dialogues.fields import Template, body, key, line, many, record, template
from dialogues.markup import Body
from dialogues.yaml_source import Source, Word

FILE = "telegram.yaml"


def _command_name(source: Source) -> Word | None:
    word = source.word()
    if word is not None and not re.fullmatch(r"[a-z0-9_]{1,32}", word):
        source.problem("geen_id", woord=word)
        return None
    return word


@dataclass(frozen=True, slots=True)
class Command:
    """A command in the menu of Telegram; what it does is a word that the core understands."""

    name: Word = key("naam", _command_name)
    description: str = key("uitleg", line(256))


@dataclass(frozen=True, slots=True)
class TelegramTexts:
    """Limits are those of the Bot API, in characters."""

    description: str = key("beschrijving", line(512))
    short_description: str = key("korte_beschrijving", line(120))
    commands: tuple[Command, ...] = key("opdrachten", many(record(Command)))
    group_commands: tuple[Command, ...] = key("opdrachten_in_groep", many(record(Command)))
    in_group: Body = key("in_een_groep", body)
    button_private: str = key("knop_prive", line(40))
    already_tapped: str = key("al_gekozen", line(200))
    older_message: str = key("ouder_bericht", line(200))
    only_private: str = key("alleen_prive", line(200))
    answered_here: Body = key("vraag_beantwoord", body)
    button_report: str = key("knop_rapport", line(40))
    report_caption: str = key("rapport_bijschrift", line())
    button_web: str = key("knop_website", line(40))
    button_share: str = key("knop_deel", line(40))
    share_start: str = key("deel_begin", line())
    share_text: Template = key("deel_uitleg", template("onderwerp"))
    button_share_outcome: str = key("knop_deel_uitkomst", line(40))
    share_outcome: Template = key("deel_uitkomst_eerst", template("uitkomst"))
    button_pass_on: str = key("knop_kies_met_wie", line(40))
    share_outcome_text: Template = key("deel_uitkomst", template("uitkomst"))
    button_read_more: str = key("knop_lees_meer", line(40))
    inline_check_title: str = key("kaart_zelfcheck_titel", line(80))
    inline_check: Body = key("kaart_zelfcheck", body)
    figures_refused: Template = key("cijfers_niet_voor_u", template("nummer"))
    figures_unknown_campaign: Body = key("cijfers_onbekende_campagne", body)
    place_lost: Body = key("plaats_kwijt", body)
    failed: Body = key("ging_mis", body)
    failed_alert: str = key("ging_mis_kort", line(200))
    privacy: Body = key("privacy", body)
    counted: Body = key("privacy_tellen", body)
    forgotten: Body = key("vergeten", body)
