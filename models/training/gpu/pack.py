"""Prepared arrays in pieces that can be carried one by one to a machine with an accelerator, the best pairs first.

    python pack.py --data PREPARED --links links.xz --out PIECES [--megabytes 14] [--pieces N]

A piece is an xz-packed .npz: `s`, `t` (uint16 pieces of all its rows, one row after another), `sl`, `tl` (uint8 lengths),
`weight` (float16, how often one pass draws a row), `linked` (uint8 links of each row) and `links` (their step from the
previous link's target piece, uint8, and source minus target, int8, as in links.xz). Rows are in the order of falling
weight, so whatever has come so far is the most useful part. The last array, `meta`, holds JSON: what was left out of the
text, and the sha-256 of the arrays it was made from.
"""

import argparse
import hashlib
import io
import json
import lzma
import os
import sys

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from prepare import load_links, offsets, take


class Rows:
    """All rows of prepared arrays, made ones behind the others, with their links."""

    def __init__(self, directory, links_path):
        load = lambda name: dict(np.load(os.path.join(directory, f"{name}.npz")))
        base, made = load("tokens"), load("made")
        weight = load("weights")["weight"]
        self.s, self.t = np.concatenate([base["s"], made["s"]]), np.concatenate([base["t"], made["t"]])
        self.sl, self.tl = np.concatenate([base["sl"], made["sl"]]), np.concatenate([base["tl"], made["tl"]])
        self.so, self.to = offsets(self.sl), offsets(self.tl)
        self.weight = np.concatenate([weight, np.ones(len(made["sl"]), np.float32)])
        at, links = load_links(links_path)
        row = base["row"]
        known = row < len(at) - 1
        safe = np.where(known, row, 0)
        start, end = np.where(known, at[safe], 0), np.where(known, at[safe + 1], 0)
        made_at = offsets(made["links_per_row"]) + len(links)
        self.links = np.concatenate([links, made["links"]])
        self.link_start = np.concatenate([start, made_at[:-1]])
        self.link_end = np.concatenate([end, made_at[1:]])
        with open(os.path.join(directory, "prepared.json"), encoding="utf-8") as file:
            self.without = json.load(file)["without"]
        sha = hashlib.sha256()
        for array in (self.s, self.t, self.weight):
            sha.update(array.tobytes())
        self.digest = sha.hexdigest()

    def packed(self, rows):
        """The bytes of a piece that holds some rows."""
        linked, steps, differences = np.zeros(len(rows), np.uint8), [], []
        for k, row in enumerate(rows):
            own = self.links[self.link_start[row] : self.link_end[row]]
            own = own[(own[:, 0] < self.sl[row]) & (own[:, 1] < self.tl[row])][:255].astype(np.int64)
            own = own[np.argsort(own[:, 1], kind="stable")]
            linked[k] = len(own)
            steps.append(np.diff(own[:, 1], prepend=0))
            differences.append(own[:, 0] - own[:, 1])
        buffer = io.BytesIO()
        np.savez(
            buffer,
            s=take(self.s, self.so, rows),
            t=take(self.t, self.to, rows),
            sl=self.sl[rows].astype(np.uint8),
            tl=self.tl[rows].astype(np.uint8),
            weight=self.weight[rows].astype(np.float16),
            linked=linked,
            links=np.stack([np.concatenate(steps).astype(np.uint8), np.concatenate(differences).astype(np.int8).view(np.uint8)]),
            meta=np.frombuffer(json.dumps({"without": self.without, "sha256": self.digest}).encode(), np.uint8),
        )
        return lzma.compress(buffer.getvalue(), preset=6)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--links", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--megabytes", type=float, default=14)
    parser.add_argument("--pieces", type=int, default=10**6)
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    rows = Rows(a.data, a.links)
    order = np.argsort(-rows.weight, kind="stable")
    order = order[rows.weight[order] > 0]
    most = int(a.megabytes * 1e6)
    size = np.cumsum(rows.sl[order] + rows.tl[order])
    at, number, bytes_a_token = 0, 0, 1.5
    while at < len(order) and number < a.pieces:
        before = size[at - 1] if at else 0
        while True:
            end = int(np.searchsorted(size, before + 0.97 * most / bytes_a_token, side="right"))
            end = max(at + 1, min(end, len(order)))
            piece = rows.packed(order[at:end])
            tokens = int(size[end - 1] - before)
            bytes_a_token = len(piece) / tokens
            if len(piece) <= most or end == at + 1:
                break
        with open(os.path.join(a.out, f"{number:03d}.npz.xz"), "wb") as file:
            file.write(piece)
        least = float(rows.weight[order[end - 1]])
        print(f"{number:03d}: {end - at} pairs, {tokens / 1e6:.2f}M pieces, {len(piece) / 1e6:.1f} MB, weight down to {least:.3f}", flush=True)
        at, number = end, number + 1


if __name__ == "__main__":
    main()
