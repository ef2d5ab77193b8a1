"""A bad file of campaigns for every rule that is about campaigns alone."""

import base64
import hashlib
from itertools import count

from tests.campaigns.conftest import CAMPAIGN, WHOLE
from tests.content.bad_rows import MARK, Bad, bad
from tests.content.bad_rows import WHOLE as ALL

_CODE = "code: buurtfeest-2027"
_COLOUR = 'kleur: "#7a1f5c"'
_HINT = "Gebruik 3 tot 40 kleine letters, cijfers en streepjes, zoals buurtfeest-2027."
_NO_COLOUR = 'hier hoort een kleur te staan, met aanhalingstekens: "#0b5563".'
_NO_DATE = "hier hoort een datum te staan, zoals 2027-06-30."
_NO_BEGIN = "is geen begrip, vorm, voorbeeld, uitkomst of opdracht om mee te beginnen."


def _row(rule: str, old: str, new: str, *said: str) -> Bad:
    assert WHOLE.count(old) == 1
    return bad(rule, "campagnes", {ALL: WHOLE.replace(old, new)}, *said)


def _twins() -> tuple[str, str]:
    """The first two codes that have the same mark."""
    found: dict[str, str] = {}
    for number in count():
        code = f"actie-{number}"
        mark = base64.urlsafe_b64encode(hashlib.sha256(code.encode()).digest())[:4].decode()
        if mark in found:
            return found[mark], code
        found[mark] = code
    raise AssertionError


TWINS = _ONE, _OTHER = _twins()

ROWS = (
    *(
        _row(
            "geen_campagnecode", _CODE, f"code: ¦{shown}", f"'{code}' is geen geldige code. {_HINT}"
        )
        for code, shown in (
            *(
                (code, code)
                for code in ("Buurtfeest", "buurt_feest", "a--b", "ab-", "ab", "a" * 41)
            ),
            *((code, code) for code in ("../etc/passwd", "a/b", "a.b.c", "a b c", "buurtfeést")),
            *((code, code) for code in ("буртфест", "ａｂｃ", "٣٤٥", "buurtfeest?x=1")),
            ("-ab", "'-ab'"),
            ("%2e%2e", "'%2e%2e'"),
            ("abc", '"abc\\n"'),
        )
    ),
    _row(
        "dubbele_code",
        WHOLE,
        f"{WHOLE}{WHOLE.replace('code: ', 'code: ¦')}",
        "de code 'buurtfeest-2027' bestaat al.",
    ),
    bad(
        "zelfde_merkteken",
        "campagnes",
        {
            ALL: CAMPAIGN.replace("buurtfeest-2027", _ONE)
            + CAMPAIGN.replace("buurtfeest-2027", f"¦{_OTHER}")
        },
        f"de code '{_OTHER}' krijgt hetzelfde merkteken als '{_ONE}'. Kies een andere code.",
    ),
    bad(
        "te_veel_campagnes",
        "campagnes",
        {ALL: f"{MARK}{CAMPAIGN * 1001}"},
        "hier staan 1001 campagnes. De grens is 1000. Haal oude campagnes weg.",
    ),
    *(
        _row("geen_kleur", _COLOUR, f"kleur:{new}", _NO_COLOUR)
        for new in ("¦ #7a1f5c", " ¦paars", ' ¦"#7a1"', ' ¦"#7a1f5g"', ' ¦"#7a1f5c\\n"', " ¦[rood]")
    ),
    *(
        _row(
            "te_lichte_kleur",
            _COLOUR,
            f'kleur: ¦"{colour}"',
            f"de kleur '{colour}' is te licht. Witte letters zijn er niet op te lezen. "
            "Kies een donkerder kleur.",
        )
        # The last is the lightest grey on which white cannot be read.
        for colour in ("#ffffff", "#ffff00", "#00cc44", "#777777")
    ),
    *(
        _row("geen_datum", "tot: 2027-06-30", f"tot: ¦{new}", _NO_DATE)
        for new in (
            "2027-02-30",
            "30-06-2027",
            "2027-6-3",
            "20270630",
            "2027-W05-1",
            "[2027-06-30]",
        )
    ),
    _row(
        "onbekend_begin",
        "begin: zelfcheck",
        "begin: ¦zelfchek",
        f"'zelfchek' {_NO_BEGIN} Bedoelde u 'zelfcheck'?",
    ),
    _row(
        "onbekend_begin",
        "begin: zelfcheck",
        "begin: ¦coproducti",
        f"'coproducti' {_NO_BEGIN} Bedoelde u 'coproductie'?",
    ),
    *(
        _row("onbekend_begin", "begin: zelfcheck", f"begin: ¦{name}", f"'{name}' {_NO_BEGIN}")
        for name in ("stop", "vergeet", "terug")
    ),
    _row(
        "te_lang",
        "Is uw initiatief coproductie?",
        f"¦{'a' * 61}",
        "deze tekst heeft 61 tekens. De grens is 60.",
    ),
    _row(
        "te_lang",
        "Doe de zelfcheck. Die duurt een paar minuten.",
        f"¦{'a' * 5000}",
        "deze tekst heeft 5000 tekens. De grens is 200.",
    ),
)
