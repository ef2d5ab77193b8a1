"""A bad file or value for every rule that looks at one file."""

from tests.content.bad_rows import WHOLE, bad

_CODE = "  code: w\n"
_TEXT = "vraag: Levert het initiatief iets op waar de samenleving iets aan heeft?"
_RULE = "als: {eigen_gebruik: [nee]}"
_ADDRESS = "adres: https://platformoverheid.nl/coproductie/"
_BAD_YAML = "Kijk naar inspringing, dubbele punten en aanhalingstekens."
_NO_LIST = "hier hoort een lijst te staan (regels die beginnen met '- ')."
_NO_FIELDS = "hier horen velden te staan (regels zoals 'naam: waarde')."
_NO_TEXT = "hier hoort een woord of tekst te staan, geen lijst of velden."
_EMPTY = "hier staat niets. Vul een tekst in."
_INVISIBLE = "hier staat een onzichtbaar teken. Haal het weg."
_NOT_READ = (
    "dit bestand kan niet worden gelezen als YAML: het heeft een verboden teken of te veel lagen."
)
_MARKUP = "Toegestaan zijn **vet**, [tekst](https://...) en regels met '- '."
_ID = "Gebruik kleine letters, cijfers en _ en begin met een letter."
_REFERENCE = "verwijzingen met & en * mogen niet. Schrijf de tekst voluit."


def _trap(word: str) -> str:
    quote = "Zet het tussen aanhalingstekens, of schrijf ja of nee."
    return f"YAML leest '{word}' niet als tekst. {quote}"


FILES = (
    bad("leeg_bestand", "bronnen", {WHOLE: "¦"}, "dit bestand is leeg."),
    bad("leeg_bestand", "bronnen", {WHOLE: "¦# later\n"}, "dit bestand is leeg."),
    bad("leeg_bestand", "vragen", {WHOLE: "¦\ufeff"}, "dit bestand is leeg."),
    bad("vreemd_teken", "vormen", {WHOLE: "¦- id: a\x07b\n"}, _NOT_READ),
    bad("vreemd_teken", "vormen", {WHOLE: "¦- id: a\x00b\n"}, _NOT_READ),
    bad("vreemd_teken", "vormen", {WHOLE: f"¦{'[' * 30}{']' * 30}"}, _NOT_READ),
    bad("verwijzing_in_yaml", "vormen", {WHOLE: "- ¦&a [x]\n- *a\n"}, _REFERENCE),
    bad("verwijzing_in_yaml", "vormen", {WHOLE: "- ¦&a [*a]\n"}, _REFERENCE),
    bad("verwijzing_in_yaml", "vormen", {WHOLE: "- id: a\n  naam: ¦*let op*\n"}, _REFERENCE),
    bad("verwijzing_in_yaml", "vormen", {WHOLE: "- &a x\n- ¦&a y\n"}, _REFERENCE),
    bad(
        "geen_yaml",
        "vormen",
        {WHOLE: "- id: a\n¦\tnaam: b\n"},
        f"dit is geen geldige YAML (found a tab character that violates indentation). {_BAD_YAML}",
    ),
    bad(
        "geen_yaml",
        "woorden",
        {WHOLE: "a: b\n¦---\nc: d\n"},
        f"dit is geen geldige YAML (but found another document). {_BAD_YAML}",
    ),
)

