"""Grows a network into a wider one that computes nearly the same, so that training goes on instead of starting again.

    python grow.py WEIGHTS OUT.pt --preset small [--check SOURCE REFERENCE --spm verso16k.model]

WEIGHTS is a .pt file as train.py writes it or the directory of an exported model; layers and head size stay. After
Net2Net (Chen, Goodfellow and Shlens, 2016): a new dimension of the residual stream copies the old one whose position has
the nearest frequency; what reads copies shares the old weight among them, unevenly, or they would stay alike for ever. New
heads and new feed-forward units begin at random and are not yet listened to. Two things move the function a little:
positions, whose frequencies depend on the width, and layer norms, which count a copied dimension as often as it is there.
`--check` prints by how much.
"""

import argparse
import os

import torch

import network

UNEVEN = 0.25  # spread of the shares that copies get


class Growth:
    """The map from old dimensions to new, for weights that write the residual stream and for those that read it."""

    def __init__(self, old: network.Architecture, new: network.Architecture, seed: int = 1):
        if old.head_size != new.head_size or (old.encoder_layers, old.decoder_layers) != (new.encoder_layers, new.decoder_layers):
            raise SystemExit("only the width can grow: head size and numbers of layers must be the same")
        self.old, self.new, self.random = old, new, torch.Generator().manual_seed(seed)
        half = torch.floor(torch.arange(new.d_model // 2) * (old.d_model / new.d_model) + 0.5).long().clamp(max=old.d_model // 2 - 1)
        self.origin = torch.cat([half, half + old.d_model // 2])
        self.copies = torch.bincount(self.origin, minlength=old.d_model)[self.origin].float()
        self.scale = (new.d_model / old.d_model) ** 0.5  # embeddings are multiplied by the root of the width

    def read(self, weight: torch.Tensor) -> torch.Tensor:
        """[n, D] -> [n, D']: columns shared among copies; shares of one dimension sum to 1"""
        noise = torch.randn((weight.shape[0], len(self.origin)), generator=self.random) * UNEVEN
        mean = torch.zeros(weight.shape).index_add_(1, self.origin, noise)[:, self.origin] / self.copies
        return weight[:, self.origin] * (1 / self.copies + noise - mean)

    def written(self, value: torch.Tensor) -> torch.Tensor:
        """[D, n] or [D] -> [D', n] or [D']"""
        return value[self.origin]

    def fresh(self, weight: torch.Tensor, rows: int) -> torch.Tensor:
        """Further random rows, as large as the given ones."""
        more = torch.randn((rows - weight.shape[0], weight.shape[1]), generator=self.random) * weight.std()
        return torch.cat([weight, more])

    @staticmethod
    def padded(value: torch.Tensor, size: int, dim: int = 0) -> torch.Tensor:
        shape = list(value.shape)
        shape[dim] = size - shape[dim]
        return torch.cat([value, torch.zeros(shape)], dim)

    def network(self, weights: dict) -> dict:
        weights = {name: value.float() for name, value in weights.items()}
        last_norm = f"decoder.{self.old.decoder_layers - 1}.final_layer_norm"
        return {name: self.one(name, value, last_norm) for name, value in weights.items()}

    def one(self, name: str, value: torch.Tensor, last_norm: str) -> torch.Tensor:
        d_model, feed_forward = self.new.d_model, self.new.feed_forward
        module, kind = name.rsplit(".", 2)[-2:] if "." in name else (name, "")
        if name == "final_logits_bias":
            return value
        if name == "shared.weight":
            return value[:, self.origin] / self.scale
        if name.startswith("aligner."):
            size = d_model // 2
            root = (size / value.shape[0]) ** 0.25  # on both sides: scores are divided by the root of the size
            if kind == "bias":
                return self.padded(value * root, size)
            parts = [self.read(part) for part in value.split(self.old.d_model, 1)]
            if module == "q_proj":  # the last of three inputs comes from the norm that serves the tied output layer
                parts[2] = parts[2] * (self.copies / self.scale)
                return self.fresh(torch.cat(parts, 1) * root, size)
            return self.padded(torch.cat(parts, 1) * root, size)
        if "layer_norm" in module:
            grown = self.written(value)
            return grown * (self.scale / self.copies) if name.startswith(last_norm) else grown
        if module in ("q_proj", "k_proj", "v_proj"):
            return self.padded(value, d_model) if kind == "bias" else self.fresh(self.read(value), d_model)
        if module == "fc1":
            return self.padded(value, feed_forward) if kind == "bias" else self.fresh(self.read(value), feed_forward)
        if module in ("out_proj", "fc2"):
            grown = self.written(value)
            return grown if kind == "bias" else self.padded(grown, d_model if module == "out_proj" else feed_forward, 1)
        raise SystemExit(f"unknown weight {name}")


def to_fit(weights: dict, architecture: network.Architecture) -> dict:
    """The weights themselves if they have these sizes, else grown ones."""
    old = network.preset(network.preset_of(weights), weights["shared.weight"].shape[0])
    return weights if old == architecture else Growth(old, architecture).network(weights)


def read(path: str) -> dict:
    """{'model': state dict, …} of a .pt file, or of an exported model, its 8-bit values scaled back."""
    if os.path.isdir(path):
        import export

        weights, counts = export.weights_of(path)
        return {"model": weights, **counts}
    return torch.load(path, map_location="cpu")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("out")
    parser.add_argument("--preset", required=True, choices=sorted(network.PRESETS))
    parser.add_argument("--check", nargs=2, metavar=("SOURCE", "REFERENCE"))
    parser.add_argument("--spm")
    parser.add_argument("--lines", type=int, default=200)
    a = parser.parse_args()
    saved = read(a.weights)
    old = network.load(saved["model"])
    grown = to_fit(saved["model"], network.preset(a.preset, old.architecture.vocabulary))
    torch.save({**saved, "model": grown}, a.out)
    if a.check:
        import sentencepiece

        from augment import Codec

        tokenizer = sentencepiece.SentencePieceProcessor(model_file=a.spm)
        sides = [Codec(tokenizer).encode(open(path, encoding="utf-8").read().split("\n")[: a.lines]) for path in a.check]
        for name, model in (("before", old), ("after", network.load(grown))):
            nll = network.cross_entropy(model, *sides, tokenizer.eos_id(), tokenizer.get_piece_size())
            print(f"{name}: nll {nll:.4f}, {sum(p.numel() for p in model.parameters())} weights")


if __name__ == "__main__":
    main()
