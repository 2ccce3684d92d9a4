"""A third list of names and organisations, to choose weights by: together with `pair_names`, never with the held-out one.

Written on 26 November 2026 (the first lines of `pair_names_held_out` had been seen, nothing was taken from them), from how people of these countries write their names.
A weight that helps with one list and harms with the other is fitted to a list; it stays out.
"""

# ruff: noqa: SIM905, E501 - lists of words read better as lines
from __future__ import annotations

from typing import Final

from benchmarks.pair_names import SYLLABLES, Lists, table

NAMES: Final = Lists(
    thai_given=table("""
วีรชัย/Weerachai/Veerachai/Wirachai
ธนากร/Thanakorn/Tanakorn/Thanakon
สุภาวดี/Supawadee/Suphawadi/Supavadee
ณัฐธิดา/Natthida/Nattida/Nutthida
ปรเมศวร์/Paramet/Poramet/Porames
ชนาธิป/Chanathip/Chanatip
กัลยา/Kanlaya/Kalaya
มณีรัตน์/Maneerat/Manirat
ศรีสุดา/Srisuda/Sisuda
อัจฉรา/Atchara/Achara
เอกชัย/Ekachai/Aekachai/Ekkachai
พีรพล/Peerapol/Phiraphon/Peerapon
รุจิรา/Rujira/Ruchira
สิทธิชัย/Sitthichai/Sittichai
จารุวรรณ/Jaruwan/Charuwan
ณรงค์/Narong
บุษบา/Busaba/Budsaba
พงศธร/Pongsathorn/Phongsathon/Pongsatorn
ชลิต/Chalit
สุนีย์/Sunee/Suni
สมนึก/Somnuek/Somnuk
ประไพ/Prapai/Praphai
คมสัน/Komsan/Khomsan
เกศินี/Kesinee/Kesini
วัชระ/Watchara/Wachara/Vachara
ปาริชาติ/Parichat/Parichart
ภาณุพงศ์/Panupong/Phanuphong
ยศวดี/Yotsawadee/Yosvadee
ลักขณา/Lakkana/Lukkana
วรรณวิสา/Wanwisa/Vanvisa
สาธิต/Sathit/Satit
ไกรสร/Kraisorn/Kraison
ชูศักดิ์/Choosak/Chusak
อารี/Aree/Ari
บุญเลิศ/Boonlert/Bunloet
นิพนธ์/Nipon/Niphon
ทัศนีย์/Tassanee/Thatsani/Tasanee
กิ่งแก้ว/Kingkaew/Kingkaeo
สมาน/Saman
จงรัก/Jongrak/Chongrak
ธัญญา/Thanya/Tanya
พวงทอง/Puangthong/Phuangthong
ศุภกร/Supakorn/Suphakon
วันดี/Wandee/Wandi
อุษา/Usa/Usah
"""),
    thai_start=table("""
พูล/Poon/Phun
จิตร/Jit/Chit
สวัสดิ์/Sawat/Sawasdi
เลิศ/Lert/Loet
ภู/Phu/Pu
มี/Mee/Mi
เพ็ง/Peng/Pheng
นา/Na
ดวง/Duang
คง/Kong/Khong
ชู/Choo/Chu
พันธุ์/Phan/Pan
หอม/Hom
ใจ/Jai/Chai
วิริยะ/Wiriya/Viriya
อัคร/Akkara/Akara
โพธิ์/Pho/Po
สายชล/Saichon
ทวี/Thawee/Tawee/Thawi
เกษม/Kasem
นพ/Nop/Noppa
พิริยะ/Piriya/Phiriya
ยิ้ม/Yim
สิงห์/Sing/Singha
"""),
    thai_end=table("""
ผล/phon/pol/pon
มา/ma
ศิลป์/sin/sil
ทอง/thong/tong
ธร/thon/thorn/torn
นาค/nak
เสถียร/sathian/satien
แสง/saeng
สาร/san/sarn
ศรี/sri/si
อาจ/at/art
จินดา/jinda/chinda
ลักษณ์/lak/luck
นิล/nin
เมือง/mueang/muang
หาญ/han/harn
ภักดี/phakdi/pakdee
คุณ/khun/kun
พงษ์/pong/phong
ศักดิ์/sak
"""),
    thai_chinese=table("""
แซ่ลิ้ม/Saelim/Sae-Lim/Sae_Lim
แซ่อึ้ง/Saeung/Sae-Ueng
แซ่โค้ว/Saekow/Sae-Khow
แซ่ฉั่ว/Saechua/Sae-Chua
"""),
    viet_family=(
        "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Vũ Bùi Đặng Hoàng Hà Tô Lưu Châu Đoàn La Mạc "
        "Nghiêm Phùng Quách Thái Kiều"
    ).split(),
    viet_middle=(
        "Văn Văn Văn Thị Thị Thị Thị Gia Hải Khánh Bảo Diệu Mỹ Nhật Phương Trọng Viết Thế Tiến Duy Thành Trung Mạnh Thị_Bích Thị_Kim"
    ).split(),
    viet_given="""
        Tuấn Thảo Phúc Quỳnh Nam Nga Hậu Trâm Khoa Vy Thịnh Ngân Tâm Tiên Kiên Loan Giang Duyên Hải Hiệp Yến Lợi Vinh Trinh Sơn Xuân Phương Tùng Ngà Thư Đông Diễm Toàn Uyên Quý Nhung Triết Oanh Cúc Bích Tín Chi Khang Hạnh Lâm
    """.split(),
    malay_given=table("""
Muhammad/Mohd/Mohamad/Muhd/Mohammed
Nor/Nur/Noor
Abdullah/Abdulah
Rosmah/Rosma
Hisham/Hesham/Hisyam
Anuar/Anwar
Fauziah/Fauziyah/Fawziah
Jamilah/Jamila
Ridzuan/Ridhuan/Rizuan
Sabariah/Sabaria
Hairul/Hayrul
Izham/Izam
Laila/Layla/Lailah
Syafiq/Shafiq/Shafik
Mastura/Masturah
Nazirah/Nazira
Rahmah/Rahma
Asmah/Asma
Zulhilmi/Zulhelmi
Fikri/Fikry
Salleh/Saleh
Aziz/Azeez
Hanafi/Hanafiah
Sulaiman/Suleiman/Sulaeman
Nadia/Nadiah
Khalid/Khaled
Ruslan/Roslan
Musa/Moosa
Juliana
Norliza/Nurliza
Badrul/Badrol
Ashraf/Asyraf
Farah/Fara
Shukri/Syukri
Munirah/Munira
Idris/Edris
Nasir/Naser
Sakinah/Sakina
Wahid/Waheed
Hafizah/Hafiza
Adib/Adeeb
Zakaria/Zakariya
"""),
    malay_father=table("""
Ahmad/Ahmed
Mohd_Noor/Muhammad_Nor
Yaacob/Yakub/Yaakob
Hashim/Hasyim
Mahathir/Mahatir
Bakar/Bakri
Hamid/Hameed
Embong
Talib/Taleb
Daud/Dawud
Mat_Isa/Mat_Esa
Salim/Saleem
Osman/Othman/Usman
Jalil/Jaleel
Kassim/Kasim/Qasim
Mokhtar/Mukhtar/Moktar
Nordin/Nurdin
Rahmat/Rahmad
Samad
Tahir/Taher
Wan_Ahmad/Wan_Ahmed
Yahya/Yahaya
Zainuddin/Zainudin
Ishak/Ishaq
Latiff/Latif
Majid/Majeed
Ghani/Gani
Hussin/Husin/Hussain
Ayub/Ayob
Abdul_Wahab/Abd_Wahab
"""),
    indonesian_given=table("""
Adi
Ayu/Ayoe
Bayu/Baju
Citra/Tjitra
Dimas
Rizky/Rizki
Eka
Hadi
Irma
Kadek
Lukman/Loekman
Maya/Maja
Nia
Oktavia/Octavia
Panji/Pandji
Reza
Sinta/Shinta
Sugeng/Soegeng
Tuti/Toeti
Wawan
Yudi/Judi
Yuni/Juni
Zaki
Anita
Bagus/Bagoes
Desi/Desy
Edi/Edy
Gita
Heru/Heroe
Mulyadi/Moeljadi
Suparman/Soeparman
Nurul/Noerul
Sulistyo/Soelistyo
Wayan
Ahmad/Achmad
"""),
    indonesian_family=table("""
Siswanto
Hermawan
Suhendra/Soehendra
Pangestu/Pangestoe
Sihombing
Simatupang/Simatoepang
Harahap
Damanik
Cahyadi/Tjahjadi
Wirawan
Sudrajat/Soedradjat
Nainggolan
Darmawan
Suwito/Soewito
Mahendra
Prayitno/Prajitno
Sukmawati/Soekmawati
Yuliani/Juliani
Wahyuni/Wahjuni
Marpaung/Marpaoeng
Pohan
Syahputra/Sjahputra
Sulaiman/Soelaiman
Basuki/Basoeki
Kartono
Haryanto/Harjanto
Rustam/Roestam
Aditya
Effendi/Effendy
Fauzi/Fauzy
"""),
    burmese=table("""
ကို/Ko/Koe
သူ/Thu
နီ/Ni/Nee
မောင်/Maung/Mg
ဇင်/Zin
ဝေ/Wai/Way
ရန်/Yan
ပိုင်/Paing/Pine
စန္ဒာ/Sandar/Sanda
အေး/Aye/Ei
သက်/Thet/That
တင်/Tin
ငြိမ်း/Nyein
ချမ်း/Chan
ဖြူ/Phyu/Pyu
ခိုင်/Khaing/Khine
သော်/Thaw
ဟန်/Han
နှင်း/Hnin/Nhin
ဆန်း/San
မျိုး/Myo/Myoe
ရဲ/Ye
လင်း/Lin/Linn
အိ/Ei/Eai
ကြည်/Kyi/Kyee
ဝါ/Wah/War
ထူး/Htoo/Htu
"""),
    lao_given=table("""
ບຸນເລີດ/Bounleuth/Bounlert
ສຸພາພອນ/Souphaphone/Suphaphon
ຄຳຫຼ້າ/Khamla/Khamlar
ໄພວັນ/Phayvanh/Phaivan
ແສງຈັນ/Sengchanh/Saengchan
ຈັນສະໝຸດ/Chansamouth/Chansamut
ພູວົງ/Phouvong/Phuvong
ສົມພອນ/Somphone/Somphon
ລັດດາວັນ/Latdavanh/Latdavan
ທິບພະວັນ/Thipphavanh/Thipphavan
ອຳພອນ/Amphone/Amphon
ວັນໄຊ/Vanxay/Vansay
ມະໂນ/Mano
ບຸນທະວີ/Bounthavy/Bunthavi
ນິດຕະຍາ/Nittaya/Nitaya
ສອນໄຊ/Sonexay/Sonsay
ປານີ/Pany/Pani
ຄຳຮູ້/Khamhou/Khamhu
"""),
    lao_start=table("""
ວິໄລ/Vilay/Vilai
ສີສະ/Sisa/Sysa
ໂພທິ/Phothi/Photi
ນະຄອນ/Nakhone/Nakhon
ມະຫາ/Maha
ລັດຕະນະ/Lattana/Rattana
ສຸລິ/Souli/Suli
ເພັດ/Pheth/Phet
ດວງ/Douang/Duang
ອຸດົມ/Oudom/Udom
ແສງ/Seng/Saeng
ຈິດ/Chit/Chith
ວຽງ/Vieng/Viang
"""),
    lao_end=table("""
ພັນ/phanh/phan
ທອງ/thong
ວັນ/vanh/van
ລາດ/lath/lat
ສີ/sy/si
ຄຳ/kham
ພົມ/phom
ແສງ/seng/saeng
ສຸກ/souk/suk
ໄຊ/xay/sai
ວິຈິດ/vichith/vichit
"""),
    khmer_family=table("""
ឈុន/Chhun/Chun
ម៉ម/Mam
ទឹម/Tim/Teum
នី/Ny/Ni
ឡុង/Long/Long
រស់/Ros/Roth
ស៊ូ/Sou/Su
សាន/San/Sann
ប៉ែន/Pen/Penn
យ៉ន/Yorn/Yon
ឃឹម/Khim/Kim
ឈា/Chea/Chia
វ៉ាន់/Van/Vann
អ៊ុំ/Um/Oum
ហួត/Huot/Hout
នេត/Neth/Net
"""),
    khmer_given=table("""
បញ្ញា/Panha/Pagna
សុវណ្ណារី/Sovannary/Sovannari
វិសាល/Visal/Vissal
មករារតន៍/Makararoth/Makararath
សុជាតា/Socheata/Sochieta
រិទ្ធី/Rithy/Rithi
ពុទ្ធិ/Puthy/Puthi
ចាន់ថន/Chanthorn/Chanthon
សុភាព/Sopheap/Sopheab
លក្ខិណា/Leakhena/Leakena
ពិសី/Pisey/Pisei
ម៉ារី/Mary/Marie
វិរៈ/Virak/Vireak
ណារិន/Narin/Naren
សុម៉ាលី/Somaly/Somali
បូណា/Bona/Bonna
សុខលី/Sokly/Sokli
ធារិទ្ធ/Thearith/Thearit
ច័ន្ទតារា/Chantara/Chandara
រតនៈ/Rotanak/Ratanak
កញ្ញា/Kanha/Kagna
"""),
    western_given=table("""
James
Emma
Robert
Patricia/Patrizia
Lucas/Lukas
Isabel/Isabelle/Isabella
Frederick/Frederic/Frederik
Victoria/Viktoria
René/Rene
Zdeněk/Zdenek
André/Andre
Sofía/Sofia/Sophia
Ingrid
Håkan/Hakan
Rebecca/Rebekah
Christopher/Kristopher
Lydia
Oscar/Oskar
Benedict/Benedikt
Vivian/Vivienne
Dominic/Dominik
Gabriela/Gabriella
Martín/Martin
Joanna/Johanna
Ryan
Andrea
Rosario
Noel/Noël
Kurt/Curt
Monica/Monika
Leslie/Lesley
Jerome/Jérôme
Ester/Esther
Hugo
Cecilia/Cecilie
Olga
Tobias
"""),
    western_family=table("""
Williams
Taylor/Tayler
Fischer/Fisher
Schneider
Novák/Novak
Svensson/Svenson
Ramos
Mendoza
Lopez/López
Dela_Rosa/De_la_Rosa/Delarosa
Ong
Teo
Chua
Lefebvre/Lefevre
Bernard
Rousseau
Schulz/Schultz
Krüger/Krueger/Kruger
Sørensen/Sorensen/Soerensen
Olsson/Olson
Pereira
Ferreira
O'Connor/OConnor/O_Connor
Mackenzie/McKenzie/Mac_Kenzie
Davies/Davis
Harris/Harries
Moore/More
Aquino
Pascual
Romano
Ricci
Van_Dijk/Vandijk/van_Dyk
Horvath/Horváth
Çelik/Celik
Weiss/Weiß
Abbott/Abbot
Matthews/Mathews
Jacobsen/Jakobsen
"""),
    syllables=SYLLABLES,
    near=(
        ("Weerachai", "Weerachat"), ("Somnuek", "Sompong"), ("Wandee", "Wanna"), ("Aree", "Arun"), ("Thanya", "Thanyarat"),
        ("Supakorn", "Supaporn"), ("Sathit", "Sathien"), ("Nam", "Nga"), ("Tuấn", "Toàn"), ("Phương", "Phượng"), ("Thảo", "Thái"),
        ("Vinh", "Vịnh"), ("Rosmah", "Rosnah"), ("Jamilah", "Jamaliah"), ("Aziz", "Azizi"), ("Nazirah", "Naziha"), ("Thu", "Thin"),
        ("Zin", "Zaw"), ("Eka", "Eko"), ("Yudi", "Yuda"), ("Emma", "Emily"), ("Robert", "Roberta"), ("Joanna", "Joan"),
        ("Martin", "Martina"), ("Gabriela", "Gabriel"),
    ),
)  # fmt: skip

