"""Training pairs made from others, for what collected text lacks: placeholders, numbers, formats, capitals, fragments.

Protected text (addresses, code, emoji, handles) travels through the network as a placeholder. Eight byte pieces that never
occur in UTF-8 serve for it: placeholder i is the character U+E000+i in text and the piece <0xF8+i> in ids. `encode` goes
from one to the other: SentencePiece spells such a character as three byte pieces, which give way to the one.
"""

import re

import numpy as np

PLACEHOLDERS = 8
FIRST_CHARACTER = 0xE000


class Codec:
    """Text to piece ids and back, placeholders included."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        piece = tokenizer.piece_to_id
        self.ids = [piece(f"<0x{0xF8 + i:02X}>") for i in range(PLACEHOLDERS)]
        self.spelled = {
            tuple(piece(f"<0x{byte:02X}>") for byte in chr(FIRST_CHARACTER + i).encode()): self.ids[i]
            for i in range(PLACEHOLDERS)
        }
        self.head = piece("<0xEE>")

    def encode(self, texts):
        return [self.fold(ids) for ids in self.tokenizer.encode(list(texts))]

    def fold(self, ids):
        if self.head not in ids:
            return ids
        out, i = [], 0
        while i < len(ids):
            one = self.spelled.get(tuple(ids[i : i + 3]))
            out.append(ids[i] if one is None else one)
            i += 1 if one is None else 3
        return out


def placeholder(i):
    return chr(FIRST_CHARACTER + i)


WORD = re.compile(r"[^\s.,;:!?()\[\]«»“”\"…]+(?:[.,:'’/-][^\s.,;:!?()\[\]«»“”\"…]+)*")


def copied_words(source, target):
    """Words that stand once on each side, unchanged, and look like names, numbers or codes."""
    found = []
    for match in WORD.finditer(source):
        word = match.group()
        if len(word) < 2 or not (word[0].isupper() or any(c.isdigit() for c in word) or not word.isalpha()):
            continue
        if source.count(word) == 1 and len(re.findall(rf"(?<!\w){re.escape(word)}(?!\w)", target)) == 1:
            if target.count(word) == 1:
                found.append(word)
    return found


def with_placeholders(source, target, rng):
    """One to three placeholders on both sides of a pair, in place of copied words or beside the text; None if no place."""
    words = copied_words(source, target)
    rng.shuffle(words)
    words = words[: 1 + int(rng.random() < 0.35) + int(rng.random() < 0.15)]
    marks = [f"\x00{k}\x00" for k in range(3)]
    used = 0
    if words and rng.random() < 0.75:
        for word in words:
            source, target = source.replace(word, marks[used]), target.replace(word, marks[used])
            used += 1
    if not used or rng.random() < 0.15:
        mark = marks[used] if used < 3 else None
        if mark is None:
            return None
        way = rng.random()
        stop_s, stop_t = re.search(r"[.!?…]+$", source), re.search(r"[.!?…]+$", target)
        if way < 0.4:
            gap = " " if rng.random() < 0.8 else ""
            source, target = f"{source}{gap}{mark}", f"{target}{gap}{mark}"
        elif way < 0.55:
            source, target = f"{mark} {source}", f"{target}" and f"{mark} {target}"
        elif way < 0.75 and stop_s and stop_t:
            left, right = (("(", ")") if rng.random() < 0.4 else (": ", "") if rng.random() < 0.5 else ("", ""))
            colon = " " if left == ": " else " "
            source = f"{source[: stop_s.start()]}{colon}{left}{mark}{right}{stop_s.group()}"
            target = f"{target[: stop_t.start()]}{'' if left == ': ' else ' '}{left}{mark}{right}{stop_t.group()}"
        elif source.count(",") == target.count(",") >= 1 and len(source) < 250:
            k = int(rng.integers(source.count(",")))
            source, target = insert_after_comma(source, k, mark), insert_after_comma(target, k, mark)
        else:
            source, target = f"{source} {mark}", f"{target} {mark}"
        used += 1
    order = sorted(range(used), key=lambda k: source.index(marks[k]))
    first = 0 if rng.random() < 0.6 else int(rng.integers(PLACEHOLDERS - used + 1))
    names = list(range(first, first + used)) if rng.random() < 0.8 else rng.permutation(PLACEHOLDERS)[:used].tolist()
    for name, k in zip(names, order):
        source, target = source.replace(marks[k], placeholder(name)), target.replace(marks[k], placeholder(name))
    return source, target


def insert_after_comma(text, k, mark):
    at = [m.start() for m in re.finditer(",", text)][k]
    return f"{text[: at + 1]} {mark}{text[at + 1 :]}"


NUMBER = re.compile(r"(?<![\w.,/-])\d{1,3}(?:[  ]\d{3})+(?![\w])|(?<![\w.,/-])\d+,\d+(?!\w)|(?<![\w.,/-])\d+(?![\w/])(?![.,]\d)")


def french_number(n, rng):
    text = f"{n:,}"
    return text.replace(",", " ") if n > 9999 or rng.random() < 0.7 else str(n)


def with_other_numbers(source, target, rng):
    """The numbers of a pair replaced by others of the same kind; None unless each stands once on both sides."""
    found = [m.group() for m in NUMBER.finditer(source)]
    if not found or len(found) > 4 or len(set(found)) < len(found) or max(map(len, found)) > 18:
        return None
    marks = {}
    for k, number in enumerate(found):
        english = number.replace(" ", ",").replace(" ", ",") if "," not in number else number.replace(",", ".")
        if len(re.findall(rf"(?<![\w.,]){re.escape(english)}(?![\w]|[.,]\d)", target)) != 1:
            return None
        value = number.replace(" ", "").replace(" ", "")
        if "," in value:
            whole, part = value.split(",")
            new_whole = int(rng.integers(10 ** max(1, len(whole))))
            new_part = "".join(str(d) for d in rng.integers(0, 10, len(part)))
            marks[k] = (f"{french_number(new_whole, rng)},{new_part}", f"{new_whole:,}.{new_part}")
        elif len(value) == 4 and value[:2] in ("19", "20", "18") and number == value:
            year = str(int(rng.integers(1780, 2031)))
            marks[k] = (year, year)
        else:
            low = 10 ** (len(value) - 1)
            new = int(rng.integers(max(2, low), low * 10)) if rng.random() < 0.7 else int(rng.integers(2, 10 ** int(rng.integers(1, 8))))
            spaced = " " in number or " " in number or len(str(new)) > 4
            if not spaced and len(str(new)) > 3:
                new = int(rng.integers(2, 1000))
            if low * 10 <= 100 and new > 31:  # days and hours stay plausible
                new = int(rng.integers(2, 32))
            marks[k] = (french_number(new, rng), f"{new:,}" if new > 999 else str(new))
        source = re.sub(rf"(?<![\w.,/-]){re.escape(number)}(?![\w/]|[.,]\d)", f"\x00{k}\x00", source, count=1)
        target = re.sub(rf"(?<![\w.,]){re.escape(english)}(?![\w]|[.,]\d)", f"\x00{k}\x00", target, count=1)
    if any(source.count(f"\x00{k}\x00") != 1 or target.count(f"\x00{k}\x00") != 1 for k in marks):
        return None
    for k, (french, english) in marks.items():
        source, target = source.replace(f"\x00{k}\x00", french), target.replace(f"\x00{k}\x00", english)
    return source, target


MONTHS = list(
    zip(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
        "January February March April May June July August September October November December".split(),
    )
)
DAYS = list(zip("lundi mardi mercredi jeudi vendredi samedi dimanche".split(), "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()))
ACRONYMS = dict(
    p.split("=")
    for p in """l'OTAN=NATO;l'ONU=the UN;l'UE=the EU;l'AIEA=the IAEA;l'OMS=the WHO;le FMI=the IMF;la CPI=the ICC;la CIJ=the ICJ;la BCE=the ECB;l'OMC=the WTO;la RDC=the DRC;les ONG=NGOs;le PIB=GDP;le HCR=the UNHCR;l'OCDE=the OECD;la CEDH=the ECHR;le GIEC=the IPCC;l'OPEP=OPEC;les États-Unis=the United States;le Royaume-Uni=the United Kingdom;la Cour suprême=the Supreme Court;le Conseil de sécurité=the Security Council;l'Élysée=the Élysée;le Kremlin=the Kremlin;la Maison Blanche=the White House;le Pentagone=the Pentagon;Vladimir Poutine=Vladimir Putin;Volodymyr Zelensky=Volodymyr Zelensky;Sergueï Lavrov=Sergei Lavrov;Xi Jinping=Xi Jinping;Benyamin Nétanyahou=Benjamin Netanyahu;la banque centrale=the central bank;la police=the police;l'armée=the army;le gouvernement=the government;l'opposition=the opposition;le parquet=the prosecutor's office;le ministère de l'Intérieur=the Interior Ministry""".split(";")
)
PLACES = dict(
    p.split("=")
    for p in "Kiev=Kyiv;Moscou=Moscow;Pékin=Beijing;Londres=London;Bruxelles=Brussels;Genève=Geneva;Varsovie=Warsaw;Athènes=Athens;Le Caire=Cairo;Alger=Algiers;Beyrouth=Beirut;Téhéran=Tehran;Damas=Damascus;Bagdad=Baghdad;Jérusalem=Jerusalem;Gaza=Gaza;Bamako=Bamako;Ouagadougou=Ouagadougou;Vienne=Vienna;Lisbonne=Lisbon;Barcelone=Barcelona;Édimbourg=Edinburgh;Montréal=Montreal;Québec=Quebec City;Mexico=Mexico City;La Nouvelle-Orléans=New Orleans;Séoul=Seoul;Tokyo=Tokyo;Kaboul=Kabul;Bucarest=Bucharest".split(";")
)
PEOPLE = [("personnes", "people"), ("soldats", "soldiers"), ("civils", "civilians"), ("manifestants", "protesters"), ("migrants", "migrants"), ("policiers", "police officers"), ("enfants", "children"), ("salariés", "employees"), ("élèves", "pupils"), ("journalistes", "journalists")]
HARM = [("tués", "killed"), ("blessés", "injured"), ("arrêtés", "arrested"), ("évacués", "evacuated"), ("libérés", "released"), ("expulsés", "expelled"), ("portés disparus", "reported missing")]
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
FRENCH_WORDS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze".split()


