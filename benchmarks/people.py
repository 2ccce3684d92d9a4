"""Invented people for benchmarks, any number of them, the same ones every time, and a database file full of them.

from benchmarks.people import cached
path = cached(1_000_000)          # built once, then shared by all benchmarks of this machine
"""

# ruff: noqa: SIM905 - lists of names read better as lines of words
from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.db.search import catch_up, create, enqueue
from checkin.domain.folding import thai_sort_key

VERSION: Final = 7
"""Counts up when the people or the schema change, so that no benchmark reads an old file."""

_THAI_GIVEN: Final = """
    สมชาย สมหญิง สมศรี ประยุทธ์ วิชัย วิภา สุดา อารีย์ มาลี มานะ ชูใจ ปิติ วีระ นภา กมล พรทิพย์ ศิริพร อรุณ อนันต์
    ธนา ณัฐพล กิตติ ปรีชา สุรชัย จันทร์เพ็ญ เกรียงไกร เพ็ญศรี แสงเดือน ไพศาล โอภาส น้ำฝน กุ้ง ภูมิ ธีรพงษ์ รัตนา
    ลัดดา บุญมี ทองดี ชลธิชา
""".split()
_THAI_GIVEN_LATIN: Final = """
    Somchai Somying Somsri Prayuth Wichai Wipa Suda Aree Malee Mana Chujai Piti Weera Napa Kamol Pornthip Siriporn
    Arun Anan Thana Nattapon Kitti Preecha Surachai Chanpen Kriangkrai Pensri Saengduan Paisan Opas Namfon Kung
    Phum Theerapong Ratana Ladda Boonmee Thongdee Chonthicha
""".split()
_THAI_START: Final = """
    ทอง สุวรรณ ศรี วงศ์ บุญ จันทร์ แก้ว รัตน พงษ์ เจริญ ประเสริฐ ชัย ธรรม อินทร์ มณี กาญจน์ เพชร นิล โชติ ไพบูลย์
""".split()
_THAI_END: Final = """
    ดี สุข ชัย พันธุ์ วงศ์ กุล สกุล ทรัพย์ รักษ์ ศิริ มงคล โชติ วัฒน์ นนท์ เลิศ บุตร เดช พร รุ่งเรือง ประทีป
""".split()
_LATIN_START: Final = """
    Thong Suwan Sri Wong Boon Chan Kaew Ratana Pong Charoen Prasert Chai Tham In Manee Kan Phet Nin Chot Paiboon
""".split()
_LATIN_END: Final = [
    "dee",
    "suk",
    "chai",
    "phan",
    "wong",
    "kun",
    "sakun",
    "sap",
    "rak",
    "siri",
    "mongkol",
    "chot",
    "wat",
    "non",
    "lert",
    "but",
    "det",
    "pon",
    "rungrueang",
    "prateep",
]
_VIET_FAMILY: Final = [
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Trần",
    "Trần",
    "Lê",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
]
_VIET_MIDDLE: Final = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Quang", "Thanh", "Hữu", "Xuân", "Hồng", "Kim", "Anh"]
_VIET_GIVEN: Final = """
    An Anh Bình Châu Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Phương
    Quân Sơn Tâm Thảo Trang Tuấn Yến
""".split()
_MALAY_GIVEN: Final = """
    Ahmad Muhammad Mohd Nur Siti Aminah Azman Farid Hafiz Ismail Kamal Latifah Nurul Omar Rahim Rosli Salmah
    Zainab Zulkifli Aishah Budi Dewi Agus
""".split()
_MALAY_FAMILY: Final = [
    "Abdullah",
    "Hassan",
    "Ibrahim",
    "Yusof",
    "Othman",
    "Rahman",
    "Salleh",
    "Santoso",
    "Wijaya",
    "Saputra",
    "Hidayat",
    "Kusuma",
    "Lestari",
    "Pratama",
]
_WESTERN_GIVEN: Final = """
    Ann Anna John Mary Peter Susan Michael Julia Thomas Laura David Maria José François Jürgen Søren Łukasz Chloé
    Karen Paul Ana Luis Carmen Grace Wei Li Ming Juan
""".split()
_WESTERN_FAMILY: Final = """
    Lee Smith Müller Garcia Santos Reyes Cruz Kim Tan Lim Wong Brown Nielsen Kowalski Dubois Rossi Núñez Schmidt
    O'Brien Johnson Martin Chen Dela-Cruz Bautista
""".split()
_SYLLABLES: Final = """
    an ba ber bo car da del do el fa fer ga go ha in ja ka kor la len lo ma mar mi mo na nel no o pa per ra ri ro
    sa sen so ta tor u va ven vi wa wil xa ya zo
""".split()
_BURMESE: Final = """
    အောင် ဝင်း မြင့် စု လှ ကျော် သန်း ခင် မိုး နွယ် စိုး ထွန်း ဇော် မင်း သီရိ နန္ဒာ
""".split()
_BURMESE_LATIN: Final = """
    Aung Win Myint Su Hla Kyaw Than Khin Moe Nwe Soe Tun Zaw Min Thiri Nanda
""".split()
_LAO: Final = """
    ສົມສັກ ບຸນມີ ຄຳພອນ ແກ້ວ ພອນ ວິໄລ ສີສະຫວາດ ຈັນທອນ ທອງສຸກ ພູວົງ ສຸລິຍາ ດວງໃຈ
""".split()
_LAO_LATIN: Final = [
    "Somsak",
    "Bounmy",
    "Khamphone",
    "Keo",
    "Phone",
    "Vilay",
    "Sisavath",
    "Chanthone",
    "Thongsouk",
    "Phouvong",
    "Souliya",
    "Douangchay",
]
_KHMER: Final = """
    សុខ ចាន់ សុភា វិចិត្រ ដារា ស្រីមុំ សំណាង បូរី រតនា ពិសិដ្ឋ ធីតា មករា
""".split()
_KHMER_LATIN: Final = """
    Sok Chan Sophea Vichet Dara Sreymom Samnang Borey Ratana Piseth Thida Makara
""".split()
_ORGANISATIONS: Final = (
    "International Labour Organization (ILO)",
    "International Social Security Association (ISSA)",
    "ASEAN Social Security Association (ASSA)",
    "กระทรวงแรงงาน",
    "สำนักงานประกันสังคม",
    "กรมการจัดหางาน",
    "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์",
    "Ministry of Labour",
    "Ministry of Manpower",
    "Vietnam Social Security",
    "BPJS Ketenagakerjaan",
    "Employees Provident Fund",
    "Social Security System",
    "National Social Security Fund",
    "Ministry of Labour, Immigration and Population",
    "University of Malaya",
    "จุฬาลงกรณ์มหาวิทยาลัย",
    "มหาวิทยาลัยธรรมศาสตร์",
    "World Bank",
    "Asian Development Bank",
    "ກະຊວງແຮງງານ ແລະ ສະຫວັດດີການສັງຄົມ",
)
_TRADES: Final = """
    Trading Textile Logistics Foods Electronics Travel Design Steel Media Software Hotels Energy Pharma Motors
    Paper Plastics
""".split()
_CATEGORIES: Final = ("delegate", "delegate", "delegate", "observer", "speaker", "vip", "press", "staff")

