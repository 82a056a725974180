"""Counts English n-grams of pieces for a search to lean on: ngrams.bin, which decoding.NgramModel reads.

    python ngrams.py --data DIR --prepared OUT [--without gpl by-sa research unstated] [--size 20] [--check TEXT.en]

The text is the English of the prepared rows that are drawn at least every second pass, made and machine-translated ones
left out, and all of mono.en.txt.xz and mono.en.2.txt.xz. Probabilities are interpolated Kneser-Ney's (Chen and Goodman, 1998), of orders 1 to 4,
one discount an order. An n-gram is kept if the text is less likely without it by at least a threshold of nats, its count
times the gain of its log probability over what backing off gives (Seymore and Rosenfeld, 1996), or if a kept one begins
with it; the threshold is the least that fits `--size` megabytes. Logarithms are kept as the nearest of 255 values an order.

File, big-endian: "VNG1"; int: number of pieces V; int: n-grams of orders 2, 3, 4; float: mean log probability of a piece
of the text; then for each order 256 floats for log probabilities (the last NaN: the piece was never seen) and, but for
order 4, 256 for back-off weights; order 1: V + 1 rows, the last for the beginning of a sentence, as bytes (probability),
bytes (weight), V + 2 ints (first n-gram of the next order that begins so); orders 2 and 3: shorts (last piece), bytes,
bytes, ints (one more than rows); order 4: shorts, bytes. N-grams with the same beginning stand together, by last piece.
"""

import argparse
import json
import lzma
import os
import time

import numpy as np
import sentencepiece

from pairs import licence

ORDER = 4
BITS = 14
LEAST_WEIGHT = 0.5
MADE = ("back_", "forward_", "made_", "aug_", "terms_")


def text_of(data, prepared, tokenizer, without):
    """One array of pieces, each sentence behind a -1 and closed by the end mark."""
    here = os.path.dirname(os.path.abspath(__file__))
    config = json.load(open(os.path.join(here, "sources.json"), encoding="utf-8"))
    eos = tokenizer.eos_id()
    sentences = []
    tokens = dict(np.load(os.path.join(prepared, "tokens.npz")))
    weight = np.load(os.path.join(prepared, "weights.npz"))["weight"]
    names = [str(name) for name in tokens["names"]]
    good = np.array([not name.startswith(MADE) and licence(config, name) not in without for name in names])
    rows = np.nonzero(good[tokens["n"]] & (weight >= LEAST_WEIGHT))[0]
    ends = np.cumsum(tokens["tl"].astype(np.int64))
    for row in rows:
        sentences.append(tokens["t"][ends[row] - tokens["tl"][row] : ends[row]])
    lines = []
    for name in ("mono.en.txt.xz", "mono.en.2.txt.xz"):
        with lzma.open(os.path.join(data, name), "rt", encoding="utf-8") as file:
            lines.extend(line.rstrip("\n").split("\t", 1) for line in file)
    lines = [text for name, text in lines if licence(config, "back_" + name) not in without]
    for at in range(0, len(lines), 50000):
        sentences.extend(np.array(ids, np.uint16) for ids in tokenizer.encode(lines[at : at + 50000]))
    text = np.empty(sum(len(one) + 2 for one in sentences), np.int32)
    at = 0
    for one in sentences:
        text[at] = -1
        text[at + 1 : at + 1 + len(one)] = one
        text[at + 1 + len(one)] = eos
        at += len(one) + 2
    return text


