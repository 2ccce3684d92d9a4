"""Invented people's names and the ways their bearers and other people's clerks really write them.

A line is: the name in its own script where it has one, then its spellings, the commonest first. Collected from how such
names stand in passports, conference lists and telephone books, without looking at what the program can match: a spelling
is here because people write it. Commoner names stand first in each list.
"""

# ruff: noqa: SIM905, E501 - lists of words read better as lines
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Written:
    """One name: in its own script ("" for those who have none but the Latin one) and as it is spelt."""

    local: str
    spellings: tuple[str, ...]


def table(lines: str) -> tuple[Written, ...]:
    found = []
    for line in lines.strip().splitlines():
        first, *others = line.replace("_", " ").split("/")
        parts = [part.strip() for part in (first, *others)]
        local = "" if parts[0].isascii() or ord(parts[0][0]) < 0x0E00 or ord(parts[0][0]) > 0x1FFF else parts[0]
        if ord(parts[0][0]) >= 0x1E00:
            local = ""  # Vietnamese letters
        found.append(Written(local, tuple(parts[1:] if local else parts)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lists:
    """All the names that people are given."""

    thai_given: Sequence[Written]
    thai_start: Sequence[Written]
    thai_end: Sequence[Written]
    thai_chinese: Sequence[Written]
    viet_family: Sequence[str]
    viet_middle: Sequence[str]
    viet_given: Sequence[str]
    malay_given: Sequence[Written]
    malay_father: Sequence[Written]
    indonesian_given: Sequence[Written]
    indonesian_family: Sequence[Written]
    burmese: Sequence[Written]
    lao_given: Sequence[Written]
    lao_start: Sequence[Written]
    lao_end: Sequence[Written]
    khmer_family: Sequence[Written]
    khmer_given: Sequence[Written]
    western_given: Sequence[Written]
    western_family: Sequence[Written]
    syllables: Sequence[str]
    near: Sequence[tuple[str, str]]
    """Names of two people that look nearly the same."""


THAI_GIVEN: Final = table("""
สมชาย/Somchai/Somchay
สมศักดิ์/Somsak/Somsakdi
ณัฐพร/Nattaporn/Natthaporn/Nuttaporn/Natthaphon
วิชัย/Wichai/Vichai
ศิริพร/Siriporn/Siriphon/Siriphorn/Sireeporn
ณัฐพล/Nattapon/Natthaphon/Nuttapol/Nattapol
พรทิพย์/Pornthip/Phornthip/Porntip/Phonthip
ประเสริฐ/Prasert/Prasoet
สมหญิง/Somying
สุรชัย/Surachai/Surachay
กมล/Kamol/Kamon
พงศักดิ์/Phongsak/Pongsak/Pongsakdi
สมศรี/Somsri/Somsee/Somsi
สมบัติ/Sombat/Sombut
สมพงษ์/Sompong/Somphong
สมบูรณ์/Somboon/Sombun
วีระ/Weera/Veera/Wira
วรรณา/Wanna/Vanna
วันเพ็ญ/Wanpen/Wanphen
ณัฐวุฒิ/Nattawut/Natthawut/Nuttawut/Nattawuth
พิชัย/Phichai/Pichai
พัชรี/Patcharee/Phatcharee/Patchari/Pacharee
ประยุทธ์/Prayut/Prayuth/Prayudh
ประภา/Prapha/Prapa
ปรีชา/Preecha/Pricha
ปิยะ/Piya
เกรียงไกร/Kriangkrai/Kriengkrai
เกรียงศักดิ์/Kriangsak/Kriengsak
กิตติ/Kitti/Kitty
กิตติพงษ์/Kittipong/Kittiphong
กาญจนา/Kanchana/Karnchana/Kanjana
จันทร์เพ็ญ/Chanpen/Janpen/Chanphen
จิราพร/Jiraporn/Chiraporn/Jiraphorn/Chiraphon
จุฑามาศ/Jutamas/Chuthamat/Juthamas/Jutamat
เจริญ/Charoen/Jaroen
ชัยวัฒน์/Chaiwat/Chaiyawat/Chaivat
ชาญชัย/Chanchai/Charnchai
ชลธิชา/Chonthicha/Chonticha/Cholthicha
ฐิติมา/Thitima/Titima
ธนา/Thana/Tana
ธนพล/Thanapol/Tanapol/Thanaphon/Thanapon
ธีระพงษ์/Theerapong/Teerapong/Thiraphong/Teeraphong
ธิดา/Thida/Tida
ทองดี/Thongdee/Thongdi/Tongdee
ทักษิณ/Thaksin/Taksin
นภา/Napa/Napha
นภาพร/Napaporn/Naphaporn
นงลักษณ์/Nonglak/Nongluck
นันทนา/Nantana/Nanthana/Nuntana
บุญมี/Boonmee/Bunmi/Boonmi
บุญส่ง/Boonsong/Bunsong
เบญจมาศ/Benjamas/Benchamat/Benjamat
ปราณี/Pranee/Prani
เพ็ญศรี/Pensri/Phensri/Pensee
ไพศาล/Paisan/Phaisan/Paisal/Phaisal
มานะ/Mana
มาลี/Malee/Mali
รัตนา/Rattana/Ratana
รุ่งทิพย์/Rungthip/Rungtip/Roongtip
ลัดดา/Ladda
วิภา/Wipa/Vipa/Wipha/Vipha
วิไล/Wilai/Vilai
ศิริวรรณ/Siriwan/Sirivan
สุชาติ/Suchart/Suchat
สุดา/Suda
สุนทร/Sunthorn/Suntorn/Sunthon/Soonthorn
สุพจน์/Supot/Suphot/Supoj
สุภาพ/Supap/Suphap
สุรศักดิ์/Surasak
สุวรรณา/Suwanna/Suvanna
เสาวลักษณ์/Saowalak/Saowaluck/Sauwalak
อนันต์/Anan/Anant/Anun
อนุชา/Anucha
อรุณ/Arun/Aroon
อรทัย/Orathai/Oratai
อภิชาติ/Apichart/Aphichat/Apichat/Abhichart
อัจฉรา/Atchara/Achara/Ajchara
อารีย์/Aree/Ari
อำนวย/Amnuay/Amnuai/Umnuay
โอภาส/Opas/Ophat/Opat
เอกชัย/Ekachai/Ekkachai/Akachai
ไชยา/Chaiya
สมจิตร/Somchit/Somjit
สมใจ/Somjai
""")

THAI_START: Final = table("""
ทอง/Thong/Tong
สุวรรณ/Suwan/Suvan
ศรี/Sri/Si/See
บุญ/Boon/Bun
วงศ์/Wong/Vong
จันทร์/Chan/Jan
แก้ว/Kaew/Keaw/Kaeo
รัตน/Rattana/Ratana
พงษ์/Pong/Phong
เจริญ/Charoen/Jaroen
ประเสริฐ/Prasert/Prasoet
ชัย/Chai
ธรรม/Tham/Dham
อินทร์/In/Intra
มณี/Manee/Mani
กาญจน/Kanchana/Karnchana/Kanjana
เพชร/Phet/Petch/Phetch
นิล/Nil/Nin
โชติ/Chot/Choti
ไพบูลย์/Paiboon/Phaibun
พิทักษ์/Pitak/Phithak
สม/Som
ศักดิ์/Sak
อุดม/Udom
แสง/Saeng/Sang
วัฒน/Wattana/Watthana/Vatana
ปัญญา/Panya
กิตติ/Kitti
ธน/Thana/Tana
สิริ/Siri
""")

THAI_END: Final = table("""
ดี/dee/di
สุข/suk/sook
ชัย/chai
พันธุ์/phan/pan/pun
วงศ์/wong/vong
กุล/kul/kun/kool
สกุล/sakul/sakun
ทรัพย์/sap/sub
รักษ์/rak/raks
ศิริ/siri
มงคล/mongkol/mongkhon
โชติ/chot/chote
วัฒน์/wat
นนท์/non/nont
เลิศ/lert/loet
บุตร/but/butr
เดช/det/dej/dech
พร/porn/phon/pon
รุ่งเรือง/rungruang/rungrueang
ประทีป/prateep/prathip
สวัสดิ์/sawat/sawasdi/sawad
ไพศาล/paisan/phaisan
ไทย/thai
กิจ/kit/kij
เจริญ/charoen/jaroen
พานิช/panich/phanit/panit
สมบูรณ์/somboon/sombun
อารีย์/aree/ari
""")

THAI_CHINESE: Final = table("""
แซ่ลิ้ม/Saelim/Sae-Lim/Sae_Lim
แซ่ตั้ง/Saetang/Sae-Tang/Sae_Tang
แซ่เฮง/Saeheng/Sae-Heng/Sae_Heng
แซ่โง้ว/Saengow/Sae-Ngow/Sae_Ngow
""")

VIET_FAMILY: Final = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Phạm Phạm Huỳnh Hoàng Phan Vũ Võ Đặng"
    " Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Cao Tạ"
).split()
VIET_MIDDLE: Final = (
    "Văn Văn Văn Thị Thị Thị Đức Minh Ngọc Quang Thanh Hữu Xuân Hồng Kim Anh Hoàng Thu Thùy Bá Công Đình Quốc"
    " Tuấn_Kiệt Thị_Thu Thị_Thanh"
).split()
VIET_GIVEN: Final = """
    An Anh Bình Châu Dũng Đạt Giang Hà Hải Hạnh Hiếu Hoa Hùng Hương Khánh Lan Linh Long Mai Nam Nga Phúc Phương Quân Sơn
    Tâm Thảo Trang Tuấn Yến Bảo Chi Cường Diệp Đông Duy Hằng Hậu Hiền Hoài Huy Khoa Kiên Lâm Loan Lộc Ly My Nghĩa Nhung
    Oanh Phát Quyên Sang Tài Thắng Thành Thúy Tiến Toàn Trâm Trung Tú Uyên Vân Việt Vinh Vy
""".split()

MALAY_GIVEN: Final = table("""
Muhammad/Mohd/Mohamad/Mohammad/Muhamad/Mohamed
Ahmad/Ahmed/Achmad
Nur/Noor/Nor
Siti/Sitti
Abdul/Abd/Abdul
Aminah/Aminnah/Amina
Aishah/Aisyah/Aisha
Fatimah/Fatima/Fathimah
Zulkifli/Dzulkifli/Zulkifly
Ismail/Ismael
Yusof/Yusuf/Yusoff/Jusuf
Hassan/Hasan
Hussein/Hussain/Husin/Husain
Azman/Adzman
Farid/Fareed
Hafiz/Hafidz
Kamal/Kamaal
Latifah/Latifa
Nurul/Noorul/Nuru
Omar/Umar
Rahim/Raheem
Rosli/Rusli
Salmah/Salma
Zainab/Zaynab
Sharifah/Syarifah/Sharifa
Syed/Said/Sayed
Faizal/Faisal/Faysal
Norhayati/Nurhayati/Noorhayati
Khadijah/Khatijah/Khadija
Ibrahim/Ebrahim
Mustafa/Mustapha/Mustaffa
Halimah/Halima
Roslan/Ruslan
Shahrul/Syahrul
Zainal/Zaenal/Zaynal
Rashid/Rasyid/Rasheed
Haslinda/Hazlinda
Rizal/Rijal
Suhaimi/Suhaimy
Mariam/Maryam/Mariyam
Azizah/Aziza
Rohani/Rohany
Kamariah/Kamaria
Zaharah/Zahara
Hamidah/Hamida
Norazlina/Nurazlina
Saiful/Syaiful
Amirul/Ameerul
Hakim/Hakeem
Irfan/Erfan
Nazri/Nazry
Shamsul/Syamsul
Razak/Razaq
Khairul/Khairool
Sofia/Sophia
Hidayah/Hidayat
Zulaikha/Zulaika
Firdaus/Ferdaus
Izzat/Ezzat
Ruzita/Rozita
""")
MALAY_FATHER: Final = table("""
Abdullah/Abdulah/Abdollah
Hassan/Hasan
Ibrahim/Ebrahim
Yusof/Yusuf/Yusoff
Othman/Osman/Usman
Abdul_Rahman/Abdulrahman/Abd_Rahman/Abd._Rahman
Salleh/Saleh/Sallih
Ismail/Ismael
Ahmad/Ahmed
Mahmud/Mahmood
Abdul_Aziz/Abd_Aziz/Abdulaziz
Sulaiman/Sulaeman/Suleiman
Zakaria/Zakariya
Mansor/Mansur/Mansoor
Abu_Bakar/Abubakar/Abu_Bakr
Daud/Dawood/Daood
Hamzah/Hamza
Idris/Edris
Jaafar/Jafar/Ja'afar
Karim/Kareem
Mat_Noor/Mat_Nor/Matnoor
Shamsuddin/Syamsuddin/Shamsudin
Kamaruddin/Kamarudin/Qamaruddin
Zainuddin/Zainudin
Abdul_Karim/Abd_Karim/Abdulkarim
Abdul_Latif/Abd_Latif/Abdullatif
Abdul_Hamid/Abd_Hamid/Abdulhamid
Omar/Umar
Ali
Hashim/Hasyim/Hasheem
Tahir/Taher
Yaakob/Yaacob/Yakub
Musa/Moosa
Samad/Samat
Ariffin/Arifin
Nordin/Nurdin
Jamaluddin/Jamaludin
Basri/Basry
Harun/Haroon
Mokhtar/Mukhtar/Muchtar
Shafie/Syafie/Shafei
Wahab/Wahhab
Ghazali/Ghazaly
Che_Mat/Chemat
""")
INDONESIAN_GIVEN: Final = table("""
Budi/Boedi
Dewi/Dewie
Agus/Agoes
Sri/Srie
Joko/Djoko
Eko
Bambang
Sutrisno/Soetrisno
Rina/Rena
Yusuf/Jusuf
Wahyu/Wahju
Indah
Dwi
Hendra
Ratna
Andi/Andy
Cahyo/Tjahjo/Cahjo
Suharto/Soeharto
Slamet
Fitri/Fitrie
Rahmat/Rachmat
Nurhayati/Noerhajati
Tri
Yulia/Julia
Siti
Arief/Arif
Endang
Iwan
Lina
Rudy/Rudi
Susi/Soesi
Teguh/Tegoeh
Yanti/Janti
Dian
Fajar
Galih
Hari/Harry
Ida
Kartika
Made
Ketut
Novita
Putri/Poetri
Ratih
Surya/Soerja
Taufik/Taufiq
Umi
Vera
Yohanes/Johanes
Zaenal/Zainal
""")
INDONESIAN_FAMILY: Final = table("""
Santoso
Wijaya/Widjaja/Wijaja
Saputra/Sapoetra/Saputera
Hidayat
Kusuma/Koesoema
Lestari
Pratama
Susanto/Soesanto
Setiawan/Setyawan
Rahmawati/Rachmawati
Nugroho/Noegroho
Suryadi/Soerjadi/Surjadi
Purnomo/Poernomo
Wibowo
Hartono
Utami
Gunawan/Goenawan
Simanjuntak/Simandjuntak
Siregar
Nasution/Nasoetion
Situmorang/Sitoemorang
Hutapea/Hoetapea
Tanjung/Tandjung
Halim
Permana
Firmansyah/Firmansjah
Kurniawan/Koerniawan
Maulana
Ramadhan/Ramadan
Sitompul/Sitompoel
Wulandari/Woelandari
Anggraini/Anggraeni
Handayani/Handajani
Puspita/Poespita
Safitri/Syafitri
Sari
Astuti/Astoeti
Budiman/Boediman
Hakim
Iskandar
Ginting
Lubis/Loebis
Mulyono/Moeljono/Muljono
Prasetyo/Prasetio
Rusdi/Roesdi
Subagyo/Soebagjo/Subagio
Tarigan
Yulianto/Julianto
""")

BURMESE: Final = table("""
အောင်/Aung
ဝင်း/Win
မြင့်/Myint
စု/Su
လှ/Hla/Hla
ကျော်/Kyaw/Kyaw
သန်း/Than
ခင်/Khin/Khin
မိုး/Moe/Moe
နွယ်/Nwe/Nwei
စိုး/Soe/So
ထွန်း/Tun/Htun/Htoon
ဇော်/Zaw
မင်း/Min
သီရိ/Thiri/Thiri
နန္ဒာ/Nanda/Nandar
သိန်း/Thein/Thain
နိုင်/Naing/Nine
ဖြိုး/Phyo/Phyoe/Pyo
လွင်/Lwin
ထက်/Htet/Htat
မြတ်/Myat/Myatt
ရီ/Yi/Yee
စံ/San
ဦး/Oo/Oo
မာ/Mar/Ma
ဆွေ/Swe/Sway
ညွန့်/Nyunt
ဌေး/Htay/Htay
ချို/Cho/Choe
""")

LAO_GIVEN: Final = table("""
ສົມສັກ/Somsak/Somsack
ບຸນມີ/Bounmy/Bounmi/Bunmy
ຄຳພອນ/Khamphone/Khamphon/Khampone
ແກ້ວ/Keo/Keow
ວິໄລ/Vilay/Vilai
ຈັນທອນ/Chanthone/Chanthon
ທອງສຸກ/Thongsouk/Thongsuk
ສຸລິຍາ/Souliya/Suliya
ດວງໃຈ/Douangchay/Duangchai/Douangchai
ພອນທິບ/Phonethip/Phonthip
ຄຳສິງ/Khamsing
ວຽງໄຊ/Viengxay/Viengsay
ຄຳແພງ/Khampheng/Khamphaeng
ສຸພອນ/Souphone/Suphon
ບົວຄຳ/Bouakham/Buakham
ດາວອນ/Daovone/Daovon
ແສງດາວ/Sengdao/Saengdao
ພູທອນ/Phouthone/Phuthon
ນາລີ/Naly/Nali
ມະນີວັນ/Manivanh/Manivan
ອານຸສອນ/Anousone/Anuson
ສີວິໄລ/Sivilay/Sivilai
ຈິດຕະກອນ/Chittakone/Chitakon
ວັນນະລາດ/Vannalath/Vanalath
""")
LAO_START: Final = table("""
ພູ/Phou/Phu
ສີ/Sy/Si
ພົມມະ/Phomma/Phoma
ວົງ/Vong
ສຸວັນ/Souvan/Suvan
ອິນທະ/Intha/Inta
ແກ້ວ/Keo
ບຸນ/Boun/Bun
ຈັນທະ/Chantha/Chanta
ໄຊຍະ/Xaya/Saya
ທອງ/Thong
ຄຳ/Kham
ພັນ/Phan
ລາດຊະ/Ratsa/Rasa
ດາລາ/Dala/Dara
ສຸທຳ/Southam/Sutham
""")
LAO_END: Final = table("""
ວົງ/vong
ຈັນ/chanh/chan
ສີ/sy/si
ມະນີ/many/mani
ໄຊ/xay/say
ພອນ/phone/phon
ສັກ/sack/sak
ລາດ/lath/rath/lat
ສອນ/sone/son
ດວງ/douang/duang
ສະຫວາດ/savath/savat
ທິລາດ/thirath/thilath
ບຸບຜາ/boupha/bupha
ນາມ/nam
""")

KHMER_FAMILY: Final = table("""
សុខ/Sok/Sokh
ចាន់/Chan/Chann
លី/Ly/Li
សេង/Seng
គង់/Kong/Kung
ព្រំ/Prom/Prum
ឆាយ/Chhay/Chay
ហេង/Heng
ទេព/Tep
យឹម/Yim
ឈឹម/Chhim/Chim
នួន/Nuon/Noun
អ៊ុក/Ouk/Uk
ពេជ្រ/Pich/Pech
កែវ/Keo/Kaev
មាស/Meas/Mias
ស៊ឹម/Sim/Sem
ទូច/Touch/Tuch
ឃួន/Khuon/Khoun
ហ៊ុន/Hun
ភួង/Phuong/Phoung
ឡាយ/Lay/Lai
ម៉ៅ/Mao/Mau
ថន/Thorn/Thon
សាំង/Sang
""")
KHMER_GIVEN: Final = table("""
សុភា/Sophea/Sophia
វិចិត្រ/Vichet/Vicheth
ដារា/Dara/Darah
ស្រីមុំ/Sreymom/Srey_Mom
សំណាង/Samnang/Somnang
បូរី/Borey/Bory
រតនា/Ratana/Rattana/Rathana
ពិសិដ្ឋ/Piseth/Pisith
ធីតា/Thida/Thyda
មករា/Makara
វុទ្ធី/Vuthy/Vuthi/Vutthy
ផល្លា/Phalla/Phala
ចន្ថា/Chantha/Channtha
បុប្ផា/Bopha/Bupha
វណ្ណៈ/Vanna/Vannah
សុវណ្ណ/Sovann/Sovan
ចាន់ណា/Channa/Chana
កុសល/Kosal/Kosol
មុនី/Mony/Moni
នារី/Neary/Neari
រស្មី/Rasmey/Raksmey
សុខា/Sokha/Sokhah
សុផល/Sophal/Sophall
សុធា/Sothea/Sothia
វីរៈ/Vireak/Virak
វិជ្ជា/Vichea/Vichhea
ពៅ/Pov/Pou
ប៊ុនថន/Bunthoeun/Bunthoun
ចរិយា/Chakriya/Chakrya
ដារ៉ាវុធ/Daravuth/Daravut
លីដា/Lida/Leeda
ម៉ាលី/Maly/Malie
នីតា/Nita/Neeta
ផានិត/Phanit/Phanith
សុគន្ធា/Sokunthea/Sokuntea
ធារ៉ា/Theara/Theara
""")

WESTERN_GIVEN: Final = table("""
John
Mary
Michael/Micheal
Anna/Ana
Peter
Susan/Suzan
Thomas/Tomas
Maria
David
Julia
Laura
Paul
Karen
José/Jose
François/Francois
Jürgen/Juergen/Jurgen
Søren/Soeren/Soren
Łukasz/Lukasz
Chloé/Chloe
Carmen
Grace
Philip/Phillip
Stephen/Steven/Stephan
Sarah/Sara
Katherine/Catherine/Katharine
Jonathan/Jonathon
Geoffrey/Jeffrey
Elisabeth/Elizabeth
Mathieu/Matthieu
Björn/Bjoern/Bjorn
Zoë/Zoe
Hélène/Helene
Luís/Luis
Márta/Marta
Nicolas/Nicholas
Eric/Erik
Mark/Marc
Christine/Kristine
Teresa/Theresa
Ann/Anne
Alan/Allan/Allen
Brian/Bryan
""")
WESTERN_FAMILY: Final = table("""
Smith/Smyth
Johnson/Johnston
Lee
Brown/Browne
Martin
Müller/Mueller/Muller
Garcia/García
Santos
Reyes
Cruz
Kim
Tan
Lim
Wong
Schmidt/Schmitt
Nielsen
Kowalski
Dubois/Du_Bois
Rossi
Núñez/Nunez
O'Brien/OBrien/O_Brien
Chen
Dela_Cruz/Delacruz/De_la_Cruz
Bautista
MacDonald/McDonald/Mac_Donald
Thompson/Thomson
Petersen/Pedersen
Hoffmann/Hofmann/Hoffman
Meyer/Meier/Maier
Fernández/Fernandez
González/Gonzalez/Gonzales
Lefèvre/Lefevre/Lefebvre
Van_der_Berg/Vanderberg/van_den_Berg
Kowalczyk
Dupont
Ångström/Angstrom/Aangstroem
Öztürk/Ozturk/Oeztuerk
Castillo/Castilo
Villanueva
Wilson/Willson
Clarke/Clark
Nicholson/Nicolson
Stewart/Stuart
Reid/Read
Phillips/Philips
Larsson/Larson
Jensen
Andersson/Anderson
Bianchi
Moreau
""")
SYLLABLES: Final = """
    ba ber bo car da del do el fa fer ga go ha in ja ka kor la len lo ma mar mi mo na nel no o pa per ra ri ro sen so ta
    tor u va ven vi wil za
""".split()
NEAR: Final = (
    ("Somchai", "Somchit"), ("Somsri", "Somsak"), ("Wichai", "Wicha"), ("Anan", "Anon"), ("Suda", "Suchada"), ("Prapha", "Praphan"),
    ("Anh", "An"), ("Linh", "Lan"), ("Hoa", "Hoai"), ("Hùng", "Hương"), ("Minh", "Mai"), ("Nurul", "Nuraini"),
    ("Aminah", "Aishah"), ("Hassan", "Hussein"), ("Hamzah", "Hamidah"), ("Kyaw", "Khin"), ("Win", "Wai"), ("Thiri", "Thida"),
    ("Maria", "Mario"), ("Paul", "Paula"), ("Julia", "Julian"), ("Eric", "Erica"), ("Daniel", "Danielle"), ("Rina", "Rini"),
)  # fmt: skip

NAMES: Final = Lists(
    thai_given=THAI_GIVEN,
    thai_start=THAI_START,
    thai_end=THAI_END,
    thai_chinese=THAI_CHINESE,
    viet_family=VIET_FAMILY,
    viet_middle=VIET_MIDDLE,
    viet_given=VIET_GIVEN,
    malay_given=MALAY_GIVEN,
    malay_father=MALAY_FATHER,
    indonesian_given=INDONESIAN_GIVEN,
    indonesian_family=INDONESIAN_FAMILY,
    burmese=BURMESE,
    lao_given=LAO_GIVEN,
    lao_start=LAO_START,
    lao_end=LAO_END,
    khmer_family=KHMER_FAMILY,
    khmer_given=KHMER_GIVEN,
    western_given=WESTERN_GIVEN,
    western_family=WESTERN_FAMILY,
    syllables=SYLLABLES,
    near=NEAR,
)
