"""The texts that belong to no question, outcome or term: one field for each.

A text that is missing from ``teksten.yaml``, or that stands there without a field here, is a
problem; so is a place to fill in that is missing or unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dialogues.fields import Template, body, key, line, table, template
from dialogues.markup import Body

_BUTTON = line(40)


@dataclass(frozen=True, slots=True)
class Texts:
    # pages
    welcome_title: str = key("welkom_titel", line())
    welcome: Template = key("welkom", template("aantal"))
    welcome_again: Body = key("welkom_terug", body)
    outcome_again: Template = key("uitkomst_terug", template("uitkomst"))
    terms_title: str = key("begrippen_titel", line())
    terms: Body = key("begrippen", body)
    terms_known: Template = key("begrippen_bekend", template("begrippen"))
    overview_title: str = key("overzicht_titel", line())
    overview: Body = key("overzicht", body)
    overview_empty: Body = key("overzicht_leeg", body)
    stopped: Body = key("gestopt", body)
    forget_title: str = key("vergeten_titel", line())
    forget: Body = key("vergeten", body)
    forgotten: Body = key("vergeten_klaar", body)
    help_title: str = key("hulp_titel", line())
    help: Body = key("hulp", body)
    privacy_title: str = key("privacy_titel", line())
    privacy: Body = key("privacy", body)
    about_title: str = key("over_titel", line())
    about: Body = key("over", body)
    reading_title: str = key("verder_lezen_titel", line())

    # the questions
    progress: Template = key("voortgang", template("nummer", "hooguit"))
    answered: Template = key("beantwoord", template("antwoord", "reden"))
    asked_again: Template = key("gewijzigd_vragen", template("antwoord"))
    go_on: Body = key("verdergaan", body)
    nothing_back: Body = key("niets_terug", body)
    restarted: Body = key("opnieuw_begonnen", body)
    why_title: str = key("waarom_titel", line())
    counts_title: str = key("telt_titel", line())
    does_not_count_title: str = key("telt_niet_titel", line())
    example_title: str = key("voorbeeld_titel", line())
    so_far_open: Template = key("tussenstand_open", template("uitkomsten"))
    so_far_certain: Template = key("tussenstand_zeker", template("uitkomst"))

    # the outcome
    because_title: str = key("redenen_titel", line())
    known_title: str = key("bekend_titel", line())
    reason_line: Template = key("reden_regel", template("criterium", "reden", "bronnen"))
    unsourced_reason_line: Template = key("reden_regel_zonder_bron", template("criterium", "reden"))
    open_title: str = key("open_titel", line())
    still_possible: Template = key("nog_mogelijk", template("uitkomsten"))
    open_line: Template = key("open_regel", template("vraag", "antwoord", "uitkomsten"))
    unknown_title: str = key("weet_niet_titel", line())
    unknown_line: Template = key("weet_niet_regel", template("vraag"))
    looks_like_title: str = key("lijkt_op_titel", line())
    looks_like: Body = key("lijkt_op", body)
    form_line: Template = key("vorm_regel", template("vorm", "herken"))
    contested_form_line: Template = key("vorm_regel_betwist", template("vorm", "herken"))
    other_forms: Template = key("andere_vormen", template("vormen"))
    form_contested: Body = key("vorm_betwist", body)
    form_is_not: Body = key("vorm_is_geen", body)
    remarks_title: str = key("opmerkingen_titel", line())
    what_if_title: str = key("wat_als_titel", line())
    what_if_line: Template = key("wat_als_regel", template("antwoord", "vragen", "uitkomst"))
    what_if_none: Body = key("wat_als_geen", body)
    then_open: Template = key("dan_open", template("uitkomsten"))
    reference_line: Template = key("bron_regel", template("titel", "gegevens", "inhoud"))
    source_line: Template = key("bron_vermelding", template("bronnen"))
    disclaimer: Template = key("voorbehoud", template("versie"))
    languages: Mapping[str, str] = key("talen", table(line(), "nl", "en"))
    prices: Mapping[str, str] = key("prijzen", table(line(), "ja", "nee", "onbekend"))

    # what was not understood
    unknown_text: Body = key("onbekende_tekst", body)
    unknown_story: Body = key("onbekend_verhaal", body)
    unknown_answer: Body = key("antwoord_zonder_vraag", body)
    unknown_button: Body = key("onbekende_knop", body)
    unknown_attachment: Body = key("bijlage", body)
    unknown_edit: Body = key("bericht_aangepast", body)
    outdated: Body = key("vragen_veranderd", body)

    # the buttons
    button_check: str = key("knop_zelfcheck", _BUTTON)
    button_go_on: str = key("knop_verder", _BUTTON)
    button_to_outcome: str = key("knop_uitkomst", _BUTTON)
    button_continue: str = key("knop_ook_de_rest", _BUTTON)
    button_help: str = key("knop_uitleg", _BUTTON)
    button_back: str = key("knop_terug", _BUTTON)
    button_overview: str = key("knop_wijzigen", _BUTTON)
    button_stop: str = key("knop_stoppen", _BUTTON)
    button_restart: str = key("knop_opnieuw", _BUTTON)
    button_menu: str = key("knop_menu", _BUTTON)
    button_terms: str = key("knop_begrippen", _BUTTON)
    button_reading: str = key("knop_verder_lezen", _BUTTON)
    button_privacy: str = key("knop_privacy", _BUTTON)
    button_about: str = key("knop_over", _BUTTON)
    button_forget: str = key("knop_vergeten", _BUTTON)
    button_keep: str = key("knop_niet_vergeten", _BUTTON)
    button_selected: Template = key("knop_gekozen", template("antwoord"))
    button_change: Template = key("knop_wijzig_antwoord", template("vraag", "antwoord"))
    button_open_question: Template = key("knop_open_vraag", template("vraag"))
    button_about_term: Template = key("knop_meer_over", template("begrip"))

    # words inside sentences
    word_or: str = key("woord_of", line())
    word_and: str = key("woord_en", line())
    diagram_certain: str = key("schema_zeker", line())
