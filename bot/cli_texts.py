"""The texts of the command line and the terminal, read from ``opdrachtregel.yaml``."""

from dataclasses import dataclass

from dialogues.fields import Template, key, line, spaced, template

FILE = "opdrachtregel.yaml"


@dataclass(frozen=True, slots=True)
class CliTexts:
    usage: str = key("gebruik", spaced)
    description: str = key("omschrijving", line())
    title_commands: str = key("kop_opdrachten", line())
    title_values: str = key("kop_waarden", line())
    title_options: str = key("kop_opties", line())
    help_help: str = key("hulp_help", line())
    help_chat: str = key("hulp_chat", line())
    help_assess: str = key("hulp_assess", line())
    help_answers: str = key("hulp_antwoorden", line())
    help_ask: str = key("hulp_ask", line())
    help_question: str = key("hulp_vraag", line())
    help_json: str = key("hulp_json", line())
    help_check: str = key("hulp_check", line())
    help_folder: str = key("hulp_map", line())
    help_diagram: str = key("hulp_diagram", line())
    help_telegram: str = key("hulp_telegram", line())
    help_token: str = key("hulp_token", line())
    help_base_url: str = key("hulp_base_url", line())
    help_base_file_url: str = key("hulp_base_file_url", line())
    help_log_level: str = key("hulp_log_level", line())
    help_version: str = key("hulp_version", line())

    command: str = key("opdracht", line())
    unknown_word: Template = key("onbekend_woord", template("woord", "opdracht"))
    bad_command: Template = key("onbekende_opdracht", template("opdracht"))
    bad_pair: Template = key("geen_antwoord", template("woord"))
    unknown_question: Template = key("onbekende_vraag", template("woord", "vragen"))
    unknown_answer: Template = key("onbekend_antwoord", template("woord", "vraag", "antwoorden"))
    question_twice: Template = key("dubbele_vraag", template("woord"))
    did_you_mean: Template = key("bedoelde_u", template("woord"))
    unknown_term: str = key("begrip_onbekend", line())
    check_passed: str = key("check_goed", line())
    check_failed: Template = key("check_fout", template("aantal"))
    content_broken: str = key("inhoud_fout", line())
    wrong_setting: Template = key("verkeerde_waarde", template("naam", "uitleg"))
    bad_address: str = key("uitleg_adres", line())
    bad_log_level: str = key("uitleg_log_level", line())

    no_token: Template = key("token_ontbreekt", template())
    bad_token: Template = key("token_onleesbaar", template())
    refused_token: Template = key("token_geweigerd", template())

    prompt: str = key("vraagteken", spaced)
    goodbye: str = key("tot_ziens", line())
    choice: Template = key("keuze", template("nummer", "tekst"))
