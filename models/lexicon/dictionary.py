"""Makes the shipped dictionary of rare French words, dictionary.tsv of the room `translation`; see NOTICE.md.

    python3 models/lexicon/dictionary.py FOLDER >dictionary.tsv

From terms.tsv.xz (lists, French, English, kind, how many lists agree), the rows that a list of open licence has.
A row of the result is a French word or phrase that at most RARE rows of the collected pairs hold, tab, what it is
in English as enough lists agree, the likeliest first, tab, what else it can be: the French word itself if English
has it, too. Expressions of a column are separated by `|`. Three lists have to agree, two on what at most 100 rows
hold, and of what at most 30 hold one is believed, unless it is a name, a verb (whose base form seldom fits) or
explains instead of translating. Adjectives stand in the feminine, too, where that is rare itself. Given names are
left out: a living Alexandre is no Alexander.

Verbs of the first and second group on which two lists agree stand in their forms of the third person and their
participles, with the English verbs in the same form: forms that at most RARE_FORM rows hold, of verbs with at most
RARE rows.
"""

import collections
import lzma
import os
import re
import sys
import unicodedata

RESOURCES = os.path.join(os.path.dirname(__file__), "../../src/main/resources/dev/verso")
OPEN = re.compile("wiktionary|natural-earth|cldr|libgeonames|omw-wikt|mledoze")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SPELT = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+)*")
RARE = 1000
EXPLAINS = re.compile(
    "^(?i:the|an?|to|be|being|of|in|not|one|someone|somebody|something|type|kind|part|relating|sometimes|about|which|that|"
    "especially|make|become|having)\\b|\\b(person|thing)\\b"
)
# the masculine's and the feminine's ending: exceptionnelle, brumeuse, offensive, rénale, verdoyante, permanente, voilée
FEMININES = {"el": "elle", "eux": "euse", "if": "ive", "al": "ale", "ant": "ante", "ent": "ente", "é": "ée"}
MOST_FEMININE = 100
INFINITIVE = re.compile("(er|ir|re)$")
RARE_FORM = 30
VERB = re.compile("[a-zàâçèéêëîïôùûüœ]{4,}(er|ir)")
# ending of the French form: form of the English verb: blâmant = blaming, blâmées = blamed, blâment = blame
ENDINGS = {
    "er": "ant=ing é=participle ée=participle és=participle ées=participle e=s ent=base ait=past aient=past a=past èrent=past"
    " era=base eront=base",
    "ir": "issant=ing i=participle ie=participle is=participle ies=participle it=s issent=base issait=past issaient=past"
    " irent=past ira=base iront=base",
}
# endings that nouns have, too: what has no other forms is a noun, such as palier
OF_NOUNS = {"e", "ent", "a", "ait", "is", "i", "it", "ie"}
SEEN = 2
ENGLISH_TOO = 15
MOST_WORDS = 4
HEADER = """# French words and phrases that are rare in the pairs Verso was trained on, TAB, what they are in English, TAB, what
# else they can be. Made by models/lexicon/dictionary.py from Wiktionary, Natural Earth, CLDR, GeoNames and
# mledoze/countries. Licence: Creative Commons Attribution-ShareAlike 4.0 International; see models/lexicon/NOTICE.md."""


def rows(path):
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def given_names():
    names = set()
    for path in ("language/given-names.txt", "translation/names.fr.txt"):
        with open(os.path.join(RESOURCES, path), encoding="utf-8") as file:
            for line in file:
                if not line.startswith("#"):
                    names.update(re.sub(r"^\w+:", "", line).split())
    return names


def feminine_of(word):
    for masculine, feminine in FEMININES.items():
        if word.endswith(masculine):
            return word.removesuffix(masculine) + feminine
    return None


def irregular_verbs():
    """English base form: its other forms."""
    forms = {}
    with open(os.path.join(RESOURCES, "language/verbs.en.txt"), encoding="utf-8") as file:
        for word in file.read().split():
            if word.count("/") == 4:
                base, *others = word.split("/")
                forms[base] = dict(zip(("s", "past", "participle", "ing"), others))
    return forms


def inflected(verb, form, irregular, count):
    """A verb, or one with its particle, in a form that English text has; None if it has none such."""
    head, space, rest = verb.partition(" ")
    if form == "base":
        return verb
    if head in irregular:
        return irregular[head][form] + space + rest
    if form == "s":
        sibilant = re.search("(s|x|z|ch|sh|o)$", head)
        some = [re.sub("(?<![aeiou])y$", "ie", head) + ("es" if sibilant else "s")]
    else:
        ending = "ing" if form == "ing" else "ed"
        stem = head if form == "ing" else re.sub("(?<![aeiou])y$", "i", head)
        if head.endswith("e") and not (form == "ing" and head.endswith(("ee", "oe", "ye"))):
            stem = head[:-1]
        some = [stem + ending]
        if re.search("[aeiou][bdfgklmnprstvz]$", head):
            some.append(head + head[-1] + ending)
    best = max(some, key=count.__getitem__)
    return best + space + rest if count[best] >= SEEN else None


