"""Makes the shipped dictionary of rare French words, dictionary.tsv of the room `translation`; see NOTICE.md.

    python3 models/lexicon/dictionary.py FOLDER >dictionary.tsv

From terms.tsv.xz (lists, French, English, kind, how many lists agree), the rows that a list of open licence has.
A row of the result is a French word or phrase that at most RARE rows of the collected pairs hold, tab, what it is
in English as enough lists agree, the likeliest first, tab, what else it can be: the French word itself if English
has it, too. Expressions of a column are separated by `|`. Three lists have to agree, two on what at most 100 rows
hold, and of what at most 30 hold one is believed, unless it is a name, a verb (whose base form seldom fits) or
explains instead of translating. Adjectives stand in the feminine, too, where that is rare itself. Given names are
left out: a living Alexandre is no Alexander.
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
    english = collections.defaultdict(dict)
    given = given_names()
    for lists, source, target, _, count in rows(f"{folder}/terms.tsv.xz"):
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
        same = unicodedata.normalize("NFKD", source.lower()).encode("ascii", "ignore").decode()
        if common_english[same] >= ENGLISH_TOO and same not in wanted:
            others.insert(0, same)
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
    for source, wanted, others in sorted(lines):
        print(source, "|".join(wanted), "|".join(others), sep="\t")


if __name__ == "__main__":
    main()