def formatted(rng):
    """A short pair around a number, a date, a time, an age, an acronym or a report, in French and English form."""
    pick = lambda some: some[int(rng.integers(len(some)))]
    number = lambda low, high: int(rng.integers(low, high))
    fr_m, en_m = pick(MONTHS)
    fr_d, en_d = pick(DAYS)
    fr_a, en_a = pick(list(ACRONYMS.items()))
    fr_p, en_p = pick(list(PLACES.items()))
    fr_who, en_who = pick(PEOPLE)
    fr_harm, en_harm = pick(HARM)
    if fr_who == "personnes":
        fr_harm = re.sub(r"és\b", "ées", fr_harm).replace("disparus", "disparues")
    upper = lambda text: text[0].upper() + text[1:]
    day, year = number(1, 29), number(1900, 2030)
    fr_day = "1er" if day == 1 else str(day)
    american = rng.random() < 0.5
    en_date = f"{en_m} {day}, {year}" if american else f"{day} {en_m} {year}"
    en_short = f"{en_m} {day}" if american else f"{day} {en_m}"
    hour, minute = number(0, 24), pick([0, 0, 10, 15, 20, 30, 45, number(1, 60)])
    fr_time = f"{hour} h" + (f" {minute:02d}" if minute else "") if rng.random() < 0.6 else f"{hour}h" + (f"{minute:02d}" if minute else "")
    en_time = f"{hour % 12 or 12}" + (f":{minute:02d}" if minute else "") + (" a.m." if hour < 12 else " p.m.")
    if minute and rng.random() < 0.5:
        fr_time = en_time = chr(FIRST_CHARACTER)  # Verso protects times with minutes
    early, late = number(1, 12), number(13, 24)
    fr_hour, fr_later = (f"{h} {'heures' if h > 1 and minute else 'h'}" for h in (early, late))
    en_hour, en_later = f"{early} a.m.", f"{late - 12} p.m."
    fr_span, en_span = pick([("ans", "years"), ("mois", "months"), ("semaines", "weeks"), ("jours", "days"), ("saisons", "seasons"), ("minutes", "minutes")])
    fr_times, en_times = pick([("deux fois plus", "twice"), ("deux fois moins", "half"), ("trois fois plus", "three times"), ("dix fois plus", "ten times")])
    big = number(1000, 10 ** number(4, 8))
    fr_big, en_big = f"{big:,}".replace(",", pick([" ", " ", " ", "."])), f"{big:,}"
    tenth, unit = f"{number(1, 100)},{number(1, 10)}", pick([("million", "million"), ("milliard", "billion")])
    plural = "s" if float(tenth.replace(",", ".")) >= 2 else ""
    en_tenth = tenth.replace(",", ".")
    money = pick([("d'euros", "euros", "€", "{} {}"), ("de dollars", "dollars", "$", "{} {}"), ("de francs", "francs", "", "{} {}")])
    age, small = number(16, 99), number(2, 13)
    fr_small, en_small = FRENCH_WORDS[small], WORDS[small]
    be = "is" if not en_a.endswith(("States", "NGOs")) else "are"
    said = "a" if not fr_a.startswith("les ") else "ont"
    templates = [
        lambda: (f"Le {fr_day} {fr_m} {year}.", f"{en_date}."),
        lambda: (f"Il est né le {fr_day} {fr_m} {year} à {fr_p}.", f"He was born on {en_date} in {en_p}."),
        lambda: (f"Elle est morte à {fr_p} le {fr_day} {fr_m} {year}, à l'âge de {age} ans.", f"She died in {en_p} on {en_date}, at the age of {age}."),
        lambda: (f"La réunion aura lieu {fr_d} {fr_day} {fr_m} à {fr_time}.", f"The meeting will be held on {en_d}, {en_short}, at {en_time}"),
        lambda: (f"Vers {fr_time}, {fr_d}, la police est intervenue à {fr_p}.", f"At around {en_time} on {en_d}, the police intervened in {en_p}."),
        lambda: (f"Ouvert de {hour % 11 + 1} h à 18 h 30", f"Open from {hour % 11 + 1} a.m. to 6:30 p.m."),
        lambda: (f"{pick(['À', 'À', 'A'])} {fr_time}, la police est arrivée à {fr_p}.", f"At {en_time}, the police arrived in {en_p}."),
        lambda: (f"À {fr_time}, {fr_small} {fr_who} avaient été {fr_harm}.", f"At {en_time}, {en_small} {en_who} had been {en_harm}."),
        lambda: (f"Il est arrivé à {fr_p} à {fr_time}.", f"He arrived in {en_p} at {en_time}"),
        lambda: (f"La cérémonie commence à {fr_later} à {fr_p}.", f"The ceremony begins at {en_later} in {en_p}."),
        lambda: (f"De {fr_hour} à {fr_later}, le musée est ouvert.", f"From {en_hour} to {en_later}, the museum is open."),
        lambda: (f"Entre {fr_hour} et {fr_later}, {fr_small} {fr_who} ont été {fr_harm}.", f"Between {en_hour} and {en_later}, {en_small} {en_who} were {en_harm}."),
        lambda: (f"{upper(fr_d)}, à {fr_time}, {fr_a} {said} démenti ces informations.", f"On {en_d}, at {en_time}, {en_a} denied these reports."),
        lambda: (f"Elle a rejoint l'équipe il y a {fr_small} {fr_span}.", f"She joined the team {en_small} {en_span} ago."),
        lambda: (f"Il y a {fr_small} {fr_span}, il vivait encore à {fr_p}.", f"{upper(en_small)} {en_span} ago, he was still living in {en_p}."),
        lambda: (f"Elle habite à {fr_p} depuis {fr_small} {fr_span}.", f"She has been living in {en_p} for {en_small} {en_span}."),
        lambda: (f"Le taux y est {fr_times} élevé qu'à {fr_p}.", f"The rate there is {en_times} as high as in {en_p}."),
        lambda: (f"{fr_big} {fr_who} ont été {fr_harm} à {fr_p}.", f"{en_big} {en_who} were {en_harm} in {en_p}."),
        lambda: (f"Plus de {fr_big} {fr_who} ont manifesté {fr_d} à {fr_p}.", f"More than {en_big} {en_who} demonstrated in {en_p} on {en_d}."),
        lambda: (f"{upper(fr_small)} {fr_who} auraient été {fr_harm} à {fr_p}, selon {fr_a}.", f"{upper(en_small)} {en_who} were reportedly {en_harm} in {en_p}, according to {en_a}."),
        lambda: (f"Selon {fr_a}, au moins {fr_small} {fr_who} ont été {fr_harm}.", f"According to {en_a}, at least {en_small} {en_who} were {en_harm}."),
        lambda: (f"Au moins {small + 10} {fr_who} seraient {fr_harm}.", f"At least {small + 10} {en_who} are said to have been {en_harm}."),
        lambda: (f"{upper(fr_a)} {said} démenti ces informations.", f"{upper(en_a)} denied these reports."),
        lambda: (f"{upper(fr_a)} {said} annoncé {fr_d} une aide de {tenth} {unit[0]}{plural} {money[0]}.", f"{upper(en_a)} announced {en_tenth} {unit[1]} {money[1]} in aid on {en_d}."),
        lambda: (f"Le projet coûtera {tenth} {unit[0]}{plural} {money[0]}.", f"The project will cost {en_tenth} {unit[1]} {money[1]}."),
        lambda: (f"{tenth} {'M€' if unit[0] == 'million' else 'Md€'}", f"€{en_tenth} {unit[1]}"),
        lambda: (f"Le prix est de {fr_big} €.", f"The price is €{en_big}."),
        lambda: (f"Le chômage a augmenté de {tenth} % en {year}.", f"Unemployment rose by {en_tenth}% in {year}."),
        lambda: (f"Ce député de {age} ans a été élu avec {tenth} % des voix.", f"The {age}-year-old member of parliament was elected with {en_tenth}% of the vote."),
        lambda: (f"Marie, {age} ans, habite à {fr_p}.", f"Marie, {age}, lives in {en_p}."),
        lambda: (f"Il a {age} ans.", f"He is {age} years old."),
        lambda: (f"Elle avait {age} ans à l'époque.", f"She was {age} years old at the time."),
        lambda: (f"Un homme de {age} ans a été arrêté {fr_d} à {fr_p}.", f"A {age}-year-old man was arrested in {en_p} on {en_d}."),
        lambda: (f"« J'avais {age} ans », se souvient-elle.", f'"I was {age} years old," she recalls.'),
        lambda: (f"Il y a {fr_small} ans, en {fr_m} {year}.", f"{upper(en_small)} years ago, in {en_m} {year}."),
        lambda: (f"À {fr_p}, {fr_a} {'est' if be == 'is' else 'sont'} accusé{'s' if be == 'are' else ''} de mentir.", f"In {en_p}, {en_a} {be} accused of lying.") if fr_a.startswith(("le ", "les ")) else (f"Nous revenons de {fr_p}.", f"We are coming back from {en_p}."),
        lambda: (f"Il aurait quitté {fr_p} le {fr_day} {fr_m}.", f"He reportedly left {en_p} on {en_short}."),
        lambda: (f"Elle aurait été vue à {fr_p} {fr_d}.", f"She was reportedly seen in {en_p} on {en_d}."),
        lambda: (f"La température a atteint {tenth} °C à {fr_p}.", f"The temperature reached {en_tenth} °C in {en_p}."),
        lambda: (f"Né en {year}, il a grandi à {fr_p}.", f"Born in {year}, he grew up in {en_p}."),
        lambda: (f"de {year - 8} à {year}", f"from {year - 8} to {year}"),
        lambda: (f"dans les années {year // 10 * 10}", f"in the {year // 10 * 10}s"),
        lambda: (f"au XIXe siècle", "in the 19th century") if rng.random() < 0.5 else ("au XXe siècle", "in the 20th century"),
        lambda: (f"à {fr_big} km de {fr_p}", f"{en_big} km from {en_p}"),
    ]
    source, target = pick(templates)()
    source = re.sub(r"\bà Le ", "au ", re.sub(r"\bde Le ", "du ", re.sub(r"\bde (?=[AEÉIO])", "d'", source)))
    target = re.sub(r"\b([Aa])(?= (?:8|11|18)(?:\d(?!\d))?-)", r"\1n", target)
    target = target.rstrip(".") + "." if source.endswith(".") else target
    return source, target


