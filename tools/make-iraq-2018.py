#!/usr/bin/env python3
"""Writes a first version of examples/iraq-2018.

The tables are the source from then on: edit them in a spreadsheet, and run
`sanad election fmt` and `check`. Running this again overwrites such edits.

Seats are those of the law for the Council of Representatives of 2018. Parties,
lists, candidates, centres, letters and figures of stations are invented.
Same script, same bytes. Python's standard library is enough.

    python3 tools/make-iraq-2018.py examples/iraq-2018
"""

import csv
import hashlib
import pathlib
import sys

# id, office code, seats, Arabic, Kurdish, English
GOVERNORATES = [
    ("baghdad", None, 69, "بغداد", "بەغدا", "Baghdad"),
    ("nineveh", "03", 31, "نينوى", "نەینەوا", "Nineveh"),
    ("basra", "04", 25, "البصرة", "بەسرە", "Basra"),
    ("dhi_qar", "05", 19, "ذي قار", "زیقار", "Dhi Qar"),
    ("sulaymaniyah", "06", 18, "السليمانية", "سلێمانی", "Sulaymaniyah"),
    ("babil", "07", 17, "بابل", "بابل", "Babil"),
    ("erbil", "08", 15, "أربيل", "هەولێر", "Erbil"),
    ("anbar", "09", 15, "الأنبار", "ئەنبار", "Anbar"),
    ("diyala", "10", 14, "ديالى", "دیالە", "Diyala"),
    ("kirkuk", "11", 12, "كركوك", "کەرکووک", "Kirkuk"),
    ("najaf", "12", 12, "النجف", "نەجەف", "Najaf"),
    ("salah_al_din", "13", 12, "صلاح الدين", "سەڵاحەدین", "Salah al-Din"),
    ("duhok", "14", 11, "دهوك", "دهۆک", "Duhok"),
    ("wasit", "15", 11, "واسط", "واست", "Wasit"),
    ("qadisiyah", "16", 11, "القادسية", "قادسیە", "Qadisiyah"),
    ("karbala", "17", 11, "كربلاء", "کەربەلا", "Karbala"),
    ("maysan", "18", 10, "ميسان", "میسان", "Maysan"),
    ("muthanna", "19", 7, "المثنى", "موسەننا", "Muthanna"),
]
BAGHDAD_OFFICES = [
    ("baghdad_karkh", "01", "بغداد - الكرخ", "بەغدا - کەرخ", "Baghdad, Karkh"),
    ("baghdad_rusafa", "02", "بغداد - الرصافة", "بەغدا - ڕەسافە", "Baghdad, Rusafa"),
]
ABROAD = ("abroad", "90", "مكتب الخارج", "نووسینگەی دەرەوە", "Out-of-country office")

