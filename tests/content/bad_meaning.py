"""Bad content for every rule about several files, the ways through them, or the language."""

from tests.content.bad_rows import bad

_RULE = "als: {eigen_gebruik: [nee]}"
_LAST = "- id: open\n"
_NOW = "- id: gaat_over_nu\n  bij: [volledig, implementatie, complementair]\n  tekst: |\n"
_NEW_OUTCOME = "  naam: x\n  zin: Dit is x.\n  uitleg: Zo.\n  verder_lezen: [roset]\n"
_UNSURE = "    - id: weet_niet\n      tekst: Weet ik niet\n"
_FIRST_UNSURE = f"{_UNSURE}      reden: U weet nog niet of de samenleving er iets aan heeft.\n"
_ALL_JA = "publieke_waarde=ja, burgers=ja, professionals=ja, uitvoering=ja, doel=ja"


def _remark(text: str) -> dict[str, str]:
    return {_NOW: _NOW.replace("|", "¦|") + f"    {text}\n"}


REFERENCES = (
    bad(
        "dubbele_id",
        "opmerkingen",
        {"- id: gaat_over_nu": "- id: ¦geen_eigen_gebruik"},
        "de id 'geen_eigen_gebruik' bestaat al.",
    ),
    bad(
        "dubbele_id",
        "uitkomsten",
        {_LAST: f"- id: ¦doel\n{_NEW_OUTCOME}  als: {{doel: [ja]}}\n\n{_LAST}"},
        "de id 'doel' bestaat al.",
    ),
    bad("dubbele_code", "vragen", {"  code: b\n": "  code: ¦w\n"}, "de code 'w' bestaat al."),
    bad(
        "onbekende_vraag",
        "opmerkingen",
        {_RULE: "als: {¦eigen_gebruk: [nee]}"},
        "'eigen_gebruk' is geen vraag. Bedoelde u 'eigen_gebruik'?",
    ),
    bad(
        "geen_eerdere_vraag",
        "vragen",
        {"  code: b\n": "  code: b\n  alleen_als: {¦publieke_warde: [ja], ¦doel: [ja]}\n"},
        "'publieke_warde' is geen eerdere vraag. Bedoelde u 'publieke_waarde'?",
        "'doel' is geen eerdere vraag.",
    ),
    bad(
        "eerste_vraag_voorwaarde",
        "vragen",
        {"- id: publieke_waarde\n": "- id: ¦publieke_waarde\n  alleen_als: {¦burgers: [ja]}\n"},
        "de eerste vraag mag geen 'alleen_als' hebben.",
        "'burgers' is geen eerdere vraag.",
    ),
    bad(
        "onbekend_antwoord",
        "opmerkingen",
        {_RULE: "als: {eigen_gebruik: [¦neen, ja, ¦xyz]}"},
        "'neen' is geen antwoord op 'eigen_gebruik'. Bedoelde u 'nee'?",
        "'xyz' is geen antwoord op 'eigen_gebruik'.",
    ),
    bad(
        "onbekende_uitkomst",
        "opmerkingen",
        {"bij: [complementair]": "bij: [¦complementai]"},
        "'complementai' is geen uitkomst. Bedoelde u 'complementair'?",
    ),
    bad(
        "onbekend_begrip",
        "uitkomsten",
        {"begrip: volledig": "begrip: ¦voledig"},
        "'voledig' is geen begrip. Bedoelde u 'volledig'?",
    ),
    bad(
        "onbekende_bron",
        "uitkomsten",
        {"[roset, steen_vvsg, steen_honingh]": "[¦rosett, steen_vvsg, steen_honingh]"},
        "'rosett' is geen bron. Bedoelde u 'roset'?",
    ),
    bad(
        "onbekende_opdracht",
        "woorden",
        {"opdrachten:\n": "opdrachten:\n  ¦strat: [aanvang]\n"},
        "'strat' is geen opdracht. Bedoelde u 'start'?",
    ),
    bad(
        "ontbrekende_opdracht",
        "woorden",
        {"opdrachten:\n  start:": "opdrachten:\n  ¦eerst:"},
        "'eerst' is geen opdracht.",
        "de opdracht 'start' ontbreekt.",
    ),
    bad(
        "onbekend_antwoordwoord",
        "woorden",
        {"antwoorden:\n": "antwoorden:\n  ¦jaa: [jaaa]\n"},
        "'jaa' is geen antwoord op een vraag. Bedoelde u 'ja'?",
    ),
    bad(
        "dubbel_woord",
        "woorden",
        {"  nee: [nee, n,": "  ¦nee: [nee, n, jawel,"},
        "'jawel' staat ook al bij 'ja'.",
    ),
    bad(
        "dubbel_woord",
        "begrippen",
        {"- id: ontwerp\n": "- id: ¦ontwerp\n", "ook: [ontwerpen,": "ook: [Jazeker!, coproducent,"},
        "'coproducent' staat ook al bij 'coproductie'.",
        "'jazeker' staat ook al bij 'ja'.",
    ),
    bad(
        "woord_niet_kaal",
        "woorden",
        {"  nee: [nee, n,": "  ¦nee: [nee, n, Né!,"},
        "'Né!' kan zo nooit gevonden worden. Schrijf 'ne'.",
    ),
    bad(
        "dubbele_letter",
        "vragen",
        {_FIRST_UNSURE: f"{_FIRST_UNSURE}    - {{id: ¦nooit, tekst: Nooit, reden: Nooit.}}\n"},
        "twee antwoorden beginnen met 'n'. "
        "De eerste letter moet verschillen, want die staat in de knop.",
    ),
    bad(
        "geen_weet_niet",
        "vragen",
        {"- id: publieke_waarde": "- id: ¦publieke_waarde", _FIRST_UNSURE: ""},
        "deze vraag heeft geen antwoord 'weet_niet'.",
    ),
    bad(
        "twee_regels",
        "uitkomsten",
        {"- id: complementair\n": "- id: ¦complementair\n  als_een_van: {ontwerp: [ja]}\n"},
        "een uitkomst heeft 'als' of 'als_een_van', niet allebei.",
    ),
    bad(
        "laatste_met_regel",
        "uitkomsten",
        {_LAST: "- id: ¦open\n  als: {doel: [ja]}\n"},
        "de laatste uitkomst mag geen regel hebben.",
    ),
    bad(
        "geen_regel",
        "uitkomsten",
        {_LAST: f"- id: ¦midden\n{_NEW_OUTCOME}\n{_LAST}"},
        "deze uitkomst heeft geen regel. Alleen de laatste uitkomst mag zonder.",
    ),
    bad(
        "direct_zonder_een_van",
        "uitkomsten",
        {"- id: complementair\n": "- id: ¦complementair\n  direct: ja\n"},
        "alleen een uitkomst met 'als_een_van' kan 'direct' zijn.",
    ),
    bad(
        "naam_bezet",
        "uitkomsten",
        {_LAST: f"- id: ¦welkom\n{_NEW_OUTCOME}  als: {{doel: [ja]}}\n\n{_LAST}"},
        "'welkom' is een pagina van het gesprek en kan geen id zijn.",
    ),
    bad(
        "dubbel_begrip",
        "vormen",
        {"- id: inspraak": "- id: ¦fase"},
        "'fase' bestaat al als begrip.",
    ),
    bad(
        "faalt_niet",
        "vormen",
        {"faalt: [publieke_waarde, professionals]": "faalt: [¦ontwerp, professionals]"},
        "'ontwerp' is geen vraag waarbij 'nee' tot een directe uitkomst leidt.",
    ),
)

