"""Fits the aligner beside a trained network on word links of pairs; the network's own weights stay as they are.

    python aligner.py WEIGHTS.pt --prepared PREPARED --spm verso16k.model --out FITTED.pt [--verso VERSO]

Training (train.py) teaches the aligner links of the collection (links.xz), made by hidden Markov models before there was a
network. The links of Verso's lexicon (`verso align --fast`) are better ones, and need no network either. A piece of a word
with links is to look at the pieces of the words that it is linked with; a piece of a word without links at the
end-of-sentence mark, which says that it comes from nothing: train.py leaves such pieces out. One pass over pairs that are
drawn by their weight, rate to zero.
"""

import argparse
import json
import os
import re
import subprocess
import tempfile
import time

import numpy as np
import sentencepiece
import torch

import network
from prepare import offsets


def spans(pieces, text):
    """[pieces, 2]: where each piece stands in the text, in characters; the tokenizer counts bytes."""
    character = np.cumsum([(byte & 0xC0) != 0x80 for byte in text.encode()] + [True]) - 1
    return np.array([(character[piece.begin], character[piece.end]) for piece in pieces]).reshape(-1, 2)


def words_of(spans, text):
    """The word that each piece lies in most, by number, or -1; words are runs of letters and digits, or single marks."""
    numbers = np.full(len(text) + 1, -1)
    for number, word in enumerate(re.finditer(r"[^\W_]+|[^\w\s]|_", text)):
        numbers[word.start() : word.end()] = number
    own = []
    for begin, end in spans:
        inside = numbers[begin:end]
        inside = inside[inside >= 0]
        own.append(np.bincount(inside).argmax() if len(inside) else -1)
    return np.array(own)


def origins(links, source, target, english):
    """[target pieces, source pieces + 1]: where each target piece comes from, a row of sum 1; 0 for pieces of no word."""
    table = np.zeros((len(target), len(source) + 1), np.float32)
    for begin, end, own_begin, own_end, _, probability in links:
        from_ = np.flatnonzero((source[:, 0] < end) & (source[:, 1] > begin))
        to = np.flatnonzero((target[:, 0] < own_end) & (target[:, 1] > own_begin))
        if len(from_) and len(to):
            table[np.ix_(to, from_)] = np.maximum(table[np.ix_(to, from_)], probability / len(from_))
    sums = table.sum(1)
    linked = sums > 0
    table[linked] /= sums[linked, None]
    table[~linked & (words_of(target, english) >= 0), -1] = 1
    return table


def sample(prepared, tokenizer, count, seed):
    """[(French, English)] drawn by weight from what prepare.py wrote; neither terms nor text that was translated back."""
    tokens = dict(np.load(os.path.join(prepared, "tokens.npz")))
    weight = np.load(os.path.join(prepared, "weights.npz"))["weight"].astype(np.float64)
    left_out = np.array([str(name).startswith(("back_", "terms_", "aug_")) for name in tokens["names"]])
    weight[left_out[tokens["n"]] | (np.minimum(tokens["sl"], tokens["tl"]) < 4)] = 0
    rows = np.random.default_rng(seed).choice(len(weight), count, replace=False, p=weight / weight.sum())
    so, to = offsets(tokens["sl"]), offsets(tokens["tl"])
    text = lambda ids: " ".join(tokenizer.decode(ids.tolist()).split())
    return [(text(tokens["s"][so[r] : so[r + 1]]), text(tokens["t"][to[r] : to[r + 1]])) for r in rows]


def link(verso, pairs):
    """[[source begin, source end, target begin, target end, strength, probability]] of each pair, by Verso's lexicon."""
    with tempfile.TemporaryDirectory() as directory:
        paths = [os.path.join(directory, name) for name in ("fr", "en", "links")]
        for path, side in zip(paths, zip(*pairs)):
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in side)
        options = ["--words", "--lines", "--fast", "--to", "jsonl", "-o", paths[2]]
        subprocess.run([verso, "align", *options, paths[0], paths[1]], check=True)
        with open(paths[2], encoding="utf-8") as file:
            return [json.loads(line)["links"] for line in file]