# id, ballot number, Arabic, Kurdish, English
PARTIES = [
    ("palm", 101, "تحالف النخلة", "هاوپەیمانی دارخورما", "Palm Alliance"),
    ("seven_doors", 102, "ائتلاف الأبواب السبعة", "هاوپەیمانی حەوت دەرگا", "Seven Doors Coalition"),
    ("lantern", 103, "قائمة فانوس الجبل", "لیستی فانۆسی چیا", "Mountain Lantern List"),
    ("reed", 104, "كتلة القصب", "کوتلەی قامیش", "Reed Bloc"),
    ("blue_bridge", 105, "حزب الجسر الأزرق", "پارتی پردی شین", "Blue Bridge Party"),
    ("wheat", 106, "حركة سنابل القمح", "بزووتنەوەی گوڵەگەنم", "Wheat Ears Movement"),
    ("dove", 107, "تجمع الحمامة البيضاء", "کۆبوونەوەی کۆتری سپی", "White Dove Gathering"),
    ("clear_spring", 108, "اتحاد الينبوع الصافي", "یەکێتیی کانیی ڕوون", "Clear Spring Union"),
]
# community: names, parties
COMMUNITIES = {
    "christian": (
        ("مقعد المسيحيين", "کورسیی مەسیحییەکان", "Seat of the Christians"),
        [
            ("olive", 201, "قائمة غصن الزيتون", "لیستی لقی زەیتوون", "Olive Branch List"),
            ("bell", 202, "قائمة برج الناقوس", "لیستی بورجی زەنگ", "Bell Tower List"),
        ],
    ),
    "yazidi": (
        ("مقعد الإيزيديين", "کورسیی ئێزیدییەکان", "Seat of the Yazidis"),
        [
            ("sunrise", 203, "قائمة باب الشروق", "لیستی دەروازەی خۆرهەڵاتن", "Sunrise Gate List"),
            ("fig", 204, "قائمة شجرة التين", "لیستی دارهەنجیر", "Fig Tree List"),
        ],
    ),
    "shabak": (
        ("مقعد الشبك", "کورسیی شەبەک", "Seat of the Shabak"),
        [
            ("plain_road", 205, "قائمة طريق السهل", "لیستی ڕێگای دەشت", "Plain Road List"),
            ("green_hill", 206, "قائمة التل الأخضر", "لیستی گردی سەوز", "Green Hill List"),
        ],
    ),
    "sabean": (
        ("مقعد الصابئة المندائيين", "کورسیی سابیئەی مەندائی", "Seat of the Sabean-Mandaeans"),
        [
            ("willow", 207, "قائمة الصفصاف", "لیستی داربی", "Willow List"),
            ("flowing_water", 208, "قائمة الماء الجاري", "لیستی ئاوی ڕەوان", "Flowing Water List"),
        ],
    ),
    "feyli": (
        ("مقعد الكرد الفيليين", "کورسیی کوردانی فەیلی", "Seat of the Feyli Kurds"),
        [
            ("oak", 209, "قائمة البلوط", "لیستی دار بەڕوو", "Oak List"),
            ("pomegranate", 210, "قائمة الرمان", "لیستی هەنار", "Pomegranate List"),
        ],
    ),
}
RESERVED = [
    ("baghdad", "christian"),
    ("nineveh", "christian"),
    ("kirkuk", "christian"),
    ("duhok", "christian"),
    ("erbil", "christian"),
    ("nineveh", "yazidi"),
    ("nineveh", "shabak"),
    ("baghdad", "sabean"),
    ("wasit", "feyli"),
]