class Ngrams:
    """Keys of n-grams are their pieces, BITS bits each; the beginning of a sentence is piece V."""

    def __init__(self, text, vocabulary):
        self.start = vocabulary
        assert self.start < 1 << BITS
        text = np.where(text < 0, self.start, text).astype(np.int64)
        begins = text == self.start
        place = np.arange(len(text)) - np.maximum.accumulate(np.where(begins, np.arange(len(text)), 0))
        self.pieces = int((~begins).sum())
        self.keys, self.counts = {}, {}
        for n in range(1, ORDER + 1):
            last = np.nonzero(place >= max(1, n - 1))[0]
            key = np.zeros(len(last), np.int64)
            for back in range(n - 1, -1, -1):
                key = key << BITS | text[last - back]
            self.keys[n], self.counts[n] = np.unique(key, return_counts=True)
        self.log, self.back = {}, {}
        self.smooth()

    @staticmethod
    def rest(n):
        return (1 << BITS * n) - 1

    def smooth(self):
        adjusted = {ORDER: self.counts[ORDER].astype(float)}
        for n in range(ORDER - 1, 0, -1):  # in how many contexts, but for what begins a sentence
            endings, contexts = np.unique(self.keys[n + 1] & self.rest(n), return_counts=True)
            a = np.zeros(len(self.keys[n]))
            a[np.searchsorted(self.keys[n], endings)] = contexts
            if n > 1:
                first = self.keys[n] >> BITS * (n - 1) == self.start
                a[first] = self.counts[n][first]
            adjusted[n] = np.maximum(a, 1)
        discount = lambda a: (a == 1).sum() / ((a == 1).sum() + 2 * (a == 2).sum())
        a = adjusted[1]
        self.log[1] = np.full(self.start + 1, np.nan)
        self.log[1][self.keys[1]] = np.log(a / a.sum())
        for n in range(2, ORDER + 1):
            a, d = adjusted[n], discount(adjusted[n])
            first = np.nonzero(np.diff(self.keys[n] >> BITS, prepend=-1))[0]
            total = np.add.reduceat(a, first)
            of = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(a))))
            left = d * np.diff(np.append(first, len(a))) / total
            lower = self.of(n - 1, self.keys[n] & self.rest(n - 1))
            self.log[n] = np.log((a - d) / total[of] + left[of] * np.exp(lower))
            self.back[n] = ((self.keys[n] >> BITS)[first], np.log(left))

    def of(self, n, keys):
        """ln p of the last piece of each n-gram after the others."""
        if n == 1:
            return self.log[1][keys]
        at = np.minimum(np.searchsorted(self.keys[n], keys), len(self.keys[n]) - 1)
        found = self.keys[n][at] == keys
        value = self.log[n][at].copy()
        if not found.all():
            other = keys[~found]
            contexts, weights = self.back[n]
            at = np.minimum(np.searchsorted(contexts, other >> BITS), len(contexts) - 1)
            weight = np.where(contexts[at] == other >> BITS, weights[at], 0)
            value[~found] = weight + self.of(n - 1, other & self.rest(n - 1))
        return value

    def gains(self):
        """For orders 2 and more: nats of the text that each n-gram is worth."""
        gains = {}
        for n in range(2, ORDER + 1):
            contexts, weights = self.back[n]
            weight = weights[np.searchsorted(contexts, self.keys[n] >> BITS)]
            gains[n] = self.counts[n] * (self.log[n] - weight - self.of(n - 1, self.keys[n] & self.rest(n - 1)))
        return gains

    def kept(self, gains, threshold):
        kept, needed = {}, np.zeros(0, np.int64)
        for n in range(ORDER, 1, -1):
            keep = gains[n] >= threshold
            keep[np.searchsorted(self.keys[n], needed)] = True
            kept[n] = keep
            needed = np.unique(self.keys[n][keep] >> BITS)
        return kept

    def prune(self, kept):
        for n in range(2, ORDER + 1):
            self.keys[n], self.log[n] = self.keys[n][kept[n]], self.log[n][kept[n]]
            first = np.nonzero(np.diff(self.keys[n] >> BITS, prepend=-1))[0]
            higher = np.add.reduceat(np.exp(self.log[n]), first)
            lower = np.add.reduceat(np.exp(self.of(n - 1, self.keys[n] & self.rest(n - 1))), first)
            weight = np.log(np.maximum(1 - higher, 1e-6)) - np.log(np.maximum(1 - lower, 1e-6))
            self.back[n] = ((self.keys[n] >> BITS)[first], weight)

    def weights(self, n):
        """The back-off weight of each n-gram as a context of the next order."""
        keys = np.arange(self.start + 1) if n == 1 else self.keys[n]
        contexts, weights = self.back[n + 1]
        at = np.minimum(np.searchsorted(contexts, keys), len(contexts) - 1)
        return np.where(contexts[at] == keys, weights[at], 0)

    def children(self, n):
        keys = np.arange(self.start + 1) if n == 1 else self.keys[n]
        return np.append(np.searchsorted(self.keys[n + 1] >> BITS, keys), len(self.keys[n + 1]))

    def score(self, text):
        """Mean ln p of the pieces of a text."""
        text = np.where(text < 0, self.start, text).astype(np.int64)
        total, pieces, sentence = 0.0, 0, []
        for piece in text:
            if piece == self.start:
                sentence = []
            sentence = (sentence + [piece])[-ORDER:]
            if piece != self.start:
                key = 0
                for one in sentence:
                    key = key << BITS | int(one)
                value = self.of(len(sentence), np.array([key]))[0]
                total, pieces = total + (0 if np.isnan(value) else value), pieces + 1
        return total / pieces


