"""The network in the layout that Hugging Face Optimum exports and transformers.js reads.

encoder_model.onnx:         input_ids, attention_mask int64[B, S] -> last_hidden_state float[B, S, D]
decoder_model_merged.onnx:  encoder_attention_mask int64[B, S], input_ids int64[B, T], encoder_hidden_states,
                            past_key_values.{i}.{decoder,encoder}.{key,value} float[B, H, P, d], use_cache_branch bool[1]
                            -> logits float[B, T, V], present.{i}.{decoder,encoder}.{key,value},
                            with attention also cross_attentions.{i} float[B, H, T, S]

Without the cache branch the past is ignored; with it T is 1, encoder_hidden_states is ignored, and the encoder's part of
`present` comes back empty: the caller keeps what the first step gave.
"""

import onnx
import torch
from onnx import TensorProto, helper
from torch import nn

from fast_layout import BANNED, DecoderLayer, Embedding, EncoderLayer, Projection, padding_mask, split, to_onnx
from network import Marian


class Encoder(nn.Module):
    def __init__(self, model: Marian):
        super().__init__()
        self.embedding = Embedding(model, int8=False)
        self.layers = nn.ModuleList(EncoderLayer(layer, model.architecture.heads) for layer in model.encoder)

    def forward(self, input_ids, attention_mask):
        mask = padding_mask(attention_mask)
        x = self.embedding(input_ids, 0)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Decoder(nn.Module):
    def __init__(self, model: Marian, with_attention: bool):
        super().__init__()
        self.heads, self.with_attention = model.architecture.heads, with_attention
        self.embedding = Embedding(model, int8=False)
        self.layers = nn.ModuleList(DecoderLayer(layer, self.heads) for layer in model.decoder)
        self.cross = nn.ModuleList(Projection(l.encoder_attn.k_proj, l.encoder_attn.v_proj) for l in model.decoder)
        self.output = nn.Parameter(model.shared.weight.detach().t().contiguous())
        self.bias = nn.Parameter(model.final_logits_bias.detach())

    def run(self, mask, ids, past, causal, cross):
        x = self.embedding(ids, 0 if past is None else past[0].shape[2])
        present, attentions = [], []
        for i, layer in enumerate(self.layers):
            of_layer = slice(2 * i, 2 * i + 2)
            x, key, value, attention = layer(x, past and past[of_layer], causal, *cross[of_layer], padding_mask(mask))
            present.append((key, value))
            attentions.append(attention)
        return torch.matmul(x, self.output) + self.bias, present, attentions if self.with_attention else []


class First(nn.Module):
    """The branch without a cache: keys and values of the encoder are computed here."""

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states):
        decoder = self.decoder
        cross = [split(p, decoder.heads) for c in decoder.cross for p in c(encoder_hidden_states).chunk(2, -1)]
        row = torch.arange(input_ids.shape[1])
        causal = (row[None, :] > row[:, None]).to(torch.float32) * BANNED
        logits, present, attentions = decoder.run(encoder_attention_mask, input_ids, None, causal, cross)
        caches = [t for i, own in enumerate(present) for t in (*own, *cross[2 * i : 2 * i + 2])]
        return (logits, *caches, *attentions)


class Next(nn.Module):
    """The branch with a cache: one piece a call."""

    def __init__(self, decoder: Decoder):
        super().__init__()
        self.decoder = decoder

    def forward(self, encoder_attention_mask, input_ids, *caches):
        past = [t for i in range(0, len(caches), 4) for t in caches[i : i + 2]]
        cross = [t for i in range(0, len(caches), 4) for t in caches[i + 2 : i + 4]]
        logits, present, attentions = self.decoder.run(encoder_attention_mask, input_ids, past, None, cross)
        return (logits, *(t for own in present for t in own), *attentions)


def names(prefix: str, layers: int, sides=("decoder", "encoder")):
    return [f"{prefix}.{i}.{side}.{part}" for i in range(layers) for side in sides for part in ("key", "value")]


def export_encoder(model: Marian, path: str):
    ids = torch.randint(2, 20, (2, 7))
    axes = {n: {0: "batch_size", 1: "encoder_sequence_length"} for n in ("input_ids", "attention_mask", "last_hidden_state")}
    to_onnx(Encoder(model), (ids, torch.ones_like(ids)), ["input_ids", "attention_mask"], ["last_hidden_state"], axes, path)


