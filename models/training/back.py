"""Back-translation: pairs of the English text of DIR and French that BackTranslate.java makes of it.

    python back.py --data DIR --prepared PREPARED --out BACK [--pieces N] [--java java]

PREPARED is what prepare.py wrote for DIR without such pairs; run it again with `--back BACK/*.tsv.xz` to train with them.
The text is taken in pieces of 100,000 sentences, the sources of most use first (ORDER), and each piece becomes one file:
the same command goes on where it stopped, and training can use what is there. Phrases come from the rows that have word
links and from the terms that two lists have, French fluency from all rows and mono.fr.txt.xz; rows count by the root of
their weight. Takes 9 GB.
"""

import argparse
import json
import lzma
import os
import subprocess
import tempfile

import numpy as np
import sentencepiece

from pairs import open_text
from prepare import load_links, offsets, take


PIECE = 100_000
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
    parser.add_argument("--prepared", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--pieces", type=int, default=10**6, help="end after so many pieces in all")
    parser.add_argument("--java", default="java")
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    data = lambda name: os.path.join(a.data, name)
    rows = english(data)
    for number in range(min(a.pieces, -(-len(rows) // PIECE))):
        path = os.path.join(a.out, f"{number:03d}.tsv.xz")
        if not os.path.exists(path):
            translate(a, data, rows[number * PIECE : (number + 1) * PIECE], path)


def translate(a, data, rows, out):
    names, texts = zip(*rows)
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
        write = lambda name, array, kind: np.asarray(array).astype(kind).tofile(os.path.join(directory, name))
        lengths = lambda ids: np.array([len(x) for x in ids])
        write("fr.u16", np.concatenate([take(s, so, linked), flat(x for x, _ in known)]), "<u2")
        write("en.u16", np.concatenate([take(t, to, linked), flat(y for _, y in known)]), "<u2")
        sizes = [(len(x), len(y), len(x) * len(y)) for x, y in known]
        aligned = np.stack([tokens["sl"][linked], tokens["tl"][linked], count[linked]], 1)
        write("rows.i32", np.concatenate([aligned, np.array(sizes, int).reshape(-1, 3)]), "<i4")
        write("links.i16", np.concatenate([take(links, at, row[linked]), np.array(term_links, int).reshape(-1, 2)]), "<i2")
        write("weights.f32", np.concatenate([np.sqrt(weight[linked]), np.full(len(known), WEIGHT_OF_TERMS)]), "<f4")
        write("lm.u16", np.concatenate([take(s, so, fluent), *french]), "<u2")
        write("lm.i32", np.concatenate([tokens["sl"][fluent], lengths(french)]), "<i4")
        write("lm.f32", np.concatenate([np.sqrt(weight[fluent]), np.full(len(french), 1.5)]), "<f4")
        write("mono.u16", np.concatenate(english), "<u2")
        write("mono.i32", lengths(english), "<i4")
        with open(os.path.join(directory, "pieces.txt"), "w", encoding="utf-8") as file:
            file.writelines(tokenizer.id_to_piece(i) + "\n" for i in range(tokenizer.get_piece_size()))
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "BackTranslate.java")
        # the counts of n-grams are read all over 2 GB: with small pages most reads miss the processor's table of pages
        subprocess.run([a.java, "-Xmx9g", "-XX:+UseTransparentHugePages", program, directory], check=True)
        with open(os.path.join(directory, "back.txt"), encoding="ascii") as file:
            made = tokenizer.decode([[int(x) for x in line.split()] for line in file])

    with lzma.open(out + ".tmp", "wt", encoding="utf-8") as file:
        file.writelines(f"back_{name}\t{fr}\t{en}\n" for name, fr, en in zip(names, made, texts) if "\t" not in fr)
    os.replace(out + ".tmp", out)
    print(f"{len(made)} sentences translated back: {out}", flush=True)


if __name__ == "__main__":
    main()
