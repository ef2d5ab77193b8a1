"""Bad content for every rule about several files, the ways through them, or the language."""

from tests.content.bad_rows import bad

_RULE = "als: {eigen_gebruik: [nee]}"
_LAST = "- id: open\n"
_NOW = "- id: gaat_over_nu\n  bij: [volledig, implementatie, complementair]\n  tekst: |\n"
_NEW_OUTCOME = "  naam: x\n  zin: Dit is x.\n  uitleg: Zo.\n  verder_lezen: [roset]\n"
_UNSURE = "    - id: weet_niet\n      tekst: Weet ik niet\n"
_FIRST_UNSURE = f"{_UNSURE}      reden: U weet nog niet of de samenleving er iets aan heeft.\n"
_BREDER = "- id: breder\n"
_TERM = "naam: Nieuw, vraag: Wat is dat?, tekst: Zo., meer: Zo."
_NEE = '  nee: [nee, "n",'
_LITTER = "  naam: Zwerfafval opruimen\n  veld: afval\n  land: nl\n"
_LITTER_RULE = "ontwerp: nee}\n  uitkomst: complementair\n  waarom: |\n    De bewoners rapen op"
_LITTER_SOURCE = "  bronnen: [roep_helderheid]\n"
_WIKIPEDIA = "  bronnen: [pestoff]\n"
_COMMUNITY = "  lijkt_op: online_community\n"
_ALL_JA = "publieke_waarde=ja, burgers=ja, professionals=ja, uitvoering=ja, doel=ja"


def _remark(text: str) -> dict[str, str]:
    return {_NOW: f"{_NOW}    {text}\n"}


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
        {"opdrachten:\n  start:": "opdrachten:\n  ¦xyz:"},
        "'xyz' is geen opdracht.",
        "de opdracht 'start' ontbreekt.",
    ),
    bad(
        "onbekend_antwoordwoord",
        "woorden",
        {"antwoorden:\n": "antwoorden:\n  ¦jaa: [jaaa]\n"},
        "'jaa' is geen antwoord op een vraag. Bedoelde u 'ja'?",
    ),
    bad(
        "onbekend_antwoordwoord",
        "woorden",
        {"antwoord_vooraan:\n": "antwoord_vooraan:\n  ¦neee: [neee]\n"},
        "'neee' is geen antwoord op een vraag. Bedoelde u 'nee'?",
    ),
    bad(
        "onbekend_veld_voorbeeld",
        "woorden",
        {"velden:\n": "velden:\n  ¦afvall: [afvalberg]\n"},
        "'afvall' is geen terrein in teksten.yaml. Bedoelde u 'afval'?",
    ),
    bad(
        "dubbel_woord",
        "woorden",
        {_NEE: f"  ¦{_NEE[2:]} jawel,"},
        "'jawel' staat ook al bij 'ja'.",
    ),
    bad(
        "dubbel_woord",
        "begrippen/verschil",
        {_BREDER: f"- {{id: ¦nieuw, {_TERM}, ook: [Jazeker!, coproduceren]}}\n\n{_BREDER}"},
        "'coproduceren' staat ook al bij 'coproductie'.",
        "'jazeker' staat ook al bij 'ja'.",
    ),
    bad(
        "woord_niet_kaal",
        "woorden",
        {_NEE: f"  ¦{_NEE[2:]} Né!,"},
        "'Né!' kan zo nooit gevonden worden. Schrijf 'ne'.",
    ),
    *(
        bad(
            "woord_niet_kaal",
            "woorden",
            {f"{table}:\n  {name}: [": f"{table}:\n  ¦{name}: [Heel Zeker, "},
            "'Heel Zeker' kan zo nooit gevonden worden. Schrijf 'heel zeker'.",
        )
        for table, name in (("antwoord_vooraan", "ja"), ("velden", "veiligheid"))
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
        {"- id: ketensamenwerking": "- id: ¦fase"},
        "'fase' bestaat al als begrip.",
    ),
    bad(
        "faalt_niet",
        "vormen",
        {"faalt: [publieke_waarde, professionals]": "faalt: [¦ontwerp, professionals]"},
        "'ontwerp' is geen vraag waarbij 'nee' tot een directe uitkomst leidt.",
    ),
    bad(
        "dubbele_id",
        "begrippen/verschil",
        {_BREDER: f"- {{id: ¦cocreatie, {_TERM}}}\n\n{_BREDER}"},
        "de id 'cocreatie' bestaat al.",
    ),
    bad(
        "leeg_onderwerp",
        "teksten",
        {"onderwerpen:\n": "onderwerpen:\n  ¦leeg: Nog niets\n"},
        "voor het onderwerp 'leeg' is er geen bestand met begrippen.",
    ),
    bad(
        "onbekende_verwijzing",
        "begrippen/verschil",
        {"zie_ook: [codesign,": "zie_ook: [¦codesing,"},
        "'codesing' is geen begrip, vorm of voorbeeld. Bedoelde u 'codesign'?",
    ),
    bad(
        "veld_ontbreekt",
        "teksten",
        {"welkom_titel: ": "¦welkom_titel: ", "knop_meer: Meer uitleg\n": ""},
        "het veld 'knop_meer' ontbreekt.",
    ),
)

