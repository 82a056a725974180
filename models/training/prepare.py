"""Text to training arrays: tokenises, filters, weighs every pair, and makes further pairs. Each stage is kept in OUT.

    python prepare.py --data DIR --out OUT [--back BACK/*.tsv.xz] [--forward FORWARD/*.tsv.xz]
                      [--without gpl by-sa research unstated]

DIR holds core, europarl-*, aug and more (.tsv.xz), mono.{fr,en}.txt.xz, links.xz and verso16k.model. `--back` adds English
text that back.py translated back into French: its sources are named back_…, and their French begins with a piece that says
so (Caswell, Chelba and Grangier, 2019). `--forward` adds French text and the English that forward.py had a model make of
it (forward_…). OUT gets

    tokens.npz   source and target pieces of all rows that fit, in file order        (stage 1)
    weights.npz  one weight a row: how often one pass draws it                       (stage 2)
    made.npz     pairs made by augment.py with their word links                      (stage 3)
    words.txt.gz   English words that the text holds at least twice, for export.py    (stage 1)
    translated.txt.gz  French words that have another form in English, for export.py  (stage 1)
    lexicon.txt.gz what French pieces become, as Lexicon.java reads it, for export.py (stage 2)
    prepared.json  sha-256 of every input, pairs and share of each source, settings

A row's weight is the source's (sources.json) times
  - its likeness to news and encyclopedic text: r^p (p + 1) for its rank r in [0, 1] within the source, p = `select`;
    likeness is the mean log-odds per piece of both sides, from pieces and piece pairs, between in-domain text and the
    sources to select from (the cross-entropy difference of Moore and Lewis, 2010, with a unigram and a hashed bigram
    model);
  - min(1, 3 / n) for one of n rows with the same English, sqrt(40 / n) for one of n > 40 that begin alike: formulae;
  - 0.15 where digits of one side are missing on the other, 0 where lengths are far apart or one side copies the other.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import time
from collections import Counter

import numpy as np
import sentencepiece

import augment
from pairs import licence, open_text, read_pairs

FILES = ["core", "europarl-1", "aug", "europarl-2", "europarl-3", "more", "more2"]
BACK = "<0xF7>"  # a byte piece that never occurs in UTF-8
LONGEST = 100
WORD = re.compile(r"[^\W\d_]{2,}")
HASHED = 1 << 21


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            sha.update(block)
    return sha.hexdigest()


def offsets(lengths):
    return np.concatenate([[0], np.cumsum(lengths.astype(np.int64))])


# Windows' quotation marks and dashes in a wrong encoding: a network learns to write them.
CONTROL = re.compile("[\u0080-\u009f]")


class Words:
    """Counts English words, and of French ones how many rows have them and how many have them on both sides; not in rows
    of sources that are left out."""

    def __init__(self, config, without):
        self.config, self.without = config, without
        self.english, self.french, self.kept = Counter(), Counter(), Counter()

    def add(self, name, fr, en):
        if licence(self.config, name) in self.without:
            return
        english = WORD.findall(en.lower())
        if not name.startswith("forward_"):
            self.english.update(english)
        if not name.startswith(("back_", "forward_")):
            french = set(WORD.findall(fr.lower()))
            self.french.update(french)
            self.kept.update(french.intersection(english))

    def known(self):
        return sorted(word for word, count in self.english.items() if count > 1)

    def translated(self):
        """French words that seldom stay what they are: any other one with a capital is a name to be copied."""
        return sorted(word for word, count in self.french.items() if count > 1 and self.kept[word] < 0.8 * count)


def tokenise(paths, tokenizer, words):
    """Pieces of every row whose sides both have 1 to LONGEST - 1 of them; `row` is its number over all files. Counts
    words."""
    source, target, names, name_ids, rows = [], [], {}, [], []
    number = -1
    block = []
    back = tokenizer.piece_to_id(BACK)

    def flush():
        fr = tokenizer.encode([b[1] for b in block], num_threads=os.cpu_count())
        en = tokenizer.encode([b[2] for b in block], num_threads=os.cpu_count())
        for (name, _, _, row), x, y in zip(block, fr, en):
            x = [back, *x] if name.startswith("back_") else x
            if 0 < len(x) < LONGEST and 0 < len(y) < LONGEST:
                source.append(np.array(x, np.uint16))
                target.append(np.array(y, np.uint16))
                name_ids.append(names.setdefault(name, len(names)))
                rows.append(row)
        block.clear()

    for path in paths:
        for name, fr, en in read_pairs(path):
            number += 1
            if CONTROL.search(fr) or CONTROL.search(en):
                continue
            words.add(name, fr, en)
            block.append((name, fr, en, number))
            if len(block) == 50000:
                flush()
    flush()
    return dict(
        s=np.concatenate(source),
        t=np.concatenate(target),
        sl=np.array([len(x) for x in source], np.int32),
        tl=np.array([len(x) for x in target], np.int32),
        n=np.array(name_ids, np.int16),
        row=np.array(rows, np.int64),
        names=np.array(list(names)),
    )


def load_links(path):
    """Packed word links -> (offsets by row number, int16[n, 2] of source piece, target piece).

    xz over: the number of rows (uint32), then links per row (uint8, 0 = not linked), then over all links in row order,
    sorted by target piece: step from the previous link's target (uint8), and source minus target (int8).
    """
    import lzma

    raw = lzma.open(path).read()
    count = int.from_bytes(raw[:4], "little")
    per_row = np.frombuffer(raw, np.uint8, count, 4).astype(np.int64)
    at, total = offsets(per_row), int(per_row.sum())
    step = np.frombuffer(raw, np.uint8, total, 4 + count).astype(np.int64)
    difference = np.frombuffer(raw, np.int8, total, 4 + count + total).astype(np.int64)
    running = np.cumsum(step)
    before = np.where(at[:-1] > 0, running[np.maximum(at[:-1] - 1, 0)], 0)
    target = running - np.repeat(before, per_row)
    return at, np.stack([target + difference, target], 1).astype(np.int16)


def bigrams(ids):
    return (ids[:-1].astype(np.int64) * 40503 + ids[1:]) % HASHED


class Likeness:
    """Mean log-odds per piece between two collections of pieces."""

    def __init__(self, inside, outside):
        self.single = self.log_odds(np.bincount(inside, minlength=65536), np.bincount(outside, minlength=65536), 2.0)
        self.double = self.log_odds(
            np.bincount(bigrams(inside), minlength=HASHED), np.bincount(bigrams(outside), minlength=HASHED), 4.0
        )

    @staticmethod
    def log_odds(a, b, prior):
        shared = (a + b) / (a.sum() + b.sum()) * prior * 20 + 1e-3
        odds = np.log((a + shared) / (a.sum() + shared.sum())) - np.log((b + shared) / (b.sum() + shared.sum()))
        return odds.astype(np.float32)

    def score(self, ids, at):
        per_piece = self.single[ids]
        per_piece[:-1] += self.double[bigrams(ids)]
        sums = np.concatenate([[0], np.cumsum(per_piece, dtype=np.float64)])
        length = np.diff(at)
        return (sums[at[1:]] - sums[at[:-1]]) / (length + 3)  # the constant keeps short rows from extremes


def write_gzip(path, text):
    with gzip.GzipFile(path, "wb", 9, mtime=0) as file:
        file.write(text.encode())


def take(ids, at, rows):
    """The pieces of some rows, one after another."""
    return np.concatenate([ids[at[r] : at[r + 1]] for r in rows]) if len(rows) else ids[:0]


def lexicon(tokens, weight, links):
    """The text of lexicon.txt.gz: p(e | f) of the pieces of linked rows, which count by the root of their weight.

    A pair of pieces gives up half of one of its links; those with a single link or with p < 0.001 are left out.
    """
    at, pairs = links
    row, so, to = tokens["row"], offsets(tokens["sl"]), offsets(tokens["tl"])
    rows = np.flatnonzero((row < len(at) - 1) & (weight > 0))
    count = np.diff(at)[row[rows]]
    place = np.repeat(rows, count)
    pairs = take(pairs, at, row[rows]).astype(np.int64)
    inside = (pairs[:, 0] < tokens["sl"][place]) & (pairs[:, 1] < tokens["tl"][place])
    place, pairs = place[inside], pairs[inside]
    french, english = (tokens[side][at[place] + pairs[:, k]].astype(np.int64) for k, (side, at) in enumerate((("s", so), ("t", to))))
    both, which, times = np.unique(french << 16 | english, return_inverse=True, return_counts=True)
    mass = np.bincount(which, np.sqrt(weight[place].astype(np.float64)))
    french, english = both >> 16, both & 0xFFFF
    p = mass / np.bincount(french, mass)[french] * (1 - 0.5 / times)
    kept = (times > 1) & (p >= 0.001)
    tenths = np.rint(-10 * np.log(np.maximum(p, 1e-9))).astype(np.int64)
    lines: dict = {}
    for f, e, q in zip(french[kept].tolist(), english[kept].tolist(), tenths[kept].tolist()):
        lines.setdefault(f, []).append(f"{e}:{q}")
    return "".join(f"{f}\t{' '.join(row)}\n" for f, row in lines.items())


def repeated(ids, at, first=None):
    """How many rows have the same pieces (or the same first ones) as each row."""
    weights = np.random.default_rng(5).integers(1, 1 << 62, 128, dtype=np.int64)
    length = np.diff(at)
    used = length if first is None else np.minimum(length, first)
    position = np.arange(len(ids)) - np.repeat(at[:-1], length)
    with np.errstate(over="ignore"):
        part = (ids.astype(np.int64) + 1) * weights[position]
        if first is not None:
            part[position >= first] = 0
        sums = np.concatenate([[0], np.cumsum(part)])
        key = sums[at[1:]] - sums[at[:-1]] + used * 7919
    _, inverse, count = np.unique(key, return_inverse=True, return_counts=True)
    return count[inverse]


def digit_counts(ids, at, digit_of):
    """[rows, 10]: how often each digit occurs."""
    counts = np.zeros((len(at) - 1, 10), np.int16)
    where = np.flatnonzero(digit_of[ids] >= 0)
    row = np.searchsorted(at, where, side="right") - 1
    np.add.at(counts, (row, digit_of[ids[where]]), 1)
    return counts


def weigh(tokens, config, tokenizer, mono, without):
    names = [str(name) for name in tokens["names"]]
    known = {**{n: config["default"] for n in names}, **config["sources"]}
    s, t, sl, tl, n = (tokens[k] for k in ("s", "t", "sl", "tl", "n"))
    so, to = offsets(sl), offsets(tl)
    weight = np.array([known[name]["weight"] for name in names])[n].astype(np.float64)
    terms = np.array([name.startswith("terms_") for name in names])[n]

    domain = np.flatnonzero(np.isin(n, [names.index(d) for d in config["domain"] if d in names]))
    selected = [i for i, name in enumerate(names) if known[name].get("select")]
    rng = np.random.default_rng(3)
    others = np.flatnonzero(np.isin(n, selected))
    others = rng.choice(others, min(len(others), 120000), replace=False)
    likeness = np.zeros(len(n))
    for ids, at, more in ((s, so, mono["fr"]), (t, to, mono["en"])):
        inside = np.concatenate([take(ids, at, domain), more])
        likeness += Likeness(inside, take(ids, at, np.sort(others))).score(ids, at)
    for i in selected:
        rows = np.flatnonzero(n == i)
        rank = np.empty(len(rows))
        rank[np.argsort(likeness[rows])] = (np.arange(len(rows)) + 0.5) / len(rows)
        power = known[names[i]]["select"]
        weight[rows] *= (power + 1) * rank**power

    same = repeated(t, to)
    alike = repeated(t, to, 6)
    weight *= np.minimum(1, 3 / same) * np.where((alike > 40) & (tl > 8), np.sqrt(40 / alike), 1)
    ratio = np.abs(np.log((sl + 3) / (tl + 3)))
    weight[(ratio > np.log(1.9)) & (sl + tl > 12)] = 0
    same_length = np.flatnonzero((sl == tl) & ~terms & (sl > 3))
    copies = [r for r in same_length if np.array_equal(s[so[r] : so[r + 1]], t[to[r] : to[r + 1]])]
    weight[copies] = 0
    digit_of = np.full(65536, -1)
    for digit in range(10):
        for piece in (str(digit), "▁" + str(digit)):
            if tokenizer.piece_to_id(piece) != tokenizer.unk_id():
                digit_of[tokenizer.piece_to_id(piece)] = digit
    lost = np.abs(digit_counts(s, so, digit_of) - digit_counts(t, to, digit_of)).sum(1)
    weight[lost >= 2] *= 0.15
    if without:
        barred = np.array([licence(config, name) in without for name in names])[n]
        weight[barred] = 0
    return weight.astype(np.float32), likeness.astype(np.float32)


def read_mono(path, tokenizer, limit=None):
    with open_text(path) as file:
        texts = [line.rstrip("\n").split("\t")[-1] for line in file]
    return texts[:limit]


MADE = dict(placeholder=60000, number=22000, format=22000, capitals=9000, punctuation=20000, joined=26000, fragment=30000, english=20000)


def make(tokens, weight, links, paths, tokenizer, mono_en, config, counts, seed=11):
    """Pairs from augment.py, drawn from rows by weight. Returns arrays like `tokenise`, plus links."""
    codec, rng = augment.Codec(tokenizer), np.random.default_rng(seed)
    names = [str(name) for name in tokens["names"]]
    s, t, so, to = tokens["s"], tokens["t"], offsets(tokens["sl"]), offsets(tokens["tl"])
    usable = np.minimum(weight, 12).astype(np.float64)
    usable[np.isin(tokens["n"], [i for i, name in enumerate(names) if name.startswith(("aug_", "terms_", "back_", "forward_"))])] = 0
    usable[(tokens["sl"] < 5) | (tokens["tl"] < 4)] = 0
    pool = rng.choice(len(usable), 150000, p=usable / usable.sum(), replace=True)
    index_of_row = {}
    for place in np.unique(pool):
        index_of_row[int(tokens["row"][place])] = int(place)
    text, number = {}, -1
    for path in paths:
        for _, fr, en in read_pairs(path):
            number += 1
            if number in index_of_row:
                text[index_of_row[number]] = (fr, en)
    print(f"drew {len(text)} rows to make pairs from", flush=True)
    stream = (int(place) for place in np.resize(pool, 20 * len(pool)))
    made = {kind: [] for kind in counts}

    def fill(kind, change, rounds=12):
        tries = 0
        while len(made[kind]) < counts[kind] and tries < rounds * counts[kind]:
            tries += 1
            pair = change(*text[next(stream)])
            if pair:
                made[kind].append(pair)

    fill("placeholder", lambda fr, en: augment.with_placeholders(fr, en, rng))
    fill("number", lambda fr, en: augment.with_other_numbers(fr, en, rng))
    fill("capitals", lambda fr, en: augment.in_capitals(fr, en, rng) if len(fr) < 120 else None)
    fill("punctuation", lambda fr, en: augment.other_punctuation(fr, en, rng))
    ends = (".", "!", "?", "…", '"', "»")

    def joined(fr, en):
        for _ in range(1 + int(rng.random() < 0.3)):
            more_fr, more_en = text[next(stream)]
            if not (fr.endswith(ends) and en.endswith(ends)):
                return None
            fr, en = f"{fr} {more_fr}", f"{en} {more_en}"
        return (fr, en) if len(fr) < 420 else None

    fill("joined", joined)
    made["format"] = list(dict.fromkeys(augment.formatted(rng) for _ in range(counts["format"])))
    picked = rng.choice(len(mono_en), min(counts["english"], len(mono_en)), replace=False)
    made["english"] = [(mono_en[i], mono_en[i]) for i in picked if len(mono_en[i]) < 300]

    source, target, kinds, linked = [], [], [], []
    order = [kind for kind in made if kind != "fragment"]
    for kind in order:
        fr, en = codec.encode(p[0] for p in made[kind]), codec.encode(p[1] for p in made[kind])
        for x, y in zip(fr, en):
            if not (0 < len(x) < LONGEST and 0 < len(y) < LONGEST):
                continue
            marks = [(x.index(i), y.index(i)) for i in codec.ids if i in x and i in y]
            if kind == "placeholder" and not marks:
                continue
            if kind == "english" and len(x) == len(y):
                marks = [(i, i) for i in range(len(x))]
            source.append(np.array(x, np.uint16))
            target.append(np.array(y, np.uint16))
            kinds.append(order.index(kind))
            linked.append(np.array(marks, np.int16).reshape(-1, 2))

    breaks = {tokenizer.piece_to_id(p) for p in (",", ";", ":", "▁;", "▁:", "▁»", "▁–", "▁-", ")")}
    order.append("fragment")
    at, all_links = links
    candidates = np.flatnonzero((tokens["row"] < len(at) - 1) & (tokens["sl"] > 12) & (usable > 0))
    chance, found = usable[candidates], 0
    for place in rng.choice(candidates, 8 * counts["fragment"], p=chance / chance.sum()):
        row = int(tokens["row"][place])
        own = all_links[at[row] : at[row + 1]]
        if len(own) < 6:
            continue
        x, y = s[so[place] : so[place + 1]], t[to[place] : to[place + 1]]
        cut = augment.fragments(x.tolist(), y.tolist(), own, breaks, rng)
        if cut is None:
            continue
        i0, i1, j0, j1 = cut
        kept = own[(own[:, 0] >= i0) & (own[:, 0] < i1) & (own[:, 1] >= j0) & (own[:, 1] < j1)]
        source.append(x[i0:i1])
        target.append(y[j0:j1])
        kinds.append(order.index("fragment"))
        linked.append(kept - np.array([i0, j0], np.int16))
        found += 1
        if found == counts["fragment"]:
            break
    counts_made = np.bincount(kinds, minlength=len(order))
    print("made", {kind: int(c) for kind, c in zip(order, counts_made)}, flush=True)
    return dict(
        s=np.concatenate(source),
        t=np.concatenate(target),
        sl=np.array([len(x) for x in source], np.int32),
        tl=np.array([len(x) for x in target], np.int32),
        n=np.array(kinds, np.int16),
        names=np.array([f"made_{kind}" for kind in order]),
        links=np.concatenate(linked),
        links_per_row=np.array([len(x) for x in linked], np.int32),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--back", nargs="*", default=[])
    parser.add_argument("--forward", nargs="*", default=[])
    parser.add_argument("--without", nargs="*", default=[], choices=["gpl", "by-sa", "research", "unstated"])
    arguments = parser.parse_args()
    if arguments.forward and arguments.without:
        parser.error("--forward: what a model makes stands under the terms of its own training text, which --without cannot tell")
    started = time.time()
    here = os.path.dirname(os.path.abspath(__file__))
    config = json.load(open(os.path.join(here, "sources.json"), encoding="utf-8"))
    os.makedirs(arguments.out, exist_ok=True)
    data = lambda name: os.path.join(arguments.data, name)
    out = lambda name: os.path.join(arguments.out, name)
    paths = [data(f"{name}.tsv.xz") for name in FILES] + arguments.back + arguments.forward
    spm_path = data("verso16k.model")
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=spm_path)
    say = lambda text: print(f"[{time.time() - started:5.0f} s] {text}", flush=True)

    if not os.path.exists(out("tokens.npz")):
        words = Words(config, arguments.without)
        np.savez(out("tokens.npz"), **tokenise(paths, tokenizer, words))
        write_gzip(out("words.txt.gz"), "".join(f"{word}\n" for word in words.known()))
        write_gzip(out("translated.txt.gz"), "".join(f"{word}\n" for word in words.translated()))
    tokens = dict(np.load(out("tokens.npz")))
    say(f"{len(tokens['sl'])} pairs, {tokens['tl'].sum() / 1e6:.1f}M target pieces")

    texts = {side: read_mono(data(f"mono.{side}.txt.xz"), tokenizer) for side in ("fr", "en")}
    mono = {side: np.concatenate([np.array(x, np.uint16) for x in tokenizer.encode(texts[side])]) for side in texts}
    weight, likeness = weigh(tokens, config, tokenizer, mono, set(arguments.without))
    np.savez(out("weights.npz"), weight=weight, likeness=likeness)
    write_gzip(out("lexicon.txt.gz"), lexicon(tokens, weight, load_links(data("links.xz"))))
    say("weighed")

    counts = dict(MADE, english=0) if {"research", "by-sa"} & set(arguments.without) else MADE
    made = make(tokens, weight, load_links(data("links.xz")), paths, tokenizer, texts["en"], config, counts)
    np.savez(out("made.npz"), **made)
    say("made further pairs")

    shares = {}
    for arrays, w in ((tokens, weight), (made, None)):
        for i, name in enumerate(arrays["names"]):
            rows = arrays["n"] == i
            own = w[rows] if w is not None else np.full(rows.sum(), config["sources"][str(name)]["weight"])
            shares[str(name)] = [int(rows.sum()), float((own * arrays["tl"][rows]).sum())]
    total = sum(mass for _, mass in shares.values())
    report = {
        "sha256": {os.path.basename(p): digest(p) for p in [*paths, spm_path, data("links.xz"), data("mono.fr.txt.xz"), data("mono.en.txt.xz")]},
        "without": arguments.without,
        "targetPiecesPerPass": total,
        "sources": {k: {"pairs": c, "share": round(m / total, 5)} for k, (c, m) in sorted(shares.items(), key=lambda x: -x[1][1])},
    }
    with open(out("prepared.json"), "w", encoding="utf-8") as file:
        json.dump(report, file, indent=1)
        file.write("\n")
    for name, entry in list(report["sources"].items())[:40]:
        print(f"{name:24s} {entry['pairs']:8d} pairs {100 * entry['share']:5.1f} %")
    say(f"{total / 1e6:.1f}M target pieces a pass")


if __name__ == "__main__":
    main()