INSERT: Final = (
    "INSERT INTO attendee (id, uid, name, name_local, organisation, country, category, status, status_reason, note, email, phone,"
    " badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, '', ?, ?, '', 0, 'benchmark', ?, ?, 1404784800000)"
)


def person(dice: random.Random) -> tuple[str, str, str]:
    """Return (name, name in the local script, country) of one more invented person."""
    kind = dice.random()
    if kind < 0.30:
        given, start, end = dice.randrange(len(_THAI_GIVEN)), dice.randrange(20), dice.randrange(20)
        more = dice.randrange(20)
        latin = f"{_LATIN_START[start]}{_LATIN_END[more]}{_LATIN_END[end]}"
        local = f"{_THAI_START[start]}{_THAI_END[more]}{_THAI_END[end]}"
        return f"{_THAI_GIVEN_LATIN[given]} {latin}", f"{_THAI_GIVEN[given]} {local}", "Thailand"
    if kind < 0.45:
        name = f"{dice.choice(_VIET_FAMILY)} {dice.choice(_VIET_MIDDLE)} {dice.choice(_VIET_GIVEN)}"
        return name, "", "Viet Nam"
    if kind < 0.60:
        joint = dice.choice((" bin ", " binti ", " ", " "))
        return (
            f"{dice.choice(_MALAY_GIVEN)}{joint}{dice.choice(_MALAY_GIVEN + _MALAY_FAMILY)}",
            "",
            dice.choice(("Malaysia", "Indonesia")),
        )
    if kind < 0.66:
        chosen = [dice.randrange(len(_BURMESE)) for _ in range(dice.choice((2, 3)))]
        title = dice.choice(("U ", "Daw ", ""))
        return title + " ".join(_BURMESE_LATIN[n] for n in chosen), "".join(_BURMESE[n] for n in chosen), "Myanmar"
    if kind < 0.71:
        a, b = dice.randrange(len(_LAO)), dice.randrange(len(_LAO))
        return f"{_LAO_LATIN[a]} {_LAO_LATIN[b]}", f"{_LAO[a]} {_LAO[b]}", "Lao PDR"
    if kind < 0.76:
        a, b = dice.randrange(len(_KHMER)), dice.randrange(len(_KHMER))
        return f"{_KHMER_LATIN[a]} {_KHMER_LATIN[b]}", f"{_KHMER[a]} {_KHMER[b]}", "Cambodia"
    family = (
        dice.choice(_WESTERN_FAMILY)
        if dice.random() < 0.4
        else "".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3, 3, 4)))).capitalize()
    )
    return (
        f"{dice.choice(_WESTERN_GIVEN)} {family}",
        "",
        dice.choice(
            ("Philippines", "Singapore", "Switzerland", "Japan", "Germany", "Brunei Darussalam", "United States")
        ),
    )