def read(pairs, links, tokenizer):
    """(source ids, target ids, origins) of the pairs that fit; only those whose UTF-16 offsets are those of characters."""
    rows = []
    for (french, english), own in zip(pairs, links, strict=True):
        if not french or not english or max(french + english) > "\uffff":
            continue
        x = tokenizer.encode(french, return_type="proto").pieces
        y = tokenizer.encode(english, return_type="proto").pieces
        if 0 < len(x) <= 120 and 0 < len(y) <= 120:
            table = origins(own, spans(x, french), spans(y, english), english)
            rows.append(([p.id for p in x], [p.id for p in y], table))
    return rows


def batches(rows, tokens, eos, pad, seed):
    """Batches of about equally long pairs, in random order."""
    rng = np.random.default_rng(seed)
    order = sorted(range(len(rows)), key=lambda i: (len(rows[i][1]) + rng.uniform(0, 3), len(rows[i][0])))
    groups, group = [], []
    for i in order:
        group.append(rows[i])
        if len(group) * max(len(row[1]) for row in group) >= tokens:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    for k in rng.permutation(len(groups)):
        group = groups[k]
        width, height = max(len(x) for x, _, _ in group) + 1, max(len(y) for _, y, _ in group) + 1
        source, target = np.full((len(group), width), pad), np.full((len(group), height), pad)
        wanted = np.zeros((len(group), height, width), np.float32)
        for row, (x, y, table) in enumerate(group):
            source[row, : len(x)], source[row, len(x)] = x, eos
            target[row, 1 : len(y) + 1] = y
            # row t of the aligner is for the piece read at t, which is piece t - 1
            wanted[row, 1 : len(y) + 1, : len(x)] = table[:, :-1]
            wanted[row, 1 : len(y) + 1, len(x)] = table[:, -1]
        yield torch.from_numpy(source), torch.from_numpy(target), torch.from_numpy(wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("--prepared", required=True, help="what prepare.py wrote")
    parser.add_argument("--spm", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--verso", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "verso"))
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--tokens", type=int, default=3000, help="target pieces in a batch")
    a = parser.parse_args()
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=a.spm)
    pairs = sample(a.prepared, tokenizer, a.pairs, 1)
    rows = read(pairs, link(a.verso, pairs), tokenizer)
    checkpoint = torch.load(a.weights, map_location="cpu")
    weights = checkpoint["model"]
    model = network.load(weights).eval()
    pad, eos = tokenizer.get_piece_size(), tokenizer.eos_id()
    optimiser = torch.optim.Adam(model.aligner.parameters(), a.rate, (0.9, 0.98))
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for parameter in model.aligner.parameters():
        parameter.requires_grad_(True)
    steps = sum(1 for _ in batches(rows, a.tokens, eos, pad, 1))
    print(f"{len(rows)} pairs, {steps} batches", flush=True)
    began, sums = time.time(), np.zeros(2)
    for step, (source, target, wanted) in enumerate(batches(rows, a.tokens, eos, pad, 1), 1):
        with torch.autocast("cpu", torch.bfloat16):
            memory, mask = model.encode(source, pad)
            _, (logs, _) = model.decode(target, memory, mask, source)
            loss = -(wanted * logs).sum()
        count = wanted.sum()
        for group in optimiser.param_groups:
            group["lr"] = a.rate * min(1, step / 50) * (1 - (step - 1) / steps)
        optimiser.zero_grad()
        (loss / count).backward()
        optimiser.step()
        sums += float(loss.detach()), float(count)
        if step % 50 == 0 or step == steps:
            print(f"step {step} loss {sums[0] / sums[1]:.4f} {(time.time() - began) / 60:.1f} min", flush=True)
            sums[:] = 0
    fitted = model.state_dict()
    for name in weights:
        if name.startswith("aligner."):
            weights[name] = fitted[name].to(weights[name].dtype)
    torch.save(checkpoint, a.out)


if __name__ == "__main__":
    main()