def forms_of(infinitive):
    """(French form, its ending, form of the English verb): plongeait, commençait, complète"""
    stem, group = infinitive[:-2], infinitive[-2:]
    for ending, form in (rule.split("=") for rule in ENDINGS[group].split()):
        own = stem
        if ending[0] in "aâ" and infinitive.endswith("ger"):
            own += "e"
        elif ending[0] in "aâ" and infinitive.endswith("cer"):
            own = own[:-1] + "ç"
        elif ending in ("e", "ent"):
            own = re.sub("é([^aeiouy]+)$", r"è\1", own)
        yield own + ending, ending, form


def verb_rows(english, heads, common, common_english):
    """(form, wanted, others) of the verbs of a dictionary."""
    irregular, found = irregular_verbs(), {}
    for infinitive in sorted(filter(VERB.fullmatch, english)):
        known = {}
        for target, count in english[infinitive].items():
            if re.fullmatch("[a-z]+( [a-z]+){0,2}", target) and len(target.removeprefix("to ").split()) < 3:
                known[target.removeprefix("to ")] = max(known.get(target.removeprefix("to "), 0), count)
        ranked = sorted(known.items(), key=lambda one: (-one[1], -common_english[one[0].split()[0]], one[0]))
        forms = list(forms_of(infinitive))
        if (
            not ranked
            or ranked[0][1] < 2
            or common[infinitive] + sum(common[french] for french, _, _ in forms) > RARE
            or not any(common[french] for french, ending, _ in forms if ending not in OF_NOUNS)
        ):
            continue
        wanted = [target for target, count in ranked if count >= 2 and 2 * count >= ranked[0][1]]
        for french, _, form in forms:
            own = [inflected(verb, form, irregular, common_english) for verb in wanted]
            own = list(dict.fromkeys(filter(None, own + (wanted if form == "s" else []))))
            if own and len(french) > 4 and common[french] <= RARE_FORM and french not in heads and french not in found:
                others = [verb for verb, _ in ranked if verb not in own]
                for verb in list(others):
                    head, space, rest = verb.partition(" ")
                    others += [irregular[head][f] + space + rest for f in ("past", "participle") if head in irregular]
                found[french] = own, others
    return [(french, *columns) for french, columns in found.items()]


def as_in_english(french, common_english):
    """A French word as English text has it, [] if it has not."""
    same = unicodedata.normalize("NFKD", french.lower()).encode("ascii", "ignore").decode()
    return [same] if common_english[same] >= ENGLISH_TOO else []


def main():
    folder = sys.argv[1]
    common, common_english = collections.Counter(), collections.Counter()
    for name in ("core", "more", "europarl-1"):
        for source, french, other, *_ in rows(f"{folder}/{name}.tsv.xz"):
            if not source.startswith("terms"):
                common.update(set(WORD.findall(french.lower())))
                common_english.update(set(WORD.findall(other.lower())))
    for name in ("mono.en", "mono.en.2"):
        for _, prose in rows(f"{folder}/{name}.txt.xz"):
            common_english.update(set(WORD.findall(prose.lower())))
    english, heads = collections.defaultdict(dict), set()
    given = given_names()
    for lists, source, target, _, count in rows(f"{folder}/terms.tsv.xz"):
        heads.add(source.lower())
        short = len(target.split()) <= MOST_WORDS and re.fullmatch(r"[\w' .-]+", target)
        if short and source not in given and OPEN.search(lists):
            known = english[source]
            known[target] = max(known.get(target, 0), int(count))
    written, lines = set(), []
    for source in sorted(english):
        words = WORD.findall(source.lower())
        if not 1 <= len(words) <= MOST_WORDS:
            continue
        known = lambda target: min((common_english[word] for word in WORD.findall(target.lower())), default=0)
        ranked = sorted(english[source].items(), key=lambda one: (-one[1], -known(one[0]), one[0]))
        most = ranked[0][1]
        held, name = min(common[word] for word in words), source.lower() != source
        agree = 3 if held > 100 else 2 if held > 30 or name else 1
        if (
            most < agree
            or not SPELT.fullmatch(source)
            or len(source) < 4
            or held > RARE
            or any(target.lower() == source.lower() for target in english[source])
            or most == 1 and INFINITIVE.search(words[0])
        ):
            continue
        wanted = [target for target, count in ranked if count >= agree and 2 * count >= most]
        if most == 1:
            wanted = [one for one in wanted if len(one.split()) <= len(words) + 1 and not EXPLAINS.search(one)]
        if not wanted:
            continue
        others = [target for target, _ in ranked if target not in wanted]
        # lists seldom say that a word stays as it is; the pairs show it
        others[:0] = [same for same in as_in_english(source, common_english) if same not in wanted]
        key = (source[0].isupper(), *words)
        if key not in written:
            written.add(key)
            lines.append((source, wanted, others))
    print(HEADER)
    for source, wanted, others in list(lines):
        feminine = feminine_of(source)  # counted 0 times if there is none
        if (
            source == source.lower()
            and " " not in source
            and not any(one != one.lower() for one in wanted)
            and 0 < common[feminine] <= MOST_FEMININE
            and (False, feminine) not in written
        ):
            lines.append((feminine, wanted, others))
            written.add((False, feminine))
    for form, wanted, others in verb_rows(english, heads, common, common_english):
        if (False, form) not in written:
            same = [same for same in as_in_english(form, common_english) if same not in wanted]
            lines.append((form, wanted, list(dict.fromkeys(same + others))))
    for source, wanted, others in sorted(lines):
        print(source, "|".join(wanted), "|".join(others), sep="\t")


if __name__ == "__main__":
    main()
