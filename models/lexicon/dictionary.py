"""Makes the shipped dictionary of rare French words, dictionary.tsv of the room `translation`; see NOTICE.md.

    python3 models/lexicon/dictionary.py FOLDER >dictionary.tsv

From terms.tsv.xz (lists, French, English, kind, how many lists agree), the rows that a list of open licence has.
A row of the result is a French word or phrase that at most RARE rows of the collected pairs hold, tab, what it is
in English as at least three lists agree, the likeliest first, tab, what else it can be: the French word itself if
English has it, too. Expressions of a column are separated by `|`. Given names are left out: a living Alexandre is
no Alexander.
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
RARE = 1000
AGREE = 3
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


def main():
    folder = sys.argv[1]
    common, common_english = collections.Counter(), collections.Counter()
    for name in ("core", "more", "europarl-1"):
        for source, french, other, *_ in rows(f"{folder}/{name}.tsv.xz"):
            if not source.startswith("terms"):
                common.update(set(WORD.findall(french.lower())))
                common_english.update(set(WORD.findall(other.lower())))
    english = collections.defaultdict(dict)
    given = given_names()
    for lists, source, target, _, count in rows(f"{folder}/terms.tsv.xz"):
        short = len(target.split()) <= MOST_WORDS and re.fullmatch(r"[\w' .-]+", target)
        if short and source not in given and OPEN.search(lists):
            known = english[source]
            known[target] = max(known.get(target, 0), int(count))
    print(HEADER)
    for source in sorted(english):
        words = WORD.findall(source.lower())
        ranked = sorted(english[source].items(), key=lambda one: (-one[1], one[0]))
        most = ranked[0][1]
        if (
            most < AGREE
            or not 1 <= len(words) <= MOST_WORDS
            or re.sub(r"[\W\d_]", "", source) != "".join(words).replace("-", "") and source.lower() == source
            or len(source) < 4
            or min(common[word] for word in words) > RARE
            or any(target.lower() == source.lower() for target in english[source])
        ):
            continue
        wanted = [target for target, count in ranked if count >= AGREE and 2 * count >= most]
        others = [target for target, _ in ranked if target not in wanted]
        # lists seldom say that a word stays as it is; the pairs show it
        same = unicodedata.normalize("NFKD", source.lower()).encode("ascii", "ignore").decode()
        if common_english[same] >= ENGLISH_TOO and same not in wanted:
            others.insert(0, same)
        print(source, "|".join(wanted), "|".join(others), sep="\t")


if __name__ == "__main__":
    main()
