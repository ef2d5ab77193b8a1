"""The texts on posters and of new campaigns, read from ``affiche.yaml``."""

from dataclasses import dataclass

from dialogues.fields import Template, key, line, template

FILE = "affiche.yaml"


@dataclass(frozen=True, slots=True)
class PosterTexts:
    name: str = key("naam", line(30))
    document_title: Template = key("titel", template("kop", "naam"))
    instruction: str = key("aanwijzing", line(100))
    web: str = key("web", line(20))
    telegram: str = key("telegram", line(20))
    qr_code: Template = key("qr_code", template("adres"))
    simple: str = key("eenvoudig", line(40))
    promise: str = key("belofte", line(60))
    offered_by: Template = key("aangeboden_door", template("beheerder"))
    together_with: Template = key("samen_met", template("partner"))

    new_welcome: str = key("nieuw_welkom", line(200))
    new_title: str = key("nieuw_kop", line(60))
    new_text: str = key("nieuw_tekst", line(200))