NODES = (
    bad("geen_lijst", "bronnen", {WHOLE: "¦roset: ja\n"}, _NO_LIST),
    bad("geen_lijst", "bronnen", {WHOLE: "¦roset\n"}, _NO_LIST),
    bad("geen_lijst", "opmerkingen", {_RULE: "als: {eigen_gebruik: ¦nee}"}, _NO_LIST),
    bad("lege_lijst", "vormen", {WHOLE: "¦[]\n"}, "deze lijst is leeg."),
    bad("lege_lijst", "opmerkingen", {_RULE: "als: {eigen_gebruik: ¦[]}"}, "deze lijst is leeg."),
    bad("geen_velden", "teksten", {WHOLE: "¦- a\n"}, _NO_FIELDS),
    bad("geen_velden", "teksten", {WHOLE: "¦{}\n"}, _NO_FIELDS),
    bad("geen_velden", "vormen", {"- id: inspraak\n": "- ¦inspraak\n- id: inspraak\n"}, _NO_FIELDS),
    bad("geen_velden", "opmerkingen", {_RULE: "als: ¦[nee]"}, _NO_FIELDS),
    bad("geen_tekst", "vragen", {_CODE: "  code: ¦[w]\n"}, _NO_TEXT),
    bad("geen_tekst", "vragen", {_CODE: "  ? ¦[code]\n  : w\n  code: w\n"}, _NO_TEXT),
    bad("leeg", "vragen", {_CODE: "  code:¦\n"}, _EMPTY),
    bad("leeg", "vragen", {_CODE: "  code: ¦null\n"}, _EMPTY),
    bad("leeg", "vragen", {_CODE: "  code: ¦~\n"}, _EMPTY),
    bad("leeg", "vragen", {_CODE: "  code: ¦'  '\n"}, _EMPTY),
    bad(
        "leeg",
        "teksten",
        {"nog_mogelijk: |\n  Nog mogelijk: {uitkomsten}.\n": "nog_mogelijk:¦\n"},
        _EMPTY,
    ),
    bad(
        "leeg", "teksten", {"welkom_terug: |\n  Wat wilt u nu doen?\n": "welkom_terug:¦\n"}, _EMPTY
    ),
    *(
        bad("geen_woord", "opmerkingen", {_RULE: f"als: {{doel: [¦{word}]}}"}, _trap(word))
        for word in ("no", "on", "Yes", "true", "1.10", "2025-01-01")
    ),
    bad("geen_woord", "vragen", {_CODE: f"{_CODE}  ¦<<: {{naam: x}}\n"}, _trap("<<")),
    bad("geen_woord", "vragen", {_CODE: "  code: ¦!!binary dw==\n"}, _trap("dw==")),
    *(
        bad("onzichtbaar_teken", "vragen", {_TEXT: f'vraag: ¦"Is dat{sign} goed?"'}, _INVISIBLE)
        for sign in (r"\e[31m", r"\0", "\u200b", "\u202e", r"\t")
    ),
    bad(
        "dubbele_sleutel",
        "vragen",
        {_CODE: f"{_CODE}  ¦code: x\n"},
        "het veld 'code' staat hier twee keer.",
    ),
    bad(
        "dubbele_sleutel",
        "opmerkingen",
        {_RULE: "als: {doel: [nee], ¦doel: [ja]}"},
        "het veld 'doel' staat hier twee keer.",
    ),
    bad(
        "onbekend_veld",
        "vragen",
        {_CODE: f"{_CODE}  ¦toelichtin: Zo.\n"},
        "onbekend veld 'toelichtin'. Bedoelde u 'toelichting'?",
    ),
    bad("onbekend_veld", "vragen", {_CODE: f"{_CODE}  ¦qqq: Zo.\n"}, "onbekend veld 'qqq'."),
    bad(
        "veld_ontbreekt",
        "vragen",
        {"- id: publieke_waarde\n  code: w\n": "- ¦id: publieke_waarde\n"},
        "het veld 'code' ontbreekt.",
    ),
    bad(
        "veld_ontbreekt",
        "vormen",
        {"- id: markt\n  naam: ": "- ¦naam: "},
        "het veld 'id' ontbreekt.",
    ),
)

