"""The texts that only the web pages need, read from ``web.yaml``."""

from dataclasses import dataclass

from dialogues.fields import Template, body, key, line, many, record, template
from dialogues.markup import Body

FILE = "web.yaml"
_BUTTON = line(40)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own."""

    title: str = key("kop", line(80))
    text: Body = key("tekst", body)


@dataclass(frozen=True, slots=True)
class WebTexts:
    # every page
    description: str = key("omschrijving", line(160))
    page_title: Template = key("paginatitel", template("pagina", "naam"))
    error_title: Template = key("fouttitel", template("pagina"))
    skip: str = key("naar_inhoud", line())
    footer_label: str = key("voet_naam", line())
    offered_by: Template = key("aangeboden_door", template("beheerder"))
    dropped: Body = key("vervallen", body)

    # the conversation
    next: str = key("knop_volgende", _BUTTON)
    no_choice_title: str = key("keuze_ontbreekt_kop", line())
    no_choice: str = key("keuze_ontbreekt", line())
    not_understood_title: str = key("vraag_onbekend_kop", line())
    not_understood: str = key("vraag_onbekend", line())
    steps_label: str = key("stappen_naam", line())
    ask: str = key("vraag_label", line())
    ask_hint: str = key("vraag_hint", line())
    ask_button: str = key("vraag_knop", _BUTTON)
    answers_so_far: str = key("antwoorden_kop", line())
    answers_outcome: str = key("antwoorden_bij_uitkomst_kop", line())
    change: str = key("wijzig", _BUTTON)
    then: str = key("verder_kop", line())
    stopped_title: str = key("gestopt_kop", line())
    forgotten: Body = key("gewist", body)

    # the outcome
    dated: Template = key("gedateerd", template("datum"))
    keep_title: str = key("bewaren_kop", line())
    pdf: str = key("knop_pdf", _BUTTON)
    print: str = key("knop_afdrukken", _BUTTON)
    print_hint: str = key("afdrukken_hint", line())
    link_label: str = key("link_label", line())
    link_hint: str = key("link_hint", line())
    copy: str = key("knop_kopieer", _BUTTON)
    copied: str = key("gekopieerd", _BUTTON)
    mail: str = key("knop_mail", _BUTTON)
    whatsapp: str = key("knop_whatsapp", _BUTTON)
    telegram: str = key("knop_deel_telegram", _BUTTON)
    in_telegram: str = key("knop_telegram", _BUTTON)
    telegram_hint: str = key("telegram_hint", line())

    # passing on
    share: str = key("delen", _BUTTON)
    page_link_label: str = key("pagina_link_label", line())
    page_link_hint: str = key("pagina_link_hint", line())
    sharing_title: str = key("delen_titel", line())
    share_check_title: str = key("delen_wijzer_kop", line())
    check_link_label: str = key("wijzer_link_label", line())
    check_link_hint: str = key("wijzer_link_hint", line())
    embed_title: str = key("insluiten_kop", line())
    embed: Body = key("insluiten", body)
    embed_sites: Template = key("insluiten_websites", template("websites"))
    embed_nowhere: Body = key("insluiten_nergens", body)
    snippet_label: str = key("insluiten_code_label", line())
    copy_snippet: str = key("knop_kopieer_code", _BUTTON)
    snippet_copied: str = key("code_gekopieerd", _BUTTON)
    whole_page: str = key("ingesloten_hele_pagina", _BUTTON)
    leaving: str = key("ingesloten_tabblad", line())

    # all questions
    questions_title: str = key("vragen_titel", line())
    questions: Body = key("vragen", body)
    questions_button: str = key("vragen_knop", _BUTTON)
    questions_help: Template = key("vragen_uitleg", template("vraag"))

    # figures
    figures_title: str = key("cijfers_titel", line())
    figures: Body = key("cijfers", body)
    password: str = key("wachtwoord", line())
    password_button: str = key("wachtwoord_knop", _BUTTON)
    wrong_password_title: str = key("wachtwoord_fout_kop", line())
    wrong_password: str = key("wachtwoord_fout", line())
    expired: str = key("wachtwoord_opnieuw", line())
    campaign: str = key("campagne", line())
    every_campaign: str = key("elke_campagne", line())
    since: str = key("vanaf", line())
    since_hint: str = key("vanaf_hint", line())
    no_date_title: str = key("vanaf_fout_kop", line())
    no_date: str = key("vanaf_fout", line())
    show_figures: str = key("cijfers_knop", _BUTTON)

    # information
    operator_title: str = key("beheerder_kop", line())
    operator: Template = key("beheerder", template("beheerder"))
    operator_unknown: Body = key("beheerder_onbekend", body)
    contact: str = key("contact", line())
    privacy: tuple[Section, ...] = key("privacy", many(record(Section)))
    counted_title: str = key("tellen_kop", line())
    counted: Body = key("tellen", body)
    nothing_counted: Body = key("tellen_niet", body)
    about: tuple[Section, ...] = key("over", many(record(Section)))
    accessibility_title: str = key("toegankelijkheid_titel", line())
    accessibility: tuple[Section, ...] = key("toegankelijkheid", many(record(Section)))

    # errors
    not_found: Section = key("fout_404", record(Section))
    wrong_method: Section = key("fout_405", record(Section))
    too_slow: Section = key("fout_408", record(Section))
    too_large: Section = key("fout_413", record(Section))
    too_long: Section = key("fout_414", record(Section))
    unreadable: Section = key("fout_422", record(Section))
    too_many: Section = key("fout_429", record(Section))
    failed: Section = key("fout_500", record(Section))
    busy: Section = key("fout_503", record(Section))