WOMEN = [
    ("زينب", "زەینەب", "Zainab"), ("فاطمة", "فاتیمە", "Fatima"), ("مريم", "مەریەم", "Maryam"),
    ("نور", "نوور", "Noor"), ("هدى", "هودا", "Huda"), ("سارة", "سارا", "Sara"),
    ("شيلان", "شیلان", "Shilan"), ("ليلى", "لەیلا", "Layla"), ("أمل", "ئەمەل", "Amal"),
    ("سعاد", "سوعاد", "Suad"), ("رنا", "ڕەنا", "Rana"), ("دنيا", "دونیا", "Dunya"),
    ("نيان", "نیان", "Niyan"), ("سلمى", "سەلما", "Salma"), ("هناء", "هەنا", "Hana"),
    ("إيمان", "ئیمان", "Iman"), ("روناك", "ڕووناک", "Runak"), ("بتول", "بەتوول", "Batool"),
    ("سميرة", "سەمیرە", "Samira"), ("جوان", "جوان", "Jwan"), ("وفاء", "وەفا", "Wafa"),
    ("رشا", "ڕەشا", "Rasha"), ("نادية", "نادیە", "Nadia"), ("آلاء", "ئالا", "Alaa"),
]
MEN = [
    ("أحمد", "ئەحمەد", "Ahmed"), ("علي", "عەلی", "Ali"), ("حسن", "حەسەن", "Hassan"),
    ("كريم", "کەریم", "Karim"), ("عمر", "عومەر", "Omar"), ("يوسف", "یووسف", "Yousif"),
    ("إبراهيم", "ئیبراهیم", "Ibrahim"), ("آزاد", "ئازاد", "Azad"), ("سالم", "سالم", "Salim"),
    ("جاسم", "جاسم", "Jasim"), ("خالد", "خالید", "Khalid"), ("مصطفى", "مستەفا", "Mustafa"),
    ("دلشاد", "دڵشاد", "Dilshad"), ("رعد", "ڕەعد", "Raad"), ("نبيل", "نەبیل", "Nabil"),
    ("فارس", "فارس", "Faris"), ("هيمن", "هێمن", "Hemin"), ("عادل", "عادل", "Adil"),
    ("ماجد", "ماجید", "Majid"), ("صباح", "سەباح", "Sabah"), ("طارق", "تاریق", "Tariq"),
    ("زياد", "زیاد", "Ziyad"), ("كاوة", "کاوە", "Kawa"), ("وليد", "وەلید", "Walid"),
    ("ثامر", "سامر", "Thamir"), ("أنور", "ئەنوەر", "Anwar"), ("باسم", "باسم", "Basim"),
    ("شوان", "شوان", "Shwan"), ("غسان", "غەسان", "Ghassan"), ("منير", "مونیر", "Munir"),
]
FAMILIES = [
    ("النجار", "نەجار", "al-Najjar"), ("الحداد", "حەداد", "al-Haddad"), ("الخياط", "خەیات", "al-Khayyat"),
    ("العطار", "عەتار", "al-Attar"), ("الصباغ", "سەباغ", "al-Sabbagh"), ("النقاش", "نەقاش", "al-Naqqash"),
    ("الوراق", "وەراق", "al-Warraq"), ("البناء", "بەنا", "al-Banna"), ("الصياد", "سەیاد", "al-Sayyad"),
    ("الساعاتي", "ساعاتی", "al-Saati"), ("القصاب", "قەساب", "al-Qassab"), ("الدباغ", "دەباغ", "al-Dabbagh"),
    ("البستاني", "بێستانی", "al-Bustani"), ("السراج", "سەراج", "al-Sarraj"), ("الفحام", "فەحام", "al-Fahham"),
    ("الملاح", "مەلاح", "al-Mallah"), ("الحائك", "حایک", "al-Haik"), ("الكاتب", "کاتب", "al-Katib"),
]

# Cities of the out-of-country office: Arabic, Kurdish, English, and the constituencies of each of three stations.
CITIES = [
    ("عمان", "عەممان", "Amman", ["baghdad nineveh anbar", "baghdad", "anbar"]),
    ("إسطنبول", "ئەستەنبوڵ", "Istanbul", ["kirkuk nineveh", "salah_al_din", "diyala"]),
    ("برلين", "بەرلین", "Berlin", ["duhok erbil sulaymaniyah", "nineveh", "baghdad"]),
    ("لندن", "لەندەن", "London", ["baghdad basra najaf", "erbil", "sulaymaniyah"]),
    ("ستوكهولم", "ستۆکهۆڵم", "Stockholm", ["baghdad dhi_qar wasit", "maysan", "kirkuk"]),
    ("ديترويت", "دیترۆیت", "Detroit", ["baghdad nineveh", "nineveh", "basra"]),
    ("سيدني", "سیدنی", "Sydney", ["karbala babil qadisiyah", "muthanna", "baghdad"]),
    ("طهران", "تاران", "Tehran", ["wasit diyala maysan", "najaf karbala", "basra"]),
]

LETTERS = [
    ("register", "المفوضية: سجل الناخبين (register of voters)", "١/٢٠١٨", "2018-03-01"),
    ("joint_command", "القيادة المشتركة (joint command)", "م/٢١٤", "2018-03-11"),
    ("migration_112", "وزارة الهجرة (ministry of migration)", "١١٢", "2018-03-15"),
    ("migration_131", "وزارة الهجرة (ministry of migration)", "١٣١", "2018-04-02"),
    ("foreign_44", "وزارة الخارجية (ministry of foreign affairs)", "٤٤/خ", "2018-03-20"),
    ("international_7", "International migration body", "IRQ-2018-007", "2018-04-05"),
    ("justice_23", "دائرة الإصلاح (directorate of corrections)", "٢٣", "2018-03-22"),
    ("health_5", "دائرة الصحة (directorate of health)", "٥/ص", "2018-03-27"),
]