def export_decoder(model: Marian, path: str, with_attention: bool):
    a = model.architecture
    decoder, layers = Decoder(model, with_attention), a.decoder_layers
    ids, mask = torch.randint(2, 20, (2, 3)), torch.ones(2, 7, dtype=torch.int64)
    states = torch.randn(2, 7, a.d_model)
    caches = [torch.randn(2, a.heads, length, a.head_size) for _ in range(layers) for length in (4, 4, 7, 7)]
    attentions = [f"cross_attentions.{i}" for i in range(layers)] if with_attention else []
    axes = {
        "encoder_attention_mask": {0: "batch_size", 1: "encoder_sequence_length"},
        "input_ids": {0: "batch_size", 1: "decoder_sequence_length"},
        "encoder_hidden_states": {0: "batch_size", 1: "encoder_sequence_length"},
        "logits": {0: "batch_size", 1: "decoder_sequence_length"},
    }
    for name in names("past_key_values", layers) + names("present", layers):
        axes[name] = {0: "batch_size", 2: ("encoder" if ".encoder." in name else "past_decoder") + "_sequence_length"}
    for name in attentions:
        axes[name] = {0: "batch_size", 2: "decoder_sequence_length", 3: "encoder_sequence_length"}

    first_inputs = ["encoder_attention_mask", "input_ids", "encoder_hidden_states"]
    first_outputs = ["logits", *names("present", layers), *attentions]
    next_inputs = ["encoder_attention_mask", "input_ids", *names("past_key_values", layers)]
    next_outputs = ["logits", *names("present", layers, ("decoder",)), *attentions]
    known = lambda some: {n: axes[n] for n in some}
    to_onnx(First(decoder), (mask, ids, states), first_inputs, first_outputs, known(first_inputs + first_outputs), path)
    first = onnx.load(path)
    to_onnx(Next(decoder), (mask, ids[:, :1], *caches), next_inputs, next_outputs, known(next_inputs + next_outputs), path)
    onnx.save(merge(first, onnx.load(path)), path)


def merge(first: onnx.ModelProto, following: onnx.ModelProto) -> onnx.ModelProto:
    """One graph with an If over use_cache_branch; constants that both branches hold are stored once."""
    constants: dict = {}  # content -> tensor of the outer graph
    inputs = {i.name: i for graph in (first.graph, following.graph) for i in graph.input}
    inputs["input_ids"] = next(i for i in first.graph.input if i.name == "input_ids")
    outputs = [o.name for o in first.graph.output]

    def branch(graph, prefix):
        rename = {name: name for name in inputs}
        for tensor in graph.initializer:
            key = (tuple(tensor.dims), tensor.data_type, tensor.raw_data)
            if key not in constants:
                constants[key] = onnx.TensorProto()
                constants[key].CopyFrom(tensor)
                constants[key].name = f"constant.{len(constants)}"
            rename[tensor.name] = constants[key].name
        renamed = lambda name: name and rename.get(name, f"{prefix}/{name}")
        nodes = []
        for node in graph.node:
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            copy.name = f"{prefix}/{node.name}"
            copy.input[:] = [renamed(n) for n in node.input]
            copy.output[:] = [renamed(n) for n in node.output]
            nodes.append(copy)
        given = {o.name: o for o in graph.output}
        values = []
        for name in outputs:
            value = onnx.ValueInfoProto()
            if name in given:
                value.CopyFrom(given[name])
            else:  # only the first step has the encoder's keys and values
                empty = helper.make_tensor(f"{prefix}/{name}", TensorProto.FLOAT, [0, 1, 1, 1], [])
                nodes.append(helper.make_node("Constant", [], [f"{prefix}/{name}"], value=empty))
                value.CopyFrom(helper.make_tensor_value_info(name, TensorProto.FLOAT, [0, 1, 1, 1]))
            value.name = f"{prefix}/{name}"
            values.append(value)
        return helper.make_graph(nodes, prefix, [], values)

    following_branch, first_branch = branch(following.graph, "next"), branch(first.graph, "first")
    switch = helper.make_node("If", ["use_cache_branch"], outputs, then_branch=following_branch, else_branch=first_branch)
    flag = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    graph = helper.make_graph([switch], "merged", [*inputs.values(), flag], list(first.graph.output), list(constants.values()))
    model = helper.make_model(graph, opset_imports=first.opset_import, ir_version=min(first.ir_version, 10))
    onnx.checker.check_model(model)
    return model
