"""Exports trained weights to the fast layout: verso.spm, encoder.onnx, decoder.onnx, manifest.json.

    python export.py WEIGHTS.pt OUT_DIR --spm verso16k.model [--words words.txt.gz] [--translated translated.txt.gz]
        [--lexicon lexicon.txt.gz] [--ngrams ngrams.bin] [--fp32] [--check SOURCE REFERENCE --lines 200]

WEIGHTS.pt holds {'model': state dict, 'step': …, 'seen': target tokens, 'placeholders': piece ids, …} as train.py
writes it. `--words`, `--translated` and `--lexicon`, as prepare.py writes them, and `--ngrams`, as ngrams.py does, keep a
search from words that do not exist, from losing names, from pieces that nothing in the source leads to, and from what is
not said in English. `--check` translates with the exported graphs and with PyTorch and prints both scores, the largest
difference of the log-probabilities, and how much a sentence's neighbours move them.
"""

import argparse
import datetime
import hashlib
import json
import os
import shutil
import tempfile

import numpy as np
import sentencepiece
import torch

import fast_layout
import int8
import network

LICENCE = (
    "research and non-commercial use: part of the training text is CC BY-NC(-SA), CC BY-SA, GPL, research-only or "
    "without a stated licence, see README.md"
)
# files that a search uses, not the network
BESIDE = {
    "words": "words.txt.gz",
    "translated": "translated.txt.gz",
    "lexicon": "lexicon.txt.gz",
    "ngrams": "ngrams.bin",
}
DATA = "collected French-English pairs, 2026-11-23: see README.md"


def export(model: network.Marian, directory: str, pad: int, quantised: bool):
    """Writes encoder.onnx and decoder.onnx."""
    for name, write in (
        ("encoder.onnx", lambda path: fast_layout.export_encoder(model, path, quantised)),
        ("decoder.onnx", lambda path: fast_layout.export_decoder(model, path, pad, quantised)),
    ):
        path = os.path.join(directory, name)
        if not quantised:
            write(path)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            plain = os.path.join(scratch, name)
            write(plain)
            int8.quantise(plain, path)


def manifest(directory: str, checkpoint: dict, model: network.Marian, eos: int, unk: int, pad: int, quantised: bool, beside: dict) -> dict:
    a = model.architecture
    files = ["verso.spm", "encoder.onnx", "decoder.onnx", *beside.values()]
    paths = {name: os.path.join(directory, name) for name in files}
    size = network.preset_of(checkpoint["model"])
    seen = int(checkpoint.get("seen", 0))
    languages = {"fr": "French", "en": "English"}
    source, target = reversed(languages) if checkpoint.get("exchange") else languages
    return {
        "formatVersion": 1,
        "id": f"verso-{source}-{target}-{size}-{round(seen / 1e6)}m-{'int8' if quantised else 'fp32'}",
        "name": f"Verso {languages[source]} to {languages[target]}, {size}",
        "source": source,
        "target": target,
        "layout": "fast",
        "license": LICENCE,
        "data": DATA,
        "architecture": {
            "d_model": a.d_model,
            "heads": a.heads,
            "encoderLayers": a.encoder_layers,
            "decoderLayers": a.decoder_layers,
            "vocabularySize": a.vocabulary,
            "maxPositions": a.max_positions,
        },
        "tokens": {"eos": eos, "unk": unk, "pad": pad, "start": pad},
        "tokenizer": {"source": "verso.spm", "target": "verso.spm"},
        "files": {"encoder": "encoder.onnx", "decoder": "decoder.onnx", **beside},
        "sha256": {name: hashlib.sha256(open(path, "rb").read()).hexdigest() for name, path in paths.items()},
        "bytes": {name: os.path.getsize(path) for name, path in paths.items()},
        "trained": {
            "targetTokens": seen,
            "steps": int(checkpoint.get("step", 0)),
            "date": datetime.date.today().isoformat(),
        },
        "placeholders": [int(i) for i in checkpoint.get("placeholders", [])],
        "attentionShift": 1,
    }


