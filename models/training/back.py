"""Back-translation: pairs of the English text of DIR and French that BackTranslate.java or a network makes of it.

    python back.py --data DIR --prepared PREPARED --out BACK [--pieces N] [--java java]
    python back.py --data DIR --network EXPORTED --out BACK [--pieces N]

PREPARED is what prepare.py wrote for DIR without such pairs; run it again with `--back BACK/*.tsv.xz` to train with them.
The text is taken in pieces of 100,000 sentences, the sources of most use first (ORDER), and each piece becomes one file:
the same command goes on where it stopped, and training can use what is there. Phrases come from the rows that have word
links and from the terms that two lists have, French fluency from all rows and mono.fr.txt.xz; rows count by the root of
their weight. Takes 9 GB. A network, trained with `train.py --exchange` and exported, writes what it finds most likely,
piece by piece, on all cores; sentences in which it repeats itself or copies English are left out.
"""

import argparse
import functools
import json
import lzma
import multiprocessing
import os
import subprocess
import tempfile
from collections import Counter

import numpy as np
import sentencepiece

import export
from pairs import open_text
from prepare import load_links, offsets, take


PIECE = 100_000
PART = 5000  # sentences that a core translates at a time
AGREE = 2
WEIGHT_OF_TERMS = 0.5
# News of this century first, then encyclopedic articles, their introductions before their bodies, then the rest.
ORDER = ["gmb_voa", "wmt15_22_en", "bbc2005", "onestop_guardian", "leipzig_news2016", "enwiki_lead", "gum", "reuters_c50"]
ORDER += ["factbook", "masc", "enwiki_body", "ungdc", "digitalgov", "state_union", "reuters21578"]


def english(data):
    """(source, sentence) of all English text, in the order of translation."""
    rows = []
    for name in ("mono.en.txt.xz", "mono.en.2.txt.xz"):
        if os.path.exists(data(name)):
            with open_text(data(name)) as file:
                rows += [tuple(line.rstrip("\n").split("\t")) for line in file]
    return sorted(rows, key=lambda row: ORDER.index(row[0]) if row[0] in ORDER else len(ORDER))


