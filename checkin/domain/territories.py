"""Countries and territories by name, in English and Thai: Babel's list, with the other names that people write."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from checkin.domain.folding import words

_ALSO: Final = {
    "VN": "Viet Nam|Socialist Republic of Viet Nam|VNM",
    "LA": "Lao PDR|Lao|Lao People's Democratic Republic|LAO",
    "MM": "Myanmar|Burma|Republic of the Union of Myanmar|MMR|พม่า|เมียนมา|เมียนมาร์|สหภาพเมียนมา",
    "BN": "Brunei Darussalam|BRN|บรูไนดารุสซาลาม",
    "GB": "UK|U.K.|Great Britain|England|Scotland|Wales|United Kingdom of Great Britain and Northern Ireland|GBR|อังกฤษ",
    "US": "USA|U.S.A.|U.S.|United States of America|America|อเมริกา|สหรัฐ",
    "TH": "Kingdom of Thailand|THA|ประเทศไทย|Siam",
    "KH": "Kingdom of Cambodia|Kampuchea|KHM",
    "ID": "Republic of Indonesia|IDN",
    "MY": "MYS",
    "PH": "The Philippines|Republic of the Philippines|PHL",
    "SG": "Republic of Singapore|SGP",
    "TL": "East Timor|Timor Leste|TLS",
    "KR": "Republic of Korea|Korea|Korea (Republic of)|ROK|KOR|เกาหลี|สาธารณรัฐเกาหลี",
    "KP": "Democratic People's Republic of Korea|DPRK|PRK",
    "CN": "People's Republic of China|PR China|PRC|CHN",
    "HK": "Hong Kong",
    "MO": "Macau|Macao",
    "TW": "Chinese Taipei",
    "JP": "JPN",
    "RU": "Russian Federation|RUS",
    "IR": "Islamic Republic of Iran",
    "SY": "Syrian Arab Republic",
    "CZ": "Czech Republic",
    "NL": "The Netherlands|Holland|NLD",
    "CH": "CHE|Suisse|Schweiz",
    "DE": "Federal Republic of Germany|DEU|Deutschland",
    "TR": "Turkey",
    "CI": "Ivory Coast",
    "TZ": "United Republic of Tanzania",
    "MD": "Republic of Moldova",
    "VE": "Bolivarian Republic of Venezuela",
    "BO": "Plurinational State of Bolivia",
    "MK": "Macedonia",
    "SZ": "Swaziland",
    "CV": "Cape Verde",
    "AE": "UAE|U.A.E.",
    "AU": "AUS",
    "NZ": "NZL",
    "IN": "IND",
    "FR": "FRA",
}
"""What neither Babel's English nor its Thai list says: names of the United Nations, former ones, short forms."""
_NO_COUNTRY: Final = frozenset(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"])


def key(text: str) -> str:
    """Return a country's name as it is compared: its folded words, without the article, as one."""
    found = words(text.replace(".", ""))
    return "".join(found[1:] if found[:1] == ["the"] and len(found) > 1 else found)


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Return code -> names: the English one, the Thai one, then others and the code itself. Read at the first call."""
    from babel import Locale

    english, thai = Locale("en").territories, Locale("th").territories
    found = {}
    for code, name in english.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
            others = [other for other in _ALSO.get(code, "").split("|") if other]
            plain = str(name).partition(" (")[0]
            found[code] = tuple(
                dict.fromkeys((plain, str(thai.get(code, plain)).partition(" (")[0], *others, str(name), code))
            )
    return found


@cache
def _codes() -> dict[str, str]:
    return {key(name): code for code, all_names in reversed(names().items()) for name in all_names}


@lru_cache(maxsize=1 << 12)
def code_of(text: str) -> str:
    """Return the two-letter code of a country however it is written; empty where it is none that is known."""
    return _codes().get(key(text), "") if text.strip() else ""