BODIES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "thai": (
        ("Ministry of Interior", "กระทรวงมหาดไทย", "MOI"),
        ("Department of Skill Development (DSD)", "กรมพัฒนาฝีมือแรงงาน", "DSD", "Dept. of Skill Development"),
        ("Office of the Civil Service Commission (OCSC)", "สำนักงาน ก.พ.", "OCSC"),
        ("Kasetsart University", "มหาวิทยาลัยเกษตรศาสตร์", "KU"),
        ("National Statistical Office", "สำนักงานสถิติแห่งชาติ", "NSO"),
        ("Ministry of Public Health", "กระทรวงสาธารณสุข", "MOPH"),
        ("Department of Labour Protection and Welfare", "กรมสวัสดิการและคุ้มครองแรงงาน", "DLPW"),
        ("Khon Kaen University", "มหาวิทยาลัยขอนแก่น", "KKU"),
        ("Export-Import Bank of Thailand", "EXIM Bank", "EXIM Thailand"),
        ("Siriraj Hospital", "โรงพยาบาลศิริราช"),
    ),
    "viet": (
        ("Ministry of Home Affairs", "MOHA"), ("Ministry of Planning and Investment (MPI)", "MPI"),
        ("Can Tho University", "CTU", "Đại học Cần Thơ"), ("Vietnam Chamber of Commerce and Industry (VCCI)", "VCCI"),
        ("Institute of Labour Science and Social Affairs (ILSSA)", "ILSSA"), ("Voice of Vietnam", "VOV"),
    ),
    "malay": (
        ("Ministry of Women, Family and Community Development", "MWFCD", "KPWKM"), ("Universiti Sains Malaysia", "USM"),
        ("Retirement Fund Incorporated (KWAP)", "KWAP"), ("Department of Statistics Malaysia", "DOSM", "Jabatan Perangkaan Malaysia"),
        ("Malaysian Employers Federation", "MEF"), ("Khazanah Nasional Berhad", "Khazanah", "Khazanah Nasional"),
    ),
    "indonesian": (
        ("Ministry of Social Affairs", "Kemensos", "Kementerian Sosial"), ("Gadjah Mada University", "UGM", "Universitas Gadjah Mada"),
        ("Statistics Indonesia (BPS)", "BPS", "Badan Pusat Statistik"), ("PT Taspen", "Taspen", "PT TASPEN (Persero)"),
        ("Indonesian Employers Association (APINDO)", "APINDO"),
    ),
    "burmese": (
        ("Department of Social Welfare", "DSW"), ("Ministry of Planning and Finance", "MOPF"), ("Mandalay University", "University of Mandalay"),
        ("Confederation of Trade Unions Myanmar", "CTUM"), ("Central Bank of Myanmar", "CBM"),
    ),
    "lao": (
        ("Ministry of Health", "MOH"), ("Lao Federation of Trade Unions", "LFTU"), ("Savannakhet University", "SKU"),
        ("Lao Statistics Bureau", "LSB"),
    ),
    "khmer": (
        ("Ministry of Economy and Finance", "MEF"), ("Cambodia Development Resource Institute", "CDRI"),
        ("Ministry of Social Affairs, Veterans and Youth Rehabilitation (MoSVY)", "MoSVY"), ("National Institute of Statistics", "NIS"),
    ),
    "western": (
        ("Government Service Insurance System (GSIS)", "GSIS"), ("Department of Labor and Employment (DOLE)", "DOLE", "Dept. of Labour and Employment"),
        ("University of Oxford", "Oxford University"), ("Swedish Pensions Agency", "Pensionsmyndigheten"),
        ("Federal Social Insurance Office", "FSIO", "OFAS"), ("Oxfam", "Oxfam GB"), ("Caisse nationale de l'assurance maladie", "CNAM"),
        ("Max Planck Institute for Social Law", "MPI Social Law", "Max Planck Institute"), ("Social Security Administration", "SSA", "US SSA"),
    ),
}  # fmt: skip
INTERNATIONAL: Final = (
    ("International Monetary Fund (IMF)", "IMF"), ("UNDP", "United Nations Development Programme", "UN Development Program"),
    ("International Organization for Migration (IOM)", "IOM"), ("OECD", "OECD Secretariat"),
    ("Friedrich-Ebert-Stiftung", "FES", "Friedrich Ebert Stiftung"), ("UNFPA", "United Nations Population Fund"),
    ("Japan International Cooperation Agency (JICA)", "JICA"),
)  # fmt: skip