def terms(data, tokenizer):
    """[(French ids, English ids)] of the terms that AGREE lists have: words that no aligned pair may hold."""
    pairs = []
    if os.path.exists(data("terms.tsv.xz")):
        with open_text(data("terms.tsv.xz")) as file:
            rows = (line.rstrip("\n").split("\t") for line in file)
            pairs = [(row[1], row[2]) for row in rows if int(row[4]) >= AGREE and row[1] != row[2]]
    return [(f, e) for f, e in zip(*(tokenizer.encode(list(side)) for side in zip(*pairs)))] if pairs else []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    by = parser.add_mutually_exclusive_group(required=True)
    by.add_argument("--prepared", help="translate by phrases of these arrays")
    by.add_argument("--network", help="translate by this exported network from English into French")
    parser.add_argument("--out", required=True)
    parser.add_argument("--pieces", type=int, default=10**6, help="end after so many pieces in all")
    parser.add_argument("--java", default="java")
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    data = lambda name: os.path.join(a.data, name)
    if a.network and export.read_card(a.network)["source"] != "en":
        raise SystemExit(f"{a.network} does not translate from English: train with `train.py --exchange` and export it")
    rows = english(data)
    for number in range(min(a.pieces, -(-len(rows) // PIECE))):
        path = os.path.join(a.out, f"{number:03d}.tsv.xz")
        if not os.path.exists(path):
            write(path, *(by_network if a.network else by_phrases)(a, data, rows[number * PIECE : (number + 1) * PIECE]))


def write(path, rows, made):
    """One file of the rows whose translation `made` is sound, as training reads it."""
    kept = [f"back_{name}\t{fr}\t{en}\n" for (name, en), fr in zip(rows, made) if fr and "\t" not in fr]
    with lzma.open(path + ".tmp", "wt", encoding="utf-8") as file:
        file.writelines(kept)
    os.replace(path + ".tmp", path)
    print(f"{len(kept)} of {len(rows)} sentences translated back: {path}", flush=True)


def by_network(a, data, rows):
    """(rows, their French or nothing), by the likeliest piece at each step."""
    parts = [[text for _, text in rows[start : start + PART]] for start in range(0, len(rows), PART)]
    with multiprocessing.get_context("spawn").Pool(len(os.sched_getaffinity(0))) as pool:
        made = pool.map(functools.partial(translated, a.network, data("verso16k.model")), parts, 1)
    return rows, [fr if sound(fr, en) else "" for (_, en), fr in zip(rows, [fr for part in made for fr in part])]


def translated(directory, spm, texts):
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=spm)
    return tokenizer.decode(export.Session(directory).greedy(tokenizer.encode(texts), 64))


def sound(fr, en):
    """Whether a translation may be one: not the same three words three times, nor a quarter of the English as it was."""
    words = fr.lower().split()
    threes = Counter(zip(words, words[1:], words[2:]))
    plain = Counter(word for word in en.split() if word.islower() and len(word) > 3)
    copied = sum((plain & Counter(fr.split())).values())
    return max(threes.values(), default=0) < 3 and copied <= max(4, sum(plain.values())) / 4


def by_phrases(a, data, rows):
    """(rows, their French), by phrases with word links, terms and counts of French n-grams."""
    texts = [text for _, text in rows]
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=data("verso16k.model"))
    tokens = dict(np.load(os.path.join(a.prepared, "tokens.npz")))
    weight = np.load(os.path.join(a.prepared, "weights.npz"))["weight"]
    at, links = load_links(data("links.xz"))
    s, t, so, to, row = tokens["s"], tokens["t"], offsets(tokens["sl"]), offsets(tokens["tl"]), tokens["row"]
    count = np.where(row < len(at) - 1, np.diff(at)[np.minimum(row, len(at) - 2)], 0)
    linked = np.flatnonzero((weight > 0) & (count > 0))
    fluent = np.flatnonzero(weight > 0.02)
    with open_text(data("mono.fr.txt.xz")) as file:
        french = [np.array(ids, np.uint16) for ids in tokenizer.encode([line.rstrip("\n").split("\t")[1] for line in file])]
    english = [np.array(ids, np.uint16) for ids in tokenizer.encode(list(texts))]

    with open(os.path.join(a.prepared, "prepared.json"), encoding="utf-8") as file:
        known = [] if "gpl" in json.load(file)["without"] else terms(data, tokenizer)
    # each piece of a term is linked with each of the other side, so that it is a phrase as a whole and in no part
    term_links = [(f, e) for x, y in known for e in range(len(y)) for f in range(len(x))]
    flat = lambda sides: np.array([piece for side in sides for piece in side], np.uint16)

    with tempfile.TemporaryDirectory() as directory:
        put = lambda name, array, kind: np.asarray(array).astype(kind).tofile(os.path.join(directory, name))
        lengths = lambda ids: np.array([len(x) for x in ids])
        put("fr.u16", np.concatenate([take(s, so, linked), flat(x for x, _ in known)]), "<u2")
        put("en.u16", np.concatenate([take(t, to, linked), flat(y for _, y in known)]), "<u2")
        sizes = [(len(x), len(y), len(x) * len(y)) for x, y in known]
        aligned = np.stack([tokens["sl"][linked], tokens["tl"][linked], count[linked]], 1)
        put("rows.i32", np.concatenate([aligned, np.array(sizes, int).reshape(-1, 3)]), "<i4")
        put("links.i16", np.concatenate([take(links, at, row[linked]), np.array(term_links, int).reshape(-1, 2)]), "<i2")
        put("weights.f32", np.concatenate([np.sqrt(weight[linked]), np.full(len(known), WEIGHT_OF_TERMS)]), "<f4")
        put("lm.u16", np.concatenate([take(s, so, fluent), *french]), "<u2")
        put("lm.i32", np.concatenate([tokens["sl"][fluent], lengths(french)]), "<i4")
        put("lm.f32", np.concatenate([np.sqrt(weight[fluent]), np.full(len(french), 1.5)]), "<f4")
        put("mono.u16", np.concatenate(english), "<u2")
        put("mono.i32", lengths(english), "<i4")
        with open(os.path.join(directory, "pieces.txt"), "w", encoding="utf-8") as file:
            file.writelines(tokenizer.id_to_piece(i) + "\n" for i in range(tokenizer.get_piece_size()))
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "BackTranslate.java")
        # the counts of n-grams are read all over 2 GB: with small pages most reads miss the processor's table of pages
        subprocess.run([a.java, "-Xmx9g", "-XX:+UseTransparentHugePages", program, directory], check=True)
        with open(os.path.join(directory, "back.txt"), encoding="ascii") as file:
            made = tokenizer.decode([[int(x) for x in line.split()] for line in file])
    return rows, made


if __name__ == "__main__":
    main()