WAYS = (
    bad(
        "onbereikbare_uitkomst",
        "uitkomsten",
        {_LAST: f"- id: ¦midden\n{_NEW_OUTCOME}  als: {{ontwerp: [ja]}}\n\n{_LAST}"},
        "deze uitkomst kan bij geen enkele reeks antwoorden voorkomen.",
    ),
    bad(
        "geen_regel_past",
        "uitkomsten",
        {
            "    primair_proces: [nee]\n": "    primair_proces: [nee]\n    eigen_gebruik: [ja]\n",
            _LAST: "- id: ¦open\n",
        },
        *(
            f"bij deze antwoorden past geen enkele regel: {_ALL_JA}, eigen_gebruik=nee, "
            f"primair_proces=nee, ontwerp={answer}."
            for answer in ("ja", "nee")
        ),
    ),
    bad(
        "ongebruikte_vorm",
        "vormen",
        {
            "- id: bezuiniging": "- id: ¦bezuiniging",
            "faalt: [doel]\n  als: {professionals: [ja]}": "faalt: [doel]\n  als: {doel: [ja]}",
        },
        "deze vorm kan bij geen enkele reeks antwoorden verschijnen.",
    ),
)

LANGUAGE = (
    bad(
        "zin_te_lang",
        "opmerkingen",
        _remark("Dit is een zin die maar niet ophoudt " + "en door gaat " * 5 + "tot hier."),
        "deze zin heeft 25 woorden. De grens is 20: 'Dit is een zin die maar niet ophoudt en...'",
    ),
    bad(
        "je_en_jij",
        "opmerkingen",
        _remark("Dat mag jij weten."),
        "hier staat 'jij'. Spreek de lezer aan met u.",
    ),
    bad(
        "te_vermijden",
        "opmerkingen",
        _remark("Dat is reeds bekend."),
        "vermijd het woord 'reeds'. Schrijf eenvoudiger.",
    ),
    bad(
        "aan_elkaar",
        "opmerkingen",
        _remark("Dit is Co-productie."),
        "schrijf 'Co-productie' aan elkaar: 'coproductie'.",
    ),
)