def read_card(directory: str) -> dict:
    path = os.path.join(directory, "manifest.json")
    if not os.path.exists(path):
        raise SystemExit(f"{directory} is no exported model: it has no manifest.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def weights_of(directory: str):
    """The inverse of `export`: (state dict, counts as train.py saves them), 8-bit values scaled back to float32."""
    import onnx
    from onnx import numpy_helper

    card = read_card(directory)
    sides = {}
    for side in ("encoder", "decoder"):
        graph = onnx.load(os.path.join(directory, f"{side}.onnx")).graph
        arrays = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
        found = sides[side] = {}
        for node in graph.node:  # products are named by the module that makes them: /layers.0/qkv/MatMul_output_0
            if "MatMul" in node.op_type:
                parts = node.name.strip("/").split("/") if node.op_type == "MatMul" else node.input[1].strip("/").split("/")
                name = ".".join(parts[:-1]) or "output"
                if node.op_type == "MatMulIntegerToFloat":
                    found[name] = arrays[node.input[1]].float() * arrays[node.input[3]]
                elif node.input[1] in arrays and arrays[node.input[1]].ndim == 2:
                    found[name] = arrays[node.input[1]]
        found |= {name: value for name, value in arrays.items() if name.endswith((".bias", "norm1.weight", "norm2.weight", "norm3.weight")) or name == "bias"}
        table = arrays["embedding.table"].float()
        found["table"] = table * arrays["embedding.scale"] if "embedding.scale" in arrays else table
    a = card["architecture"]
    d_model, scale = a["d_model"], (a["d_model"] // a["heads"]) ** -0.5
    weights = {"shared.weight": sides["decoder"]["table"] / d_model**0.5, "final_logits_bias": sides["decoder"]["bias"].clone()}
    weights["final_logits_bias"][card["tokens"]["pad"]] = 0

    def put(target, found, name, projections, first_scale=1.0):
        parts = zip(projections, found[name].chunk(len(projections), 1), found[f"{name}.bias"].chunk(len(projections)))
        for i, (projection, weight, bias) in enumerate(parts):
            factor = first_scale if i == 0 else 1.0
            weights[f"{target}.{projection}.weight"] = weight.t().contiguous() / factor
            weights[f"{target}.{projection}.bias"] = bias / factor

    for side, layers in (("encoder", a["encoderLayers"]), ("decoder", a["decoderLayers"])):
        found = sides[side]
        for i in range(layers):
            layer, own = f"{side}.{i}", f"layers.{i}"
            put(f"{layer}.self_attn", found, f"{own}.qkv", ["q_proj", "k_proj", "v_proj"], scale)
            put(f"{layer}.self_attn", found, f"{own}.out", ["out_proj"])
            norms = ["self_attn_layer_norm", "final_layer_norm"]
            if side == "decoder":
                norms.insert(1, "encoder_attn_layer_norm")
                put(f"{layer}.encoder_attn", found, f"{own}.cross_query", ["q_proj"], scale)
                put(f"{layer}.encoder_attn", found, f"{own}.cross_out", ["out_proj"])
                put(f"{layer}.encoder_attn", sides["encoder"], f"cross.{i}", ["k_proj", "v_proj"])
            for number, norm in enumerate(norms, 1):
                for part in ("weight", "bias"):
                    weights[f"{layer}.{norm}.{part}"] = found[f"{own}.norm{number}.{part}"]
            for name in ("fc1", "fc2"):
                put(layer, found, f"{own}.{name}", [name])
    if "aligner" in sides["decoder"]:
        put("aligner", sides["decoder"], "aligner", ["q_proj"], (d_model // 2) ** -0.5)
        put("aligner", sides["encoder"], "aligner", ["k_proj"])
    counts = {"step": card["trained"]["steps"], "seen": card["trained"]["targetTokens"], "placeholders": card["placeholders"]}
    return weights, counts


class Session:
    """The exported graphs in ONNX Runtime, as a check and back-translation need them."""

    def __init__(self, directory: str):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self.encoder, self.decoder = (
            onnxruntime.InferenceSession(os.path.join(directory, f"{part}.onnx"), options, ["CPUExecutionProvider"])
            for part in ("encoder", "decoder")
        )
        card = read_card(directory)
        a = card["architecture"]
        self.heads, self.head_size, self.layers = a["heads"], a["d_model"] // a["heads"], a["decoderLayers"]
        self.pad, self.eos = card["tokens"]["pad"], card["tokens"]["eos"]

    def encode(self, rows: list):
        width = max(map(len, rows)) + 1
        ids = np.full((len(rows), width), self.pad, np.int64)
        for i, row in enumerate(rows):
            ids[i, : len(row) + 1] = row + [self.eos]
        mask = (ids != self.pad).astype(np.int64)
        names = [*fast_layout.cache_names("cross", self.layers), "aligner.key"]
        return mask, dict(zip(names, self.encoder.run(names, {"input_ids": ids, "attention_mask": mask})))

    def step(self, mask, cross, ids, past=None, sentences=None, beams=None, wanted=None, k=1) -> dict:
        if past is None:
            empty = np.zeros((len(ids), self.heads, 0, self.head_size), np.float32)
            past = {name: empty for name in fast_layout.cache_names("past", self.layers)}
        feed = {
            "input_ids": ids,
            "attention_mask": mask,
            "sentence_idx": np.arange(len(mask)) if sentences is None else sentences,
            "beam_idx": np.arange(len(ids)) if beams is None else beams,
            "wanted_ids": np.zeros((*ids.shape, 0), np.int64) if wanted is None else wanted,
            "k": np.array([k], np.int64),
            **cross,
            **past,
        }
        names = fast_layout.FastDecoder.output_names(self.layers)
        return dict(zip(names, self.decoder.run(names, feed)))

    def greedy(self, rows: list, batch: int = 32) -> list:
        results: list = [[] for _ in rows]
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            mask, cross = self.encode([rows[i] for i in some])
            ids, past = np.full((len(some), 1), self.pad, np.int64), None
            alive, sentences, beams = list(some), np.arange(len(some)), None
            for _ in range(int(mask.shape[1] * 1.6) + 10):
                out = self.step(mask, cross, ids, past, sentences, beams)
                best = out["topk_ids"][:, 0, 0]
                past = {n.replace("present", "past"): v for n, v in out.items() if n.startswith("present")}
                beams = np.flatnonzero(best != self.eos)
                for row in beams:
                    results[alive[row]].append(int(best[row]))
                alive = [alive[row] for row in beams]
                if not alive:
                    break
                ids, sentences = best[beams][:, None], sentences[beams]
        return results


def check(directory, model, tokenizer, pad, eos, source, reference, lines):
    import sacrebleu

    read = lambda path: open(path, encoding="utf-8").read().split("\n")[:-1]
    texts, references = read(source), read(reference)
    picked = [i * len(texts) // lines for i in range(min(lines, len(texts)))]
    texts, references = [texts[i] for i in picked], [references[i] for i in picked]
    rows = tokenizer.encode(texts)
    session = Session(directory)

    def score(name, outputs):
        lines_out = tokenizer.decode(outputs)
        bleu, chrf = sacrebleu.corpus_bleu(lines_out, [references]), sacrebleu.corpus_chrf(lines_out, [references])
        print(f"{name}: BLEU {bleu.score:.2f} chrF {chrf.score:.2f}", flush=True)

    exported = session.greedy(rows)
    plain = network.greedy(model, rows, eos, pad)
    score("exported", exported)
    score("pytorch fp32", plain)
    print(f"same output: {sum(a == b for a, b in zip(exported, plain))} of {len(rows)}")

    some = rows[:16]
    targets = [row[:40] + [eos] for row in plain[:16]]
    width = max(map(len, targets))
    shifted, wanted = np.full((16, width), pad, np.int64), np.zeros((16, width, 1), np.int64)
    for i, row in enumerate(targets):
        shifted[i, 1 : len(row)], wanted[i, : len(row), 0] = row[:-1], row
    mask, cross = session.encode(some)
    forced = session.step(mask, cross, shifted, wanted=wanted, k=2)["wanted_logprob"][..., 0]
    with torch.no_grad():
        ids = torch.full(mask.shape, pad)
        for i, row in enumerate(some):
            ids[i, : len(row) + 1] = torch.tensor(row + [eos])
        memory, additive = model.eval().encode(ids, pad)
        logits = model.logits(model.decode(torch.from_numpy(shifted), memory, additive)[0])
        logits[..., pad] = fast_layout.BANNED
        exact = torch.log_softmax(logits, -1).gather(2, torch.from_numpy(wanted))[..., 0].numpy()
    real = np.array([[j < len(row) for j in range(width)] for row in targets])
    print(f"log-probabilities against fp32: max {np.abs(forced - exact)[real].max():.4f} mean {np.abs(forced - exact)[real].mean():.4f}")
    moved = 0.0
    for i, row in enumerate(some):
        alone_mask, alone_cross = session.encode([row])
        n = len(targets[i])
        alone = session.step(alone_mask, alone_cross, shifted[i : i + 1, :n], wanted=wanted[i : i + 1, :n])
        moved = max(moved, float(np.abs(alone["wanted_logprob"][0, :, 0] - forced[i, :n]).max()))
    print(f"a row of the batch against the same row alone: max {moved:.6f}")
    stepped, past = [], None
    for t in range(width):
        out = session.step(mask, cross, shifted[:, t : t + 1], past, wanted=wanted[:, t : t + 1])
        past = {n.replace("present", "past"): v for n, v in out.items() if n.startswith("present")}
        stepped.append(out["wanted_logprob"][:, 0, 0])
    print(f"step by step against forced: max {np.abs(np.stack(stepped, 1) - forced)[real].max():.6f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("directory")
    parser.add_argument("--spm", required=True)
    for name in BESIDE:
        parser.add_argument(f"--{name}")
    parser.add_argument("--fp32", action="store_true", help="no quantisation")
    parser.add_argument("--check", nargs=2, metavar=("SOURCE", "REFERENCE"))
    parser.add_argument("--lines", type=int, default=200, help="evenly spread lines of the check set")
    arguments = parser.parse_args()

    checkpoint = torch.load(arguments.weights, map_location="cpu")
    if "aligner.q_proj.weight" not in checkpoint["model"]:
        raise SystemExit(f"{arguments.weights} has no aligner: train on with --init {arguments.weights}")
    model = network.load(checkpoint["model"])
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=arguments.spm)
    pad, eos, unk = tokenizer.get_piece_size(), tokenizer.eos_id(), tokenizer.unk_id()
    if model.architecture.vocabulary != pad + 1:
        raise SystemExit(f"{arguments.weights} has {model.architecture.vocabulary} pieces, {arguments.spm} {pad} and a pad")
    os.makedirs(arguments.directory, exist_ok=True)
    export(model, arguments.directory, pad, not arguments.fp32)
    shutil.copyfile(arguments.spm, os.path.join(arguments.directory, "verso.spm"))
    beside = {name: file for name, file in BESIDE.items() if getattr(arguments, name)}
    for name, file in beside.items():
        shutil.copyfile(getattr(arguments, name), os.path.join(arguments.directory, file))
    card = manifest(arguments.directory, checkpoint, model, eos, unk, pad, not arguments.fp32, beside)
    with open(os.path.join(arguments.directory, "manifest.json"), "w", encoding="utf-8") as out:
        json.dump(card, out, indent=2, ensure_ascii=False)
        out.write("\n")
    print(json.dumps(card["bytes"]))
    if arguments.check:
        check(arguments.directory, model, tokenizer, pad, eos, *arguments.check, arguments.lines)


if __name__ == "__main__":
    main()
