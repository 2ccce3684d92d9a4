"""Countries by name, in English and Thai, as Babel (Unicode CLDR) has them, with the other names that people type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from checkin.domain.folding import words

_ALSO: Final = {
    "AE": ("UAE",),
    "BN": ("Brunei Darussalam", "บรูไนดารุสซาลาม"),
    "BO": ("Plurinational State of Bolivia",),
    "CD": ("Democratic Republic of the Congo",),
    "CH": ("Schweiz", "Suisse"),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "People's Republic of China", "PR China"),
    "CZ": ("Czech Republic",),
    "DE": ("Federal Republic of Germany", "Deutschland"),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "อังกฤษ"),
    "ID": ("Republic of Indonesia",),
    "IR": ("Islamic Republic of Iran",),
    "KH": ("Kingdom of Cambodia",),
    "KP": ("DPRK", "Democratic People's Republic of Korea"),
    "KR": ("Korea", "Republic of Korea", "ROK", "เกาหลี"),
    "LA": ("Lao PDR", "Lao", "Lao People's Democratic Republic", "ลาว"),
    "MD": ("Republic of Moldova",),
    "MM": ("Myanmar", "Burma", "Republic of the Union of Myanmar", "พม่า", "เมียนมา", "เมียนมาร์"),
    "NL": ("Holland",),
    "PH": ("Republic of the Philippines",),
    "RU": ("Russian Federation",),
    "SG": ("Republic of Singapore",),
    "SY": ("Syrian Arab Republic",),
    "TH": ("Kingdom of Thailand", "ประเทศไทย"),
    "TL": ("East Timor", "Timor Leste"),
    "TR": ("Turkey",),
    "TZ": ("United Republic of Tanzania",),
    "US": ("USA", "United States of America", "America", "อเมริกา"),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VN": ("Viet Nam", "Socialist Republic of Viet Nam"),
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
    thai: str
    """As it is called in Thai; the English name where Unicode has none."""


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
        found.append(Country(code, called[0], names, thai.get(code, plain).partition(" (")[0]))
    return tuple(sorted(found, key=lambda country: country.name))


@lru_cache(maxsize=1 << 12)
def country_key(text: str) -> str:
    """Return what countries are compared by, however one is written: its code, or folded letters where it is none known."""
    return code_of(text) or _joined(text)


@lru_cache(maxsize=1 << 12)
def code_of(text: str) -> str:
    """Return the two-letter code of a country, however it is written; empty where none is known by that name."""
    return _codes().get(_joined(text), "")


@cache
def thai_name(code: str) -> str:
    """Return what a country is called in Thai. Raises KeyError for a code that is none."""
    return {country.code: country.thai for country in countries()}[code]


def _joined(text: str) -> str:
    found = words(text)
    return "".join(found[1:] if found[:1] == ["the"] else found)


@cache
def _codes() -> dict[str, str]:
    return {name.replace(" ", ""): country.code for country in reversed(countries()) for name in country.names}
