"""The network as two ONNX graphs in the fast layout: heavy work stays in the graph, logits never leave it.

encoder: input_ids int64[N, S], attention_mask int64[N, S]
      -> cross.{i}.key, cross.{i}.value float[N, H, S, d] for each decoder layer i, aligner.key float[N, S, D/2]

decoder: one graph for stepping (T = 1) and for forced decoding (T = n, causal inside):
         input_ids int64[B, T], attention_mask int64[N0, S], cross.{i}.key/value float[N0, H, S, d],
         aligner.key float[N0, S, D/2], sentence_idx int64[N]: the rows of mask, cross and
         aligner.key to use, so that finished sentences can be left out,
         past.{i}.key/value float[P0, H, P, d] (P may be 0, P0 at least 1), beam_idx int64[B]: rows of past to go on from,
         wanted_ids int64[B, T, W] (W may be 0), k int64[1]
      -> topk_ids int64[B, T, k], topk_logprob float[B, T, k], wanted_logprob float[B, T, W],
         attention float[B, T, S] (the aligner's: where the piece read comes from), present.{i}.key/value float[B, H, P+T, d]

B = N * K: the K rows of a sentence are adjacent. Rows of `past` follow `beam_idx`, rows of `input_ids` are in the new
order already. The first token has position P. The start symbol is the padding id, which is banned by its bias.
Cross-attention folds the K rows of a sentence into its queries, so that keys and values are never copied per beam.
"""

import math

import onnx
import torch
import torch.nn.functional as F
from torch import nn

from network import Architecture, Marian, sinusoids

OPSET = 17
BANNED = -1e9


class Projection(nn.Module):
    """x W + b with the weight stored as the product needs it; `scale` is folded into the first of several parts."""

    def __init__(self, *parts: nn.Linear, scale: float = 1.0):
        super().__init__()
        factors = [scale] + [1.0] * (len(parts) - 1)
        self.weight = nn.Parameter(torch.cat([p.weight.detach().t() * f for p, f in zip(parts, factors)], 1).contiguous())
        self.bias = nn.Parameter(torch.cat([p.bias.detach() * f for p, f in zip(parts, factors)]))

    def forward(self, x):
        return torch.matmul(x, self.weight) + self.bias


class Norm(nn.Module):
    """Layer norm with a static shape, which the exporter maps to one operator."""

    def __init__(self, norm: nn.LayerNorm):
        super().__init__()
        self.shape, self.eps = tuple(norm.normalized_shape), norm.eps
        self.weight, self.bias = norm.weight, norm.bias

    def forward(self, x):
        return F.layer_norm(x, self.shape, self.weight, self.bias, self.eps)


class Embedding(nn.Module):
    """Piece and position embeddings; the pieces as 8-bit integers with one scale a row when `int8` is set."""

    def __init__(self, model: Marian, int8: bool):
        super().__init__()
        architecture = model.architecture
        table = model.shared.weight.detach() * math.sqrt(architecture.d_model)
        self.int8 = int8
        if int8:
            scale = table.abs().amax(1, keepdim=True).clamp(min=1e-9) / 127
            self.register_buffer("table", torch.round(table / scale).to(torch.int8))
            self.register_buffer("scale", scale)
        else:
            self.register_buffer("table", table)
        self.register_buffer("positions", sinusoids(architecture.max_positions, architecture.d_model))

    def forward(self, ids, first):
        x = F.embedding(ids, self.table)
        if self.int8:
            x = x.to(torch.float32) * F.embedding(ids, self.scale)
        return x + F.embedding(torch.arange(ids.shape[1]) + first, self.positions)


def split(x, heads):
    """[B, T, D] -> [B, H, T, d]"""
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def attend(query, key, value, mask=None):
    """-> mixed values [B, H, T, d], attention [B, H, T, S]; queries carry their scale"""
    scores = torch.matmul(query, key.transpose(2, 3))
    if mask is not None:
        scores = scores + mask
    attention = torch.softmax(scores, -1)
    return torch.matmul(attention, value), attention


def merge(x):
    """[B, H, T, d] -> [B, T, D]"""
    return x.transpose(1, 2).flatten(2)


def padding_mask(attention_mask):
    return (1.0 - attention_mask[:, None, None, :].to(torch.float32)) * BANNED


class EncoderLayer(nn.Module):
    def __init__(self, layer, heads):
        super().__init__()
        attention = layer.self_attn
        self.heads, self.activation = heads, layer.activation
        self.qkv = Projection(attention.q_proj, attention.k_proj, attention.v_proj, scale=attention_scale(attention))
        self.out = Projection(attention.out_proj)
        self.norm1, self.norm2 = Norm(layer.self_attn_layer_norm), Norm(layer.final_layer_norm)
        self.fc1, self.fc2 = Projection(layer.fc1), Projection(layer.fc2)

    def forward(self, x, mask):
        query, key, value = (split(part, self.heads) for part in self.qkv(x).chunk(3, -1))
        mixed, _ = attend(query, key, value, mask)
        x = self.norm1(x + self.out(merge(mixed)))
        return self.norm2(x + self.fc2(self.activation(self.fc1(x))))