def draw(limit, *what):
    """A number below `limit` that depends on `what` alone."""
    digest = hashlib.sha256("|".join(map(str, ("iraq-2018",) + what)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % limit


def person(woman, *what):
    """A name in three scripts: given name, father's, family's."""
    given = WOMEN if woman else MEN
    parts = (
        given[draw(len(given), "given", *what)],
        MEN[draw(len(MEN), "father", *what)],
        FAMILIES[draw(len(FAMILIES), "family", *what)],
    )
    return tuple(" ".join(part[script] for part in parts) for script in range(3))


def candidates(contest, list_id, count, woman_places):
    """The rows of one list; no name twice in it."""
    rows, used = [], set()
    for number in range(1, count + 1):
        woman = number in woman_places
        attempt = 0
        while (name := person(woman, list_id, number, attempt)) in used:
            attempt += 1
        used.add(name)
        gender = "woman" if woman else "man"
        rows.append((f"{list_id}_{number:02}", contest, list_id, number, gender, "no", *name))
    return rows


def places_of_women(list_id, count):
    """One place in each group of four, and now and then another."""
    places = set()
    for first in range(1, count + 1, 4):
        size = min(4, count + 1 - first)
        places.add(first + draw(size, "woman", list_id, first))
        if draw(5, "another", list_id, first) == 0:
            places.add(first + draw(size, "second", list_id, first))
    return places


def stations():
    """Rows of stations.csv."""
    rows = []

    def centre(office, code, number, names, kind, register, source, constituencies, size):
        """A centre with a station for each of `constituencies`."""
        for room, where in enumerate(constituencies, 1):
            station = f"{code}{number:02}{room:02}"
            registered = size + draw(size // 2, "registered", station)
            room_names = (f"{names[0]}، غرفة {room}", f"{names[1]}، ژووری {room}", f"{names[2]}, room {room}")
            rows.append(
                [station, f"{code}{number:02}", office, where, kind, register, registered, source, "", *room_names]
            )

    offices = [(o[0], o[1], "baghdad", o[2:]) for o in BAGHDAD_OFFICES]
    offices += [(g[0], g[1], g[0], g[3:]) for g in GOVERNORATES if g[1]]
    for office, code, own, names in offices:
        def called(ar, ckb, en):
            return f"{ar} ({names[0]})", f"{ckb} ({names[1]})", f"{en} ({names[2]})"

        schools = [
            called("مدرسة الشروق", "قوتابخانەی خۆرهەڵاتن", "Sunrise School"),
            called("مدرسة الياسمين", "قوتابخانەی یاسەمین", "Jasmine School"),
            called("مدرسة الجسر", "قوتابخانەی پرد", "Bridge School"),
        ]
        big = code in ("01", "02", "03", "04")
        for number, school in enumerate(schools[: 3 if big else 2], 1):
            centre(office, code, number, school, "general", "fixed", "register", [own] * 3, 300)
        barracks = called("مركز الاقتراع الخاص", "بنکەی دەنگدانی تایبەت", "Special voting centre")
        centre(office, code, 10, barracks, "security", "fixed", "joint_command", [own], 280)
        if code in ("01", "03", "05"):
            prison = called("دار الإصلاح", "چاکسازی", "Correctional house")
            centre(office, code, 20, prison, "prison", "fixed", "justice_23", [own], 120)
        if code in ("02", "04", "08"):
            hospital = called("المستشفى العام", "نەخۆشخانەی گشتی", "General hospital")
            centre(office, code, 30, hospital, "hospital", "fixed", "health_5", [own], 110)
        if code in ("01", "06", "08", "09", "11", "14"):
            camp = called("مخيم النازحين", "کەمپی ئاوارەکان", "Camp of displaced people")
            taken = ["nineveh", "anbar salah_al_din nineveh"]
            centre(office, code, 40, camp, "displaced", "conditional", "migration_112", taken, 200)
        if code in ("01", "06", "08", "14"):
            movement = called("مركز النازحين المسجلين", "بنکەی ئاوارە تۆمارکراوەکان", "Centre of registered displaced")
            centre(
                office, code, 50, movement, "displaced_movement", "fixed", "migration_131", ["nineveh", "anbar"], 180
            )
        if code == "19":
            tents = called("مركز البادية", "بنکەی بیابان", "Desert centre")
            centre(office, code, 60, tents, "general", "fixed", "register", [own] * 3, 240)
            # Two rooms too small to be counted alone.
            for row in rows[-2:]:
                row[6], row[8] = 14 + draw(10, "small", row[0]), rows[-3][0]
    for number, (ar, ckb, en, taken) in enumerate(CITIES, 1):
        names = (f"مركز {ar}", f"بنکەی {ckb}", f"Centre {en}")
        source = "foreign_44" if number % 2 else "international_7"
        centre(ABROAD[0], ABROAD[1], number, names, "abroad", "conditional", source, taken, 160)
    return rows


def registrations(stations):
    """Further letters: of displaced people the international body has counted too, of some cities abroad both bodies.
    In every second station of a camp, and in one city, they do not agree."""
    rows = []
    for station, _, _, _, kind, _, registered, source, *_ in stations:
        if kind == "displaced":
            other = registered + (23 if station.endswith("2") else 0)
            rows.append([station, "international_7", other])
        elif kind == "abroad" and station.endswith("01"):
            other = "foreign_44" if source == "international_7" else "international_7"
            rows.append([station, other, registered - (12 if station == "900801" else 0)])
    return rows


def people():
    """Rows of people.csv: posts, not persons."""
    ordinal_ar = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"]
    ordinal_ckb = ["یەکەم", "دووەم", "سێیەم", "چوارەم", "پێنجەم", "شەشەم"]
    ordinal_en = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"]
    posts = [
        ("board", 5, "عضو المجلس", "ئەندامی {}ی ئەنجومەن", "member of the board"),
        ("commissioner", 5, "المفوض", "کۆمیسیاری {}", "commissioner"),
        ("officer", 6, "موظف الفرز", "فەرمانبەری {}ی جیاکردنەوە", "officer of the tally centre"),
    ]
    rows = []
    for role, count, ar, ckb, en in posts:
        for i in range(count):
            names = (f"{ar} {ordinal_ar[i]}", ckb.format(ordinal_ckb[i]), f"{ordinal_en[i]} {en}")
            rows.append((f"{role}_{i + 1}", role, "", "", *names))
    for party, _, ar, ckb, en in PARTIES:
        rows.append((f"agent_{party}", "agent", party, "", f"وكيل {ar}", f"بریکاری {ckb}", f"Agent of {en}"))
    return rows


SETTINGS = """\
# Council of Representatives of Iraq, 12 May 2018: the true seats of the governorates and communities;
# parties, candidates, centres and figures are invented. Columns and keys: docs/definition.md

election = "iraq_2018"
round = 1
mode = "demo"
date = 2018-05-12
time_zone = "Asia/Baghdad"
languages = ["ar", "ckb", "en"]
name = { ar = "انتخابات مجلس النواب 2018", ckb = "هەڵبژاردنی ئەنجومەنی نوێنەران 2018", en = "Election of the Council of Representatives, 2018" }

# Stations are announced when network and stick have brought the same; anything less needs two officers.
announce = "matched"

[votes]
two_candidates = "list_vote"            # two candidates of the marked list: the list's vote, and nobody's personal vote

[seats]
method = "sainte-lague:1.7"             # divisors 1.7, 3, 5, 7, …
women = "quarter_rounded_half_up"       # of the general seats of a governorate: 83 in all
quota_overshoot = "stop_at_quota"       # where the law is silent: step 3 ends as soon as the quota is met
short_list = "next_quotient"            # a seat a list has nobody for goes to the next quotient

[marks]                                 # ink in a bubble, in thousandths of its area
unmarked_to = 40
marked_from = 140

[thresholds]
board = 3                               # of 5 members
shares = 3                              # of 5 commissioners
witnesses = 2                           # of 3 bodies
officers = 2

[privacy]
cast_vote_records_from = 20             # ballots of a station; fewer, and its records are withheld
images_from = 0                         # images go to parties and offices, and are not published

[law]                                   # the files are checked against these
seats = 329                             # 320 general and 9 reserved
candidates_per_seat = 2
woman_in_each = 4                       # positions of a list
polls_open = "07:00"                    # what is frozen has been seen by witnesses before

[docket]                                # complaints and appeals
complaint_days = 3                      # after the vote
appeal_days = 3                         # after service of a decision
ruling_days = 10                        # after the appeal is filed
days = "calendar"                       # a deadline on a day without work ends on the next working day
weekend = ["friday", "saturday"]
day_ends = "15:00"                      # the last minute that is in time
contradicting_orders = "sub_judice"     # nothing is counted of a station on which two courts disagree

[isolation]                             # what may be up at the tally centre; this example is a demo, which is told and goes on
interfaces = ["lo"]
listening = []
"""


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    names = ["name_ar", "name_ckb", "name_en"]

    def table(file, columns, rows):
        with open(folder / file, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)

    (folder / "election.toml").write_text(SETTINGS, encoding="utf-8")
    table("constituencies.csv", ["constituency", *names], [(g[0], *g[3:]) for g in GOVERNORATES])
    offices = [(o[0], *o[2:]) for o in BAGHDAD_OFFICES] + [(g[0], *g[3:]) for g in GOVERNORATES if g[1]]
    table("offices.csv", ["office", *names], offices + [(ABROAD[0], *ABROAD[2:])])
    columns = ["station", "centre", "office", "constituencies", "kind", "register", "registered", "source", "count_with"]
    places = stations()
    table("stations.csv", columns + names, places)
    table("registrations.csv", ["station", "source", "registered"], registrations(places))
    letters = [
        (i, body, number, date, "sha256:" + hashlib.sha256(f"invented letter {number}\n".encode()).hexdigest())
        for i, body, number, date in LETTERS
    ]
    table("sources.csv", ["source", "body", "number", "date", "sha256"], letters)
    contests = [
        (g[0], g[0], "open_list", "", g[2], 1, f"نواب {g[3]}", f"نوێنەرانی {g[4]}", f"Representatives of {g[5]}")
        for g in GOVERNORATES
    ]
    table("contests.csv", ["contest", "constituency", "kind", "vote_for", "seats", "sheet", *names], contests)
    reserved = [(g, community, 1, *COMMUNITIES[community][0]) for g, community in RESERVED]
    table("reserved.csv", ["contest", "community", "seats", *names], reserved)
    communities = [party for _, own in COMMUNITIES.values() for party in own]
    table("parties.csv", ["party", *names], [(p[0], *p[2:]) for p in PARTIES + communities])

    lists, people_of_lists = [], []
    for governorate, _, seats, *_ in GOVERNORATES:
        for party, number, *called in PARTIES:
            list_id = f"{governorate}_{number}"
            lists.append((list_id, governorate, number, party, "", *called))
            count = min(40, max(8, seats + 3 - draw(4, "count", list_id)), 2 * seats)
            people_of_lists += candidates(governorate, list_id, count, places_of_women(list_id, count))
        for _, community in (r for r in RESERVED if r[0] == governorate):
            for party, number, *called in COMMUNITIES[community][1]:
                list_id = f"{governorate}_{number}"
                lists.append((list_id, governorate, number, party, community, *called))
                women = {n for n in range(1, 5) if draw(3, "reserved", list_id, n) == 0}
                people_of_lists += candidates(governorate, list_id, 4, women)
    table("lists.csv", ["list", "contest", "number", "party", "reserved", *names], lists)
    columns = ["candidate", "contest", "list", "number", "gender", "withdrawn"]
    table("candidates.csv", columns + names, people_of_lists)
    table("people.csv", ["person", "role", "party", "office", *names], people())
    witnesses = [
        ("parties", "party", "لجنة الأحزاب المشتركة", "لیژنەی هاوبەشی حزبەکان", "Joint committee of the parties"),
        ("observers", "observer", "شبكة المراقبين", "تۆڕی چاودێران", "Network of observers"),
        ("court", "court", "قلم الهيئة القضائية", "تۆماری دەستەی دادوەری", "Registry of the judicial panel"),
    ]
    table("witnesses.csv", ["witness", "group", *names], witnesses)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples/iraq-2018"))
