"""Back-translation: pairs of the English text of DIR and French that BackTranslate.java makes of it.

    python back.py --data DIR --prepared PREPARED --out back.tsv.xz [--java java]

PREPARED is what prepare.py wrote for DIR without such pairs; run it again with `--back` to train with them. Phrases come from the rows that have word links, French fluency from all rows and mono.fr.txt.xz; rows count by the root of their
weight. Takes 8 GB.
"""

import argparse
import lzma
import os
import subprocess
import tempfile

import numpy as np
import sentencepiece

from pairs import open_text
from prepare import load_links, offsets, take


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--prepared", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--java", default="java")
    a = parser.parse_args()
    data = lambda name: os.path.join(a.data, name)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=data("verso16k.model"))
    tokens = dict(np.load(os.path.join(a.prepared, "tokens.npz")))
    weight = np.load(os.path.join(a.prepared, "weights.npz"))["weight"]
    at, links = load_links(data("links.xz"))
    s, t, so, to, row = tokens["s"], tokens["t"], offsets(tokens["sl"]), offsets(tokens["tl"]), tokens["row"]
    count = np.where(row < len(at) - 1, np.diff(at)[np.minimum(row, len(at) - 2)], 0)
    linked = np.flatnonzero((weight > 0) & (count > 0))
    fluent = np.flatnonzero(weight > 0.02)
    mono = {}
    for side in ("fr", "en"):
        with open_text(data(f"mono.{side}.txt.xz")) as file:
            names, texts = zip(*(line.rstrip("\n").split("\t") for line in file))
        mono[side] = (names, texts, [np.array(ids, np.uint16) for ids in tokenizer.encode(list(texts))])

    with tempfile.TemporaryDirectory() as directory:
        write = lambda name, array, kind: np.asarray(array).astype(kind).tofile(os.path.join(directory, name))
        lengths = lambda ids: np.array([len(x) for x in ids])
        write("fr.u16", take(s, so, linked), "<u2")
        write("en.u16", take(t, to, linked), "<u2")
        write("rows.i32", np.stack([tokens["sl"][linked], tokens["tl"][linked], count[linked]], 1), "<i4")
        write("links.i16", take(links, at, row[linked]), "<i2")
        write("weights.f32", np.sqrt(weight[linked]), "<f4")
        french, english = mono["fr"][2], mono["en"][2]
        write("lm.u16", np.concatenate([take(s, so, fluent), *french]), "<u2")
        write("lm.i32", np.concatenate([tokens["sl"][fluent], lengths(french)]), "<i4")
        write("lm.f32", np.concatenate([np.sqrt(weight[fluent]), np.full(len(french), 1.5)]), "<f4")
        write("mono.u16", np.concatenate(english), "<u2")
        write("mono.i32", lengths(english), "<i4")
        with open(os.path.join(directory, "pieces.txt"), "w", encoding="utf-8") as file:
            file.writelines(tokenizer.id_to_piece(i) + "\n" for i in range(tokenizer.get_piece_size()))
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "BackTranslate.java")
        subprocess.run([a.java, "-Xmx8g", program, directory], check=True)
        with open(os.path.join(directory, "back.txt"), encoding="ascii") as file:
            made = tokenizer.decode([[int(x) for x in line.split()] for line in file])

    names, texts, _ = mono["en"]
    with lzma.open(a.out + ".tmp", "wt", encoding="utf-8") as file:
        file.writelines(f"back_{name}\t{fr}\t{en}\n" for name, fr, en in zip(names, made, texts) if "\t" not in fr)
    os.replace(a.out + ".tmp", a.out)
    print(f"{len(made)} sentences translated back")


if __name__ == "__main__":
    main()