VALUES = (
    bad(
        "geen_id",
        "opmerkingen",
        {"- id: gaat_over_nu": "- id: ¦Gaat-over-nu"},
        f"'Gaat-over-nu' is geen geldige id. {_ID}",
    ),
    bad("geen_id", "opmerkingen", {"- id: ladder": "- id: ¦1"}, f"'1' is geen geldige id. {_ID}"),
    bad(
        "geen_code",
        "vragen",
        {_CODE: "  code: ¦w1\n"},
        "'w1' is geen geldige code. Gebruik een of twee kleine letters.",
    ),
    bad("geen_jaar", "bronnen", {'jaar: "1996"': "jaar: ¦96"}, "'96' is geen jaartal."),
    *(
        bad(
            "geen_https",
            "bronnen",
            {_ADDRESS: f"adres: ¦{address}"},
            f"'{address}' is geen adres dat begint met https://.",
        )
        for address in ("http://platformoverheid.nl/", "https://nl", "https://a.nl/x y", "www.a.nl")
    ),
    bad(
        "geen_keuze",
        "uitkomsten",
        {"direct: ja": "direct: ¦jaa"},
        "'jaa' kan hier niet. Bedoelde u 'ja'?",
    ),
    bad(
        "meer_regels",
        "vragen",
        {_TEXT: "vraag: ¦|\n    Levert het\n    iets op?"},
        "deze tekst moet op een regel passen.",
    ),
    bad(
        "te_lang",
        "vragen",
        {_TEXT: f"vraag: ¦{'Is het goed? ' * 16}"},
        "deze tekst heeft 207 tekens. De grens is 200.",
    ),
    bad(
        "te_lang",
        "teksten",
        {"welkom_terug: |": f"welkom_terug: ¦|\n  {'Kies maar. ' * 400}"},
        "deze tekst heeft 4421 tekens. De grens is 3500.",
    ),
    *(
        bad("geen_opmaak", file, {old: new}, f"hier kan geen opmaak staan. Haal '{sign}' weg.")
        for file, old, new, sign in (
            ("vragen", _TEXT, "vraag: ¦Is het **vet**?", "*"),
            ("vragen", _TEXT, "vraag: ¦Is [dit](https://a.nl) goed?", "["),
            ("bronnen", "makers: T. Steen en M. Honingh", "makers: ¦T. Steen (red.]", "]"),
        )
    ),
    bad(
        "opmaak",
        "vragen",
        {_TEXT: "vraag: ¦Is dit <b>vet</b>?"},
        f"de opmaak klopt niet bij '<b>vet</b>?'. {_MARKUP}",
    ),
    bad(
        "opmaak",
        "teksten",
        {
            "  Wat wilt u nu doen?\nuitkomst_terug": "  Een [a](http://a.nl).\nuitkomst_terug",
            "welkom_terug: |": "welkom_terug: ¦|",
        },
        f"de opmaak klopt niet bij '](http://a.nl).'. {_MARKUP}",
    ),
    bad(
        "invulplek",
        "vragen",
        {_TEXT: "vraag: ¦Is dat {goed}?"},
        "'{goed}' wordt hier niet ingevuld. Haal de accolades weg.",
    ),
    bad(
        "invulplek",
        "teksten",
        {"begrippen: |": "begrippen: ¦|\n  Over {begrip}?"},
        "'{begrip}' wordt hier niet ingevuld. Haal de accolades weg.",
    ),
    bad(
        "invulplek_ontbreekt",
        "teksten",
        {"Vraag {nummer} van hooguit {hooguit}": "¦Vraag {nummer}"},
        "de invulplek '{hooguit}' ontbreekt.",
    ),
    bad(
        "ontbrekende_keuze",
        "teksten",
        {"  nl: Nederlands\n  en: Engels\n": "  ¦nl: Nederlands\n"},
        "'en' ontbreekt.",
    ),
)

# The files that only a channel or the check itself reads.
OTHER_FILES = (
    bad("geen_velden", "opdrachtregel", {WHOLE: "¦tekst\n"}, _NO_FIELDS),
    *(
        bad(
            "geen_getal",
            "taalregels",
            {"langste_zin: 20": f"langste_zin: ¦{word}"},
            f"'{word}' is geen getal van 1 tot 9999.",
        )
        for word in ("twintig", "0")
    ),
    bad(
        "invulplek_onbekend",
        "opdrachtregel",
        {'"Gevonden fouten: {aantal}."': '¦"Gevonden: {aantal} {aantl}."'},
        "de invulplek '{aantl}' bestaat hier niet. Bedoelde u 'aantal'?",
    ),
    bad(
        "opmaak",
        "opdrachtregel",
        {'"Gevonden fouten: {aantal}."': '¦"Gevonden: **{aantal}."'},
        f"de opmaak klopt niet bij '**{{aantal}}.'. {_MARKUP}",
    ),
)
