"""Forward translation: pairs of the French text of DIR and the English that an exported model makes of it.

    python forward.py --data DIR --model MODEL --out FORWARD [--pieces N] [--verso ./verso]

The product translates, not the network alone: its search leans on n-grams, lexicon and dictionary, repairs, and chooses
among hypotheses, and a network trained on what comes out learns part of that (Kim and Rush, 2016: distillation of
sequences; the teacher here is the same network with all that stands around it). The sentences of mono.fr.txt.xz come in
random order, each once, those of 6 to 55 words, in pieces of 3,000, each of which becomes one file: the same command goes
on where it stopped, and training can use what is there. Of each piece the KEPT translations of best estimated quality are
taken, but not what came back unchanged, of another length, or repeating itself.
"""

import argparse
import lzma
import os
import random
import subprocess
import tempfile
from collections import Counter

from pairs import open_text

PIECE = 3000
WORDS = range(6, 56)
KEPT = 0.75


def french(path):
    """(source, sentence), shuffled."""
    with open_text(path) as file:
        rows = {text: name for name, text in (line.rstrip("\n").split("\t", 1) for line in file)}
    rows = [(name, text) for text, name in rows.items() if len(text.split()) in WORDS and len(text.splitlines()) == 1]
    random.Random(7).shuffle(rows)
    return rows


def sound(fr, en):
    """Whether a translation may be one: as long as others are, and not the same three words three times."""
    words = en.lower().split()
    threes = Counter(zip(words, words[1:], words[2:]))
    return fr != en and 0.5 < (len(en) + 10) / (len(fr) + 10) < 1.4 and max(threes.values(), default=0) < 3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--pieces", type=int, default=10**6, help="end after so many pieces in all")
    parser.add_argument("--verso", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "verso"))
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rows = french(os.path.join(a.data, "mono.fr.txt.xz"))
    for number in range(min(a.pieces, -(-len(rows) // PIECE))):
        path = os.path.join(a.out, f"{number:03d}.tsv.xz")
        if not os.path.exists(path):
            translate(a, rows[number * PIECE : (number + 1) * PIECE], path)


def translate(a, rows, out):
    with tempfile.TemporaryDirectory() as directory:
        source, target = (os.path.join(directory, name) for name in ("fr.txt", "en.tsv"))
        with open(source, "w", encoding="utf-8") as file:
            file.writelines(text + "\n" for _, text in rows)
        command = [a.verso, "translate", "--lines", "--force", "--to", "tsv", "--model", a.model, "-o", target, source]
        subprocess.run(command, check=True)
        with open(target, encoding="utf-8") as file:
            made = [line.rstrip("\n").split("\t") for line in file][1:]
    # a row is a line, whose number its block is
    made = [(float(row[7]), rows[int(row[0]) - 1][0], row[8], row[9]) for row in made]
    made.sort(key=lambda row: -row[0])
    kept = [row[1:] for row in made[: int(KEPT * len(made))] if sound(*row[2:])]
    with lzma.open(out + ".tmp", "wt", encoding="utf-8") as file:
        file.writelines(f"forward_{name}\t{fr}\t{en}\n" for name, fr, en in kept)
    os.replace(out + ".tmp", out)
    print(f"{len(kept)} of {len(made)} translations: {out}", flush=True)


if __name__ == "__main__":
    main()
