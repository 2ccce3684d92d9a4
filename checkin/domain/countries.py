"""Countries by name, in English and Thai, as Babel (Unicode CLDR) has them, with the other names that people type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checkin.domain.folding import words

_ALSO: Final = {
    "BN": ("Brunei Darussalam",),
    "CN": ("PRC", "People's Republic of China"),
    "CZ": ("Czech Republic",),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales"),
    "KR": ("Korea", "Republic of Korea", "ROK"),
    "LA": ("Lao PDR", "Lao People's Democratic Republic", "ลาว"),
    "MM": ("Myanmar", "Burma", "พม่า"),
    "RU": ("Russian Federation",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "US": ("USA", "United States of America", "America"),
    "VN": ("Viet Nam",),
}
"""Names that Unicode's list does not have."""
_AS_WRITTEN: Final = {"LA": "Lao PDR", "MM": "Myanmar", "VN": "Viet Nam"}
"""Where the usual name at a conference of states is not that of Unicode's list."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country: what is written into a field, and every folded name it goes by."""

    code: str
    """ISO 3166-1, two letters."""
    name: str
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Return every country, by its English name."""
    from babel import Locale  # reading two languages' lists takes a moment, which a start need not spend

    english, thai = Locale("en").territories, Locale("th").territories
    found = []
    for code, name in english.items():
        if len(code) != 2 or not code.isalpha() or code in {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}:
            continue
        plain = name.partition(" (")[0]
        called = (_AS_WRITTEN.get(code, plain), plain, name, thai.get(code, ""), code, *_ALSO.get(code, ()))
        names = tuple(dict.fromkeys(" ".join(words(text)) for text in called if text))
        found.append(Country(code, called[0], names))
    return tuple(sorted(found, key=lambda country: country.name))
