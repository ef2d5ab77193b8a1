"""The texts of the report and of the picture cards, read from ``rapport.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dates import MONTHS
from dialogues.fields import Template, body, key, line, table, template
from dialogues.markup import Body

FILE = "rapport.yaml"


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """``months``: the name of each month by its key in ``bot.dates.MONTHS``."""

    version: Template = key("versie", template("versie"))
    title: Template = key("titel", template("uitkomst"))
    made_on: Template = key("datum", template("datum"))
    months: Mapping[str, str] = key("maanden", table(line(20), *MONTHS))
    initiative: str = key("initiatief", line(40))
    answers_title: str = key("antwoorden_titel", line(60))
    column_subject: str = key("kolom_onderwerp", line(20))
    column_question: str = key("kolom_vraag", line(20))
    column_answer: str = key("kolom_antwoord", line(20))
    no_answers: Body = key("geen_antwoorden", body)
    attachment: str = key("bijlage", line())
    addresses_title: str = key("adressen_titel", line(60))
    back_title: str = key("terug_titel", line(60))
    back: Body = key("terug", body)
    qr_code: str = key("qr_code", line())
    about_title: str = key("over_titel", line(60))
    about: Body = key("over", body)
    page: Template = key("bladzijde", template("nummer", "aantal"))

    card_name: str = key("kaart_naam", line(30))
    card_start: str = key("kaart_begin", line(60))
    card_start_sentence: Template = key("kaart_begin_zin", template("aantal"))
    card_outcome_foot: str = key("kaart_uitkomst_voet", line(60))
    card_term_foot: str = key("kaart_begrip_voet", line(60))
    card_alt: Template = key("kaart_tekst", template("tekst"))