def size(counts):
    return 8 * (counts[2] + counts[3]) + 3 * counts[4] + 6 * 16002 + 7 * 1024


def codebook(values, most=255):
    """At most `most` values, each the mean of a part of equally many, and the nearest one's number for each value."""
    sorted_values = np.sort(values)
    centres = np.array([part.mean() for part in np.array_split(sorted_values, min(most, len(sorted_values)))])
    middles = (centres[1:] + centres[:-1]) / 2
    return centres, np.searchsorted(middles, values).astype(np.uint8)


def write(path, model, mean):
    with open(path, "wb") as file:
        put = lambda array, kind: file.write(np.asarray(array).astype(kind).tobytes())

        def put_codes(values):
            known = ~np.isnan(values)
            centres, codes = codebook(values[known])
            all_codes = np.full(len(values), 255, np.uint8)
            all_codes[known] = codes
            book = np.full(256, np.nan)
            book[: len(centres)] = centres
            return book, all_codes

        file.write(b"VNG1")
        put([model.start] + [len(model.keys[n]) for n in (2, 3, 4)], ">i4")
        put([mean], ">f4")
        columns = []
        for n in range(1, ORDER + 1):
            book, codes = put_codes(model.log[n])
            put(book, ">f4")
            row = [(model.keys[n] & model.rest(1), ">u2")] if n > 1 else []
            row.append((codes, "u1"))
            if n < ORDER:
                book, codes = put_codes(model.weights(n))
                put(book, ">f4")
                row += [(codes, "u1"), (model.children(n), ">i4")]
            columns += row
        for array, kind in columns:
            put(array, kind)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--prepared", required=True)
    parser.add_argument("--without", nargs="*", default=[], choices=["gpl", "by-sa", "research", "unstated"])
    parser.add_argument("--size", type=float, default=20)
    parser.add_argument("--check")
    arguments = parser.parse_args()
    started = time.time()
    say = lambda text: print(f"[{time.time() - started:4.0f} s] {text}", flush=True)
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=os.path.join(arguments.data, "verso16k.model"))
    text = text_of(arguments.data, arguments.prepared, tokenizer, set(arguments.without))
    say(f"{(text < 0).sum()} sentences, {len(text) / 1e6:.1f} M pieces")
    model = Ngrams(text, tokenizer.get_piece_size() + 1)
    say("counted: " + ", ".join(f"{len(model.keys[n])}" for n in range(1, ORDER + 1)))
    check = None
    if arguments.check:
        with open(arguments.check, encoding="utf-8") as file:
            sentences = [[-1, *tokenizer.encode(line.strip()), tokenizer.eos_id()] for line in file][:400]
        check = np.concatenate(sentences)
        say(f"ln p a piece of {arguments.check}: {model.score(check):.4f}")
    gains = model.gains()
    low, high = 0.0, 1000.0
    for _ in range(20):
        threshold = (low + high) / 2
        kept = model.kept(gains, threshold)
        if size({n: int(keep.sum()) for n, keep in kept.items()}) > arguments.size * 1e6:
            low = threshold
        else:
            high = threshold
    model.prune(model.kept(gains, high))
    say(f"threshold {high:.2f}: " + ", ".join(f"{len(model.keys[n])}" for n in range(2, ORDER + 1)))
    if check is not None:
        say(f"ln p a piece of {arguments.check}: {model.score(check):.4f}")
    mean = float(np.average(model.log[1][model.keys[1]], weights=model.counts[1]))
    write(os.path.join(arguments.prepared, "ngrams.bin"), model, mean)
    say("written")


if __name__ == "__main__":
    main()