def attention_scale(attention):
    return (attention.q_proj.weight.shape[0] // attention.heads) ** -0.5


class DecoderLayer(nn.Module):
    def __init__(self, layer, heads):
        super().__init__()
        own, cross = layer.self_attn, layer.encoder_attn
        self.heads, self.activation = heads, layer.activation
        self.qkv = Projection(own.q_proj, own.k_proj, own.v_proj, scale=attention_scale(own))
        self.out = Projection(own.out_proj)
        self.cross_query = Projection(cross.q_proj, scale=attention_scale(cross))
        self.cross_out = Projection(cross.out_proj)
        self.norm1, self.norm2 = Norm(layer.self_attn_layer_norm), Norm(layer.encoder_attn_layer_norm)
        self.norm3 = Norm(layer.final_layer_norm)
        self.fc1, self.fc2 = Projection(layer.fc1), Projection(layer.fc2)

    def forward(self, x, past, causal, cross_key, cross_value, mask):
        """past: (key, value) of the pieces before x, or None -> x, key, value, attention [N, H, K*T, S]"""
        query, key, value = (split(part, self.heads) for part in self.qkv(x).chunk(3, -1))
        if past is not None:
            key, value = torch.cat([past[0], key], 2), torch.cat([past[1], value], 2)
        mixed, _ = attend(query, key, value, causal)
        x = self.norm1(x + self.out(merge(mixed)))

        rows, steps, width = x.shape
        sentences, heads, size = cross_key.shape[0], self.heads, width // self.heads
        query = self.cross_query(x).view(sentences, -1, heads, size).transpose(1, 2)  # [N, H, K*T, d]
        mixed, attention = attend(query, cross_key, cross_value, mask)
        mixed = mixed.transpose(1, 2).reshape(rows, steps, width)
        x = self.norm2(x + self.cross_out(mixed))
        return self.norm3(x + self.fc2(self.activation(self.fc1(x)))), key, value, attention


class FastEncoder(nn.Module):
    def __init__(self, model: Marian, int8: bool):
        super().__init__()
        heads = self.heads = model.architecture.heads
        self.embedding = Embedding(model, int8)
        self.layers = nn.ModuleList(EncoderLayer(layer, heads) for layer in model.encoder)
        self.cross = nn.ModuleList(Projection(l.encoder_attn.k_proj, l.encoder_attn.v_proj) for l in model.decoder)
        self.aligner = Projection(model.aligner.k_proj)

    def forward(self, input_ids, attention_mask):
        mask = padding_mask(attention_mask)
        embedded = x = self.embedding(input_ids, 0)
        for layer in self.layers:
            x = layer(x, mask)
        cross = tuple(split(part, self.heads) for cross in self.cross for part in cross(x).chunk(2, -1))
        return (*cross, self.aligner(torch.cat([embedded, x], -1)))


class FastDecoder(nn.Module):
    """`forward` takes and returns the decoder's tensors in the order of `input_names` and `output_names`."""

    def __init__(self, model: Marian, pad: int, int8: bool):
        super().__init__()
        self.embedding = Embedding(model, int8)
        self.layers = nn.ModuleList(DecoderLayer(layer, model.architecture.heads) for layer in model.decoder)
        self.aligner = Projection(model.aligner.q_proj, scale=model.aligner.q_proj.weight.shape[0] ** -0.5)
        self.output = nn.Parameter(model.shared.weight.detach().t().contiguous())
        bias = model.final_logits_bias.detach().clone()
        bias[pad] = BANNED
        self.bias = nn.Parameter(bias)

    def forward(self, input_ids, attention_mask, sentence_idx, beam_idx, wanted_ids, k, *caches):
        count = 2 * len(self.layers)
        cross = [tensor.index_select(0, sentence_idx) for tensor in caches[:count]]
        origins = caches[count].index_select(0, sentence_idx)
        past = [tensor.index_select(0, beam_idx) for tensor in caches[count + 1 :]]
        mask = padding_mask(attention_mask.index_select(0, sentence_idx))

        done, steps = past[0].shape[2], input_ids.shape[1]
        row = torch.arange(steps)[:, None] + done
        causal = (torch.arange(done + steps)[None, :] > row).to(torch.float32) * BANNED
        x = self.embedding(input_ids, done)
        present, states = [], [x]
        for i, layer in enumerate(self.layers):
            of_layer = slice(2 * i, 2 * i + 2)
            x, key, value, _ = layer(x, past[of_layer], causal, *cross[of_layer], mask)
            present += [key, value]
            states.append(x)
        query = self.aligner(torch.cat([states[0], states[1], states[-1]], -1))
        query = query.view(sentence_idx.shape[0], -1, query.shape[-1])  # [N, K*T, D/2]
        looked = torch.softmax(torch.matmul(query, origins.transpose(1, 2)) + mask[:, 0], -1)
        looked = looked.reshape(*input_ids.shape, -1)
        logprob = torch.log_softmax(torch.matmul(x, self.output) + self.bias, -1)
        topk_logprob, topk_ids = torch.topk(logprob, 4, -1)  # the constant 4 gives way to the input k after export
        wanted = torch.gather(logprob, 2, wanted_ids)
        return (topk_ids, topk_logprob, wanted, looked, *present)

    @staticmethod
    def input_names(layers: int):
        return (
            ["input_ids", "attention_mask", "sentence_idx", "beam_idx", "wanted_ids", "k"]
            + cache_names("cross", layers)
            + ["aligner.key"]
            + cache_names("past", layers)
        )

    @staticmethod
    def output_names(layers: int):
        return ["topk_ids", "topk_logprob", "wanted_logprob", "attention"] + cache_names("present", layers)


def cache_names(prefix: str, layers: int):
    return [f"{prefix}.{i}.{part}" for i in range(layers) for part in ("key", "value")]


def to_onnx(module, arguments, inputs, outputs, axes, path):
    module.eval()
    with torch.no_grad():
        torch.onnx.export(
            module,
            arguments,
            path,
            input_names=inputs,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
            do_constant_folding=True,
        )


def export_encoder(model: Marian, path: str, int8: bool):
    layers = model.architecture.decoder_layers
    ids = torch.randint(2, 100, (2, 7))
    names = cache_names("cross", layers)
    axes = {name: {0: "N", 1: "S"} for name in ("input_ids", "attention_mask", "aligner.key")}
    axes.update({name: {0: "N", 2: "S"} for name in names})
    outputs = [*names, "aligner.key"]
    to_onnx(FastEncoder(model, int8), (ids, torch.ones_like(ids)), ["input_ids", "attention_mask"], outputs, axes, path)


def export_decoder(model: Marian, path: str, pad: int, int8: bool):
    a = model.architecture
    layers, heads, size = a.decoder_layers, a.heads, a.head_size
    caches = [torch.randn(3, heads, 7, size) for _ in range(2 * layers)]
    caches.append(torch.randn(3, 7, a.d_model // 2))
    caches += [torch.randn(6, heads, 5, size) for _ in range(2 * layers)]
    arguments = (
        torch.randint(2, 100, (4, 3)),
        torch.ones(3, 7, dtype=torch.int64),
        torch.tensor([0, 2]),
        torch.tensor([0, 1, 4, 5]),
        torch.randint(2, 100, (4, 3, 2)),
        torch.tensor([4]),
        *caches,
    )
    inputs, outputs = FastDecoder.input_names(layers), FastDecoder.output_names(layers)
    axes = {
        "input_ids": {0: "B", 1: "T"},
        "attention_mask": {0: "N0", 1: "S"},
        "sentence_idx": {0: "N"},
        "beam_idx": {0: "B"},
        "wanted_ids": {0: "B", 1: "T", 2: "W"},
        "topk_ids": {0: "B", 1: "T", 2: "K"},
        "topk_logprob": {0: "B", 1: "T", 2: "K"},
        "wanted_logprob": {0: "B", 1: "T", 2: "W"},
        "attention": {0: "B", 1: "T", 2: "S"},
        "aligner.key": {0: "N0", 1: "S"},
    }
    axes.update({name: {0: "N0", 2: "S"} for name in cache_names("cross", layers)})
    axes.update({name: {0: "P0", 2: "P"} for name in cache_names("past", layers)})
    axes.update({name: {0: "B", 2: "P_plus_T"} for name in cache_names("present", layers)})
    to_onnx(FastDecoder(model, pad, int8), arguments, inputs, outputs, axes, path)
    graph = onnx.load(path)
    take_k_from_input(graph)
    onnx.save(graph, path)


def take_k_from_input(graph: onnx.ModelProto):
    """Points the TopK operator at the graph input `k` (tracing can only record a constant there)."""
    (top,) = [node for node in graph.graph.node if node.op_type == "TopK"]
    top.input[1] = "k"
    if not any(i.name == "k" for i in graph.graph.input):
        value = onnx.helper.make_tensor_value_info("k", onnx.TensorProto.INT64, [1])
        position = FastDecoder.input_names(0).index("k")
        graph.graph.input.insert(position, value)
