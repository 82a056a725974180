"""Averages weights: the ends of several decays lie in one valley, and between them translations are better.

    python average.py OUT.pt WEIGHTS[:SHARE] WEIGHTS[:SHARE] …

WEIGHTS is a .pt file with {'model': state dict, …} as train.py writes it, or the directory of an exported model, its
8-bit values scaled back. Shares are made to sum to 1; without any, all have the same. Counts (steps, tokens seen) are
those of the first. What only some of the files hold comes from those.
"""

import sys

import torch

from grow import read


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    out, *parts = sys.argv[1:]
    paths, shares = zip(*(part.rsplit(":", 1) if ":" in part else (part, "1") for part in parts))
    read_all, shares = [read(path) for path in paths], [float(share) for share in shares]
    names = dict.fromkeys(name for one in read_all for name in one["model"])
    model = {}
    for name in names:
        held = [(share, one["model"][name].float()) for share, one in zip(shares, read_all) if name in one["model"]]
        if len({value.shape for _, value in held}) > 1:
            sys.exit(f"{name} differs in shape between the files: they are no ends of one training")
        model[name] = (sum(share * value for share, value in held) / sum(share for share, _ in held)).to(torch.bfloat16)
    torch.save({**read_all[0], "model": model}, out)


if __name__ == "__main__":
    main()