def rows(n: int, seed: int = 2557) -> Iterator[tuple[object, ...]]:
    """Yield the values of INSERT for people 1..n."""
    dice = random.Random(seed)
    companies = [
        f"{''.join(dice.choices(_SYLLABLES, k=3)).capitalize()} {dice.choice(_TRADES)} Co., Ltd."
        for _ in range(max(n // 200, 20))
    ]
    for number in range(1, n + 1):
        name, local, country = person(dice)
        organisation = dice.choice(_ORGANISATIONS) if dice.random() < 0.4 else dice.choice(companies)
        title = dice.choice(("", "", "", "Dr ", "Mr ", "Ms "))
        hexed = f"{dice.getrandbits(128):032x}"
        uid = f"{hexed[:8]}-{hexed[8:12]}-4{hexed[13:16]}-a{hexed[17:20]}-{hexed[20:]}"
        key = thai_sort_key(name)
        latin = key.partition("\t")[0].replace(" ", ".")
        email = f"{latin}{number % 97}@{dice.choice(('example.org', 'mail.example.com', 'labour.example.go.th'))}"
        status = "cancelled" if dice.random() < 0.01 else "registered"
        yield (
            number, uid, title + name, local, organisation, country,
            dice.choice(_CATEGORIES), status, "seat at the front" if number % 211 == 0 else "", email,
            f"ASC{number:07d}" if number % 3 == 0 else "", f"R-{number:06d}", number, key,
        )  # fmt: skip


def fill(database: Database, n: int, *, search: bool = True) -> None:
    """Put n people with a badge each (issuer 1, serial = row number) into an empty, migrated file; index them for the search."""
    with database.write() as connection:
        create(connection)
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.executemany(INSERT, rows(n))
        raw.execute("INSERT INTO badge (issuer, serial, attendee, revision) SELECT 1, id, id, 0 FROM attendee")
        raw.execute("INSERT INTO code (text, attendee) SELECT badge_code, id FROM attendee WHERE badge_code <> ''")
        enqueue(connection, 1, n)
    if search:
        catch_up(database)


def cached(n: int) -> Path:
    """Return a database file of n people, built at the first call and shared by later ones. Do not write to it: copy it."""
    folder = Path(os.environ.get("CHECKIN_BENCH", Path(tempfile.gettempdir()) / "checkin-bench"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"people-v{VERSION}-{n}.sqlite"
    if path.is_file():
        return path
    building = path.with_suffix(f".{os.getpid()}")
    began = time.monotonic()
    database = Database(building)
    try:
        migrate(database)
        fill(database, n)
    finally:
        database.close()
    building.replace(path)
    print(f"built {n:,} people in {time.monotonic() - began:.1f} s", file=sys.stderr)
    return path


def copy(n: int, target: Path) -> Path:
    """Return a private copy of the file of n people, to be written to."""
    shutil.copyfile(cached(n), target)
    return target
