"""Pieces that have come so far as arrays that train.py reads.

    python unpack.py PIECES --out DATA

DATA gets tokens.npz, made.npz (empty), weights.npz, prepared.json and links.xz. Run it again when more pieces have come.
"""

import argparse
import glob
import io
import json
import lzma
import os

import numpy as np


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pieces", help="the folder that pack.py wrote, or what has come of it")
    parser.add_argument("--out", required=True)
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    out = lambda name: os.path.join(a.out, name)
    paths = sorted(glob.glob(os.path.join(a.pieces, "*.npz.xz")))
    if not paths:
        raise SystemExit(f"{a.pieces} holds no pieces (*.npz.xz): pack.py writes them")
    pieces = []
    for path in paths:
        with lzma.open(path) as file:
            pieces.append(dict(np.load(io.BytesIO(file.read()))))
    meta = [json.loads(piece["meta"].tobytes()) for piece in pieces]
    if any(m != meta[0] for m in meta):
        raise SystemExit(f"the pieces in {a.pieces} were made of different arrays: pack them anew")
    joined = {name: np.concatenate([piece[name] for piece in pieces], -1) for name in pieces[0] if name != "meta"}
    rows = len(joined["sl"])
    lengths = {name: joined[name].astype(np.int32) for name in ("sl", "tl")}
    np.savez(out("tokens.npz"), s=joined["s"], t=joined["t"], row=np.arange(rows), **lengths)
    np.savez(out("weights.npz"), weight=joined["weight"].astype(np.float32))
    none = np.zeros(0, np.int32)
    np.savez(
        out("made.npz"),
        s=none.astype(np.uint16),
        t=none.astype(np.uint16),
        sl=none,
        tl=none,
        links=np.zeros((0, 2), np.int16),
        links_per_row=none,
    )
    with lzma.open(out("links.xz"), "wb", preset=0) as file:
        file.write(np.uint32(rows).tobytes() + joined["linked"].tobytes() + joined["links"].tobytes())
    with open(out("prepared.json"), "w", encoding="utf-8") as file:
        json.dump(meta[0], file)
    print(f"{rows} pairs, {joined['tl'].astype(int).sum() / 1e6:.1f}M target pieces, from {len(paths)} pieces", flush=True)


if __name__ == "__main__":
    main()