EXAMPLES = (
    bad(
        "onbekend_veld_voorbeeld",
        "voorbeelden",
        {_LITTER: _LITTER.replace("afval\n", "¦afvall\n")},
        "'afvall' is geen terrein in teksten.yaml. Bedoelde u 'afval'?",
    ),
    bad(
        "onbekend_land",
        "voorbeelden",
        {_LITTER: _LITTER.replace("nl\n", "¦nll\n")},
        "'nll' is geen land in teksten.yaml. Bedoelde u 'nl'?",
    ),
    bad(
        "onbekende_uitkomst",
        "voorbeelden",
        {_LITTER_RULE: _LITTER_RULE.replace("complementair", "¦complementai")},
        "'complementai' is geen uitkomst. Bedoelde u 'complementair'?",
    ),
    bad(
        "onbekende_vraag",
        "voorbeelden",
        {_LITTER_RULE: _LITTER_RULE.replace("ontwerp:", "¦ontwep:")},
        "'ontwep' is geen vraag. Bedoelde u 'ontwerp'?",
    ),
    bad(
        "onbekend_antwoord",
        "voorbeelden",
        {_LITTER_RULE: _LITTER_RULE.replace("nee}", "¦neen}")},
        "'neen' is geen antwoord op 'ontwerp'. Bedoelde u 'nee'?",
    ),
    bad(
        "onbekende_bron",
        "voorbeelden",
        {_LITTER_SOURCE: "  bronnen: [¦roep_helderhied]\n"},
        "'roep_helderhied' is geen bron. Bedoelde u 'roep_helderheid'?",
    ),
    bad(
        "onbekende_vorm",
        "voorbeelden",
        {_COMMUNITY: "  lijkt_op: ¦online_comunity\n"},
        "'online_comunity' is geen vorm. Bedoelde u 'online_community'?",
    ),
    bad(
        "onbekend_voorbeeld",
        "voorbeelden",
        {"{voorbeeld: voorleesouders,": "{voorbeeld: ¦voorleesouder,"},
        "'voorleesouder' is geen voorbeeld. Bedoelde u 'voorleesouders'?",
    ),
    *(
        bad(
            "voorbeeld_een_herkomst",
            "voorbeelden",
            {"- id: wikipedia\n": "- id: ¦wikipedia\n", _WIKIPEDIA: origin},
            "een voorbeeld heeft 'bronnen' of 'bedacht: ja', een van de twee.",
        )
        for origin in ("", "  bedacht: nee\n", f"{_WIKIPEDIA}  bedacht: ja\n")
    ),
    *(
        bad(
            "dubbel_begrip",
            "voorbeelden",
            {"- id: wikipedia\n": f"- id: ¦{name}\n"},
            f"'{name}' bestaat al als begrip.",
        )
        for name in ("fase", "inspraak")
    ),
    *(
        bad(
            "id_van_groep",
            "voorbeelden",
            {"- id: wikipedia\n": f"- id: ¦{name}\n"},
            f"'{name}' is al een id van een terrein of een uitkomst.",
        )
        for name in ("afval", "geen")
    ),
    bad(
        "dubbel_woord",
        "voorbeelden",
        {
            "- id: wikipedia\n": "- id: ¦wikipedia\n",
            f"{_WIKIPEDIA}  ook: [": f"{_WIKIPEDIA}  ook: [Coproduceren, opnieuw beginnen, ",
        },
        "'coproduceren' staat ook al bij 'coproductie'.",
        "'opnieuw beginnen' staat ook al bij 'opnieuw'.",
    ),
    bad(
        "voorbeeld_andere_uitkomst",
        "voorbeelden",
        {_LITTER_RULE: _LITTER_RULE.replace("complementair", "¦implementatie")},
        "bij deze antwoorden hoort de uitkomst 'complementair', niet 'implementatie'.",
    ),
    bad(
        "voorbeeld_andere_vorm",
        "voorbeelden",
        {_COMMUNITY: "  lijkt_op: ¦inspraak\n"},
        "bij deze antwoorden past de vorm 'inspraak' niet.",
    ),
    *(
        bad(
            "variant_verschil",
            "voorbeelden",
            {
                _LITTER_SOURCE: f"{_LITTER_SOURCE}  varianten:\n"
                f"    - {{voorbeeld: ¦{name}, vraag: En als dat zo is?}}\n"
            },
            f"de voorbeelden 'zwerfafval' en '{name}' moeten in precies een antwoord verschillen. "
            f"Nu zijn het er {number}.",
        )
        for name, number in (("whatsappgroep", 0), ("speeltuin", 2))
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
            # No example has these answers, so nothing is said of the examples.
            "    ontwerp: [ja]\n": "    ontwerp: [ja]\n    eigen_gebruik: [ja]\n",
            _LAST: "- id: ¦open\n",
        },
        f"bij deze antwoorden past geen enkele regel: {_ALL_JA}, eigen_gebruik=nee, "
        "primair_proces=ja, ontwerp=ja.",
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
        _remark("Zo is dat. ¦Dit is een zin die maar niet ophoudt " + "en door gaat " * 5 + "tot."),
        "deze zin heeft 24 woorden. De grens is 20: 'Dit is een zin die maar niet ophoudt en...'",
    ),
    bad(
        "je_en_jij",
        "opmerkingen",
        _remark("Dat mag ¦jij weten."),
        "hier staat 'jij'. Spreek de lezer aan met u.",
    ),
    bad(
        "te_vermijden",
        "opmerkingen",
        _remark("Dat is voor\n    mij **¦reeds** bekend."),
        "vermijd het woord 'reeds'. Schrijf eenvoudiger.",
    ),
    bad(
        "aan_elkaar",
        "opmerkingen",
        _remark("Dit is ¦Co-productie."),
        "schrijf 'Co-productie' aan elkaar: 'coproductie'.",
    ),
    bad(
        "zelfde_woord",
        "opmerkingen",
        _remark("Het burgerinitiatief ‘Over professionals’ is van ¦Burgers met burgers=ja."),
        "schrijf steeds hetzelfde woord: niet 'Burgers' maar 'inwoners'.",
    ),
    # YAML may hold a word in another way than it is read; then the text is pointed at.
    bad(
        "je_en_jij",
        "opmerkingen",
        {f"{_NOW}": _NOW.replace("|", '¦"Dat mag j\\u0069j weten."') + "\n  # "},
        "hier staat 'jij'. Spreek de lezer aan met u.",
    ),
)