def without_accents(text):
    return text.translate(str.maketrans("ÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ", "AAAEEEEIIOOUUUC"))


def in_capitals(source, target, rng):
    upper = source.upper()
    return (without_accents(upper) if rng.random() < 0.5 else upper), target.upper()


def other_punctuation(source, target, rng):
    """A pair whose quotation marks, spaces or stops were changed, as sloppy text has them; None if nothing changes."""
    before = (source, target)
    way = rng.random()
    if "«" in source and way < 0.7:
        inner = re.sub(r"«\s*", "«", re.sub(r"\s*»", "»", source))
        source = inner if way < 0.35 else inner.replace("«", '"').replace("»", '"')
    elif way < 0.35 and source.endswith(".") and target.endswith(".") and not source.endswith(".."):
        source, target = source[:-1], target[:-1]
    elif way < 0.55:
        source = re.sub(r"\s+([;:!?%€])", r"\1", source)
    elif way < 0.65 and source.endswith(".") and target.endswith("."):
        source, target = source[:-1] + "…", target[:-1] + "..."
    elif way < 0.8 and len(source) < 200 and not re.search('[«»"“”]', source + target):
        source, target = f"« {source} »", f'"{target}"'
    elif way < 0.9 and len(source) < 200:
        source, target = f"({source})", f"({target})"
    else:
        dash = ("– ", "- ", "— ", "• ", "1. ", "a) ")[int(rng.integers(6))]
        source, target = dash + source, dash + target
    return None if (source, target) == before else (source, target)


def fragments(source, target, links, breaks, rng):
    """Piece ranges (i0, i1, j0, j1) that word links join to each other only, between `breaks` (pieces that end a clause)."""
    cuts = [0] + [i + 1 for i, piece in enumerate(source[:-1]) if piece in breaks] + [len(source)]
    if len(cuts) < 3:
        return None
    a = int(rng.integers(len(cuts) - 1))
    i0, i1 = cuts[a], cuts[a + 1]
    inside = (links[:, 0] >= i0) & (links[:, 0] < i1)
    if inside.sum() < 3 or i1 - i0 < 4:
        return None
    j0, j1 = int(links[inside, 1].min()), int(links[inside, 1].max()) + 1
    back = (links[:, 1] >= j0) & (links[:, 1] < j1)
    if not (inside == back).all():
        return None
    if j1 < len(target) and target[j1] in breaks:
        j1 += 1
    if j0 and target[j0 - 1] not in breaks and target[j0 - 1] not in source:
        return None
    return i0, i1, j0, j1
