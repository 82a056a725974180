"""The Marian transformer: post-norm layers, sinusoidal positions, one embedding for both languages and the output.

Hugging Face calls it MarianMTModel (Junczys-Dowmunt et al., 2018; Vaswani et al., 2017); `to_hugging_face` renames the
weights. Two things are ours: the output layer can be restricted to a candidate list while training on a CPU, and
word links teach where a piece comes from, twice. Head 0 of the last decoder layer looks at the source of the piece that
comes next, which helps to find that piece (guided alignment, Chen et al., 2016). The aligner beside the network looks,
one step late, at the source of the piece just read, which it knows already (Chen et al., 2020): its links are surer, and
they are the ones a finished translation brings along. It learns from the network and does not change it.

Shapes: B sentences, S source pieces, T target pieces, D = d_model, H heads, V vocabulary.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Architecture:
    """Sizes of a network; `preset` knows the ones that are in use."""

    vocabulary: int
    d_model: int
    feed_forward: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    activation: str = "relu"
    max_positions: int = 512

    @property
    def head_size(self) -> int:
        return self.d_model // self.heads

    def as_dict(self) -> dict:
        return asdict(self)


PRESETS = {
    # name: d_model, feed_forward, heads, encoder layers, decoder layers
    "test": (64, 128, 2, 2, 1),
    "mini": (128, 512, 4, 4, 2),
    "tiny": (256, 1024, 4, 6, 2),
    "small": (384, 1536, 6, 6, 2),
    "base": (512, 2048, 8, 6, 2),
    "big": (768, 3072, 12, 8, 3),
    "teacher": (1024, 4096, 16, 8, 4),
}


def preset(name: str, vocabulary: int) -> Architecture:
    if name not in PRESETS:
        raise SystemExit(f"unknown preset '{name}': choose one of {', '.join(PRESETS)}")
    return Architecture(vocabulary, *PRESETS[name])


def preset_of(weights: dict) -> str:
    """The preset whose sizes a state dict has."""
    d_model = weights["shared.weight"].shape[1]
    feed_forward = weights["encoder.0.fc1.weight"].shape[0]
    layers = {side: 1 + max(int(n.split(".")[1]) for n in weights if n.startswith(side + ".")) for side in ("encoder", "decoder")}
    for name, (d, f, _, e, k) in PRESETS.items():
        if (d, f, e, k) == (d_model, feed_forward, layers["encoder"], layers["decoder"]):
            return name
    raise SystemExit(f"no preset has d_model {d_model}, feed-forward {feed_forward}, layers {layers}")


def sinusoids(positions: int, d_model: int) -> torch.Tensor:
    """[positions, D]: sines in the first half, cosines in the second."""
    position = torch.arange(positions, dtype=torch.float)[:, None]
    frequency = torch.pow(torch.tensor(10000.0), -2 * torch.arange(d_model // 2, dtype=torch.float) / d_model)
    angle = position * frequency
    return torch.cat([angle.sin(), angle.cos()], dim=1)


ACTIVATIONS = {"relu": F.relu, "swish": F.silu, "gelu": F.gelu}


def attend(query, key, value, mask, causal):
    """Scaled dot-product attention over [B, H, T, d]; mask is added to the scores.

    On CPUs it is spelled out: for sentences of some thirty pieces, the backward pass of PyTorch's fused kernel took six
    times as long as these products, and half of all training time.
    """
    if query.is_cuda:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal)
    scores = torch.matmul(query, key.transpose(2, 3)).float() * query.shape[-1] ** -0.5
    if causal:
        length = query.shape[2]
        scores = scores + torch.full((length, length), -1e9).triu(1)
    elif mask is not None:
        scores = scores + mask
    return torch.matmul(torch.softmax(scores, -1).to(value.dtype), value)


def dropout(x: torch.Tensor, share: float) -> torch.Tensor:
    """x with about `share` of its values zeroed and the others scaled up.

    On a CPU PyTorch draws one random number a value, a tenth of a step; here each draw makes eight, bytes, and the share is
    the nearest of 256ths."""
    if x.device.type != "cpu":
        return F.dropout(x, share)
    zeroed = round(256 * share)
    drawn = torch.empty(-(-x.numel() // 8), dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)
    kept = drawn[: x.numel()].view(x.shape).to(x.dtype).sub_(zeroed - 1).clamp_(0, 1)  # comparing takes three times as long
    return x * kept.mul_(256 / (256 - zeroed))


class Attention(nn.Module):
    """Multi-head attention; keys and values of one input are projected in a single product."""

    def __init__(self, d_model: int, heads: int):
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(d_model, d_model)
        self.k_proj = nn.Linear(d_model, d_model)
        self.v_proj = nn.Linear(d_model, d_model)
        self.out_proj = nn.Linear(d_model, d_model)

    def split(self, x: torch.Tensor) -> torch.Tensor:
        """[B, T, D] -> [B, H, T, D/H]"""
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    @staticmethod
    def together(x: torch.Tensor, *projections: nn.Linear):
        weight = torch.cat([p.weight for p in projections])
        bias = torch.cat([p.bias for p in projections])
        return F.linear(x, weight, bias).chunk(len(projections), dim=-1)

    def forward(self, x, memory, mask=None, causal=False):
        if x is memory:
            query, key, value = self.together(x, self.q_proj, self.k_proj, self.v_proj)
        else:
            query = self.q_proj(x)
            key, value = self.together(memory, self.k_proj, self.v_proj)
        mixed = attend(self.split(query), self.split(key), self.split(value), mask, causal)
        return self.out_proj(mixed.transpose(1, 2).reshape(x.shape))

    def log_attention_of_head_0(self, x, memory, mask):
        """[B, T, S]: natural-log attention weights of the head that word links supervise."""
        size = x.shape[-1] // self.heads
        query = F.linear(x, self.q_proj.weight[:size], self.q_proj.bias[:size])
        key = F.linear(memory, self.k_proj.weight[:size], self.k_proj.bias[:size])
        scores = torch.matmul(query, key.transpose(-1, -2)) * size**-0.5
        return torch.log_softmax(scores.float() + mask[:, 0], dim=-1)


class Layer(nn.Module):
    """One encoder layer, or, with cross-attention, one decoder layer."""

    def __init__(self, architecture: Architecture, cross: bool, dropout: float):
        super().__init__()
        d_model, heads = architecture.d_model, architecture.heads
        self.dropout, self.cross = dropout, cross
        self.activation = ACTIVATIONS[architecture.activation]
        self.self_attn = Attention(d_model, heads)
        self.self_attn_layer_norm = nn.LayerNorm(d_model)
        if cross:
            self.encoder_attn = Attention(d_model, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(d_model)
        self.fc1 = nn.Linear(d_model, architecture.feed_forward)
        self.fc2 = nn.Linear(architecture.feed_forward, d_model)
        self.final_layer_norm = nn.LayerNorm(d_model)

    def drop(self, x):
        return dropout(x, self.dropout) if self.dropout and self.training else x

    def feed_forward(self, x):
        return self.final_layer_norm(x + self.drop(self.fc2(self.drop(self.activation(self.fc1(x))))))

    def encode(self, x, mask):
        x = self.self_attn_layer_norm(x + self.drop(self.self_attn(x, x, mask)))
        return self.feed_forward(x)

    def decode(self, x, memory, mask, want_alignment=False):
        x = self.self_attn_layer_norm(x + self.drop(self.self_attn(x, x, causal=True)))
        alignment = self.encoder_attn.log_attention_of_head_0(x, memory, mask) if want_alignment else None
        x = self.encoder_attn_layer_norm(x + self.drop(self.encoder_attn(x, memory, mask)))
        return self.feed_forward(x), alignment


class Aligner(nn.Module):
    """Where the piece that a decoder just read comes from: one attention over all that both sides know of their pieces.

    Queries see the decoder's embedding, its first and its last layer, keys the source's embedding and memory.
    """

    def __init__(self, d_model: int):
        super().__init__()
        self.q_proj = nn.Linear(3 * d_model, d_model // 2)
        self.k_proj = nn.Linear(2 * d_model, d_model // 2)

    def forward(self, queries, keys, mask):
        """[B, T, 3 D], [B, S, 2 D] -> [B, T, S]: natural-log weights; row t is for the piece read at t, piece t - 1"""
        query, key = self.q_proj(queries), self.k_proj(keys)
        scores = torch.matmul(query, key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5
        return torch.log_softmax(scores + mask[:, 0], dim=-1)


class Marian(nn.Module):
    def __init__(self, architecture: Architecture, dropout: float = 0.0):
        super().__init__()
        self.architecture, self.dropout = architecture, dropout
        d_model = architecture.d_model
        self.shared = nn.Embedding(architecture.vocabulary, d_model)
        self.register_buffer("positions", sinusoids(architecture.max_positions, d_model), persistent=False)
        self.encoder = nn.ModuleList(Layer(architecture, False, dropout) for _ in range(architecture.encoder_layers))
        self.decoder = nn.ModuleList(Layer(architecture, True, dropout) for _ in range(architecture.decoder_layers))
        self.aligner = Aligner(d_model)
        self.final_logits_bias = nn.Parameter(torch.zeros(architecture.vocabulary))
        nn.init.normal_(self.shared.weight, 0, d_model**-0.5)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def embed(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.shared(ids) * math.sqrt(self.architecture.d_model) + self.positions[: ids.shape[1]]
        return dropout(x, self.dropout) if self.dropout and self.training else x

    def encode(self, source: torch.Tensor, pad: int):
        """source [B, S] -> memory [B, S, D] and the additive mask [B, 1, 1, S] of its padding"""
        mask = torch.zeros(source.shape, device=source.device).masked_fill_(source == pad, -1e9)[:, None, None, :]
        x = self.embed(source)
        for layer in self.encoder:
            x = layer.encode(x, mask)
        return x, mask

    def decode(self, target: torch.Tensor, memory, mask, source=None):
        """target [B, T], shifted right -> hidden states [B, T, D] and, given the source [B, S], a pair of [B, T, S]:
        log weights of the aligner, for the pieces read, and of the guided head, for the pieces written"""
        x, states, written = self.embed(target), [], None
        states.append(x)
        for layer in self.decoder:
            x, written = layer.decode(x, memory, mask, source is not None and layer is self.decoder[-1])
            states.append(x)
        if source is None:
            return x, None
        queries = torch.cat([states[0], states[1], states[-1]], -1).detach()
        keys = torch.cat([self.embed(source), memory], -1).detach()
        return x, (self.aligner(queries, keys, mask), written)

    def logits(self, hidden: torch.Tensor) -> torch.Tensor:
        return F.linear(hidden, self.shared.weight, self.final_logits_bias)

    def forward(self, source, target_in, target_out, pad, smoothing, links=None, candidates=None):
        """Summed losses of a batch, and what they are sums over.

        links: [n, 4] rows of (sentence, target piece, source piece, 1 / number of links of that target piece), or None.
        candidates: sorted piece ids that hold every target of the batch: the softmax runs over them alone; or None.
        Returns (label-smoothed cross entropy, number of target pieces, the loss of the guided head and of the aligner).
        """
        memory, mask = self.encode(source, pad)
        hidden, alignment = self.decode(target_in, memory, mask, None if links is None else source)
        wanted = target_out.reshape(-1)
        kept = (wanted != pad).nonzero()[:, 0]
        hidden, wanted = hidden.reshape(-1, hidden.shape[-1])[kept], wanted[kept]
        weight, bias = self.shared.weight, self.final_logits_bias
        if candidates is not None:
            weight, bias = weight[candidates], bias[candidates]
            wanted = torch.searchsorted(candidates, wanted)
        logits = F.linear(hidden, weight, bias).float()
        loss = F.cross_entropy(logits, wanted, reduction="sum", label_smoothing=smoothing)
        guided = torch.zeros(2, device=source.device)
        if links is not None:
            sentence, target, origin = links[:, 0].long(), links[:, 1].long(), links[:, 2].long()
            read, written = alignment
            looked = torch.stack([written[sentence, target, origin], read[sentence, target + 1, origin]])
            guided = -(looked * links[:, 3]).sum(1)
        return loss, wanted.numel(), guided


def load(weights: dict, dropout: float = 0.0) -> Marian:
    """A network from a state dict (float32, whatever the dict stores), its sizes found by preset."""
    architecture = preset(preset_of(weights), weights["shared.weight"].shape[0])
    model = Marian(architecture, dropout)
    fill(model, weights)
    return model


def fill(model: Marian, weights: dict):
    """Loads a state dict, whatever it stores; weights from before there was an aligner keep a fresh one."""
    missing, unexpected = model.load_state_dict({name: value.float() for name, value in weights.items()}, strict=False)
    wrong = unexpected + [name for name in missing if not name.startswith("aligner.")]
    if wrong:
        raise SystemExit(f"weights of another network: {', '.join(wrong[:5])}")


@torch.no_grad()
def greedy(model: Marian, sources: list, eos: int, pad: int, batch: int = 64, longest: int = 250) -> list:
    """Greedy translations of lists of piece ids, as lists of piece ids. For a quick look, not for the product."""
    training = model.training
    model.eval()
    device = model.shared.weight.device
    results: list = [[] for _ in sources]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    for start in range(0, len(order), batch):
        rows = order[start : start + batch]
        width = 1 + max(min(len(sources[i]), longest) for i in rows)
        source = torch.full((len(rows), width), pad)
        for row, i in enumerate(rows):
            ids = sources[i][:longest] + [eos]
            source[row, : len(ids)] = torch.tensor(ids)
        memory, mask = model.encode(source.to(device), pad)
        target = torch.full((len(rows), 1), pad, device=device)
        done = torch.zeros(len(rows), dtype=torch.bool, device=device)
        for _ in range(min(model.architecture.max_positions - 2, int(width * 1.6) + 10)):
            hidden, _ = model.decode(target, memory, mask)
            scores = model.logits(hidden[:, -1]).float()
            scores[:, pad] = -1e9
            best = scores.argmax(-1)
            best[done] = pad
            target = torch.cat([target, best[:, None]], 1)
            done |= best == eos
            if done.all():
                break
        for row, i in enumerate(rows):
            ids = target[row, 1:].tolist()
            ids = ids[: ids.index(eos)] if eos in ids else ids
            results[i] = [k for k in ids if k != pad]
    model.train(training)
    return results


@torch.no_grad()
def cross_entropy(model: Marian, sources: list, targets: list, eos: int, pad: int, batch: int = 64) -> float:
    """Mean negative natural-log probability of a target piece, given what comes before it."""
    training, device = model.training, model.shared.weight.device
    model.eval()
    total = count = 0.0
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    rows = lambda some: nn.utils.rnn.pad_sequence([torch.tensor(x) for x in some], True, pad).to(device)
    for start in range(0, len(order), batch):
        some = order[start : start + batch]
        source = rows([sources[i] + [eos] for i in some])
        target_in, target_out = rows([[pad, *targets[i]] for i in some]), rows([targets[i] + [eos] for i in some])
        loss, pieces, _ = model(source, target_in, target_out, pad, 0.0)
        total, count = total + float(loss), count + pieces
    model.train(training)
    return total / count


def to_hugging_face(weights: dict, architecture: Architecture) -> dict:
    """The weights under the names of transformers.MarianMTModel."""
    positions = sinusoids(architecture.max_positions, architecture.d_model)
    shared = weights["shared.weight"].float()
    renamed = {
        "model.shared.weight": shared,
        "lm_head.weight": shared,
        "final_logits_bias": weights["final_logits_bias"].float()[None],
    }
    for side in ("encoder", "decoder"):
        renamed[f"model.{side}.embed_tokens.weight"] = shared
        renamed[f"model.{side}.embed_positions.weight"] = positions
    for name, value in weights.items():
        side, _, rest = name.partition(".")
        if side in ("encoder", "decoder"):
            renamed[f"model.{side}.layers.{rest}"] = value.float()
    return renamed


def from_hugging_face(weights: dict) -> dict:
    """The inverse of `to_hugging_face`."""
    renamed = {
        "shared.weight": weights["model.shared.weight"],
        "final_logits_bias": weights["final_logits_bias"].reshape(-1),
    }
    for name, value in weights.items():
        parts = name.split(".")
        if len(parts) > 3 and parts[0] == "model" and parts[2] == "layers":
            renamed[".".join([parts[1], *parts[3:]])] = value
    return renamed
