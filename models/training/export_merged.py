"""Exports trained weights, or a toy, to the layout of Hugging Face Optimum, float32.

    python export_merged.py WEIGHTS.pt OUT_DIR --spm verso16k.model [--no-attention]
    python export_merged.py --toy PAIRS.tsv[.xz] OUT_DIR

The first form writes what any tool that reads opus-mt models reads. The second trains a network of 0.1 M weights on short
pairs for a few hundred steps (it learns to end sentences, not to translate), with two SentencePiece models and ids unlike
ours, and writes golden.json: what transformers.MarianMTModel makes of some sentences with the same weights.
"""

import argparse
import io
import json
import os
import shutil

import sentencepiece
import torch

import merged_layout
import network


def write(model, directory, with_attention=True, configuration=None, vocabulary=None):
    os.makedirs(directory, exist_ok=True)
    merged_layout.export_encoder(model, os.path.join(directory, "encoder_model.onnx"))
    merged_layout.export_decoder(model, os.path.join(directory, "decoder_model_merged.onnx"), with_attention)
    generation = {k: configuration[k] for k in ("bos_token_id", "decoder_start_token_id", "eos_token_id", "pad_token_id")}
    generation |= {"bad_words_ids": [[configuration["pad_token_id"]]], "max_length": configuration["max_length"], "num_beams": 4}
    tokenizer = {"source_lang": "fr", "target_lang": "en", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>"}
    tokenizer |= {"model_max_length": configuration["max_length"], "tokenizer_class": "MarianTokenizer"}
    for name, content in (
        ("config.json", configuration),
        ("generation_config.json", generation),
        ("tokenizer_config.json", tokenizer),
        ("vocab.json", vocabulary),
    ):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1, ensure_ascii=False)
            out.write("\n")


def configuration(a: network.Architecture, eos: int, pad: int) -> dict:
    sides = {}
    for side, layers in (("encoder", a.encoder_layers), ("decoder", a.decoder_layers)):
        sides |= {f"{side}_layers": layers, f"{side}_attention_heads": a.heads, f"{side}_ffn_dim": a.feed_forward}
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "activation_function": a.activation,
        "d_model": a.d_model,
        **sides,
        "vocab_size": a.vocabulary,
        "max_position_embeddings": a.max_positions,
        "max_length": a.max_positions,
        "scale_embedding": True,
        "static_position_embeddings": True,
        "normalize_embedding": False,
        "normalize_before": False,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        "is_encoder_decoder": True,
        "bos_token_id": eos,
        "eos_token_id": eos,
        "forced_eos_token_id": eos,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
    }


TOY = dict(d_model=32, feed_forward=64, heads=4, encoder_layers=2, decoder_layers=2, activation="swish", max_positions=128)
TOY_EOS, TOY_UNK = 7, 3
SENTENCES = """Le chat dort.
Elle a dit : « Je viens demain. »
Je ne sais pas.
Où est la gare ?
Il fait très froid ce matin.
Tom aime les pommes rouges.
Nous avons mangé du pain et du fromage.
L'été dernier, j'ai vu la mer.
Pourquoi pleures-tu ?
Ça ne fait rien !
Marie travaille à Paris depuis 2019.
Ils sont partis sans dire au revoir à leurs amis.
Voulez-vous un café ?
Mon frère a trois enfants.
C'est la vérité, toute la vérité.
On y va.
Le cœur a ses raisons.
Attention à la marche.
Elle lit un livre que son père lui a donné.
Oui.""".split("\n")


def toy_vocabulary(directory, pairs):
    """Trains source.spm and target.spm; -> piece -> id, with </s>, <unk> and <pad> where opus-mt does not have them."""
    pieces = []
    for side, name, size in ((0, "source", 420), (1, "target", 380)):
        out = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(pair[side] for pair in pairs),
            model_writer=out,
            vocab_size=size,
            character_coverage=1.0 if side == 0 else 0.9995,
            model_type="unigram",
            unk_id=0,
            bos_id=-1,
            eos_id=1,
            num_threads=1,
            minloglevel=2,
        )
        with open(os.path.join(directory, f"{name}.spm"), "wb") as file:
            file.write(out.getvalue())
        model = sentencepiece.SentencePieceProcessor(model_proto=out.getvalue())
        pieces += [model.id_to_piece(i) for i in range(model.get_piece_size())]
    order = [p for p in dict.fromkeys(pieces) if p not in ("</s>", "<unk>")]
    order.insert(TOY_UNK, "<unk>")
    order.insert(TOY_EOS, "</s>")
    return {piece: i for i, piece in enumerate([*order, "<pad>"])}


def train_toy(model, batches, pad, steps):
    optimiser = torch.optim.Adam(model.parameters(), lr=3e-3, betas=(0.9, 0.98))
    for step in range(steps):
        source, target = batches(step)
        start = torch.full((len(target), 1), pad)
        loss, count, _ = model(source, torch.cat([start, target[:, :-1]], 1), target, pad, 0.1)
        (loss / count).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
    return float(loss.detach() / count)


@torch.no_grad()
def log_probabilities(reference, encoded, prefixes, pad):
    """log p(next piece | prefix) for prefixes of one length: pad's logit is banned before the softmax."""
    states = encoded.last_hidden_state.expand(len(prefixes), -1, -1)
    logits = reference(
        encoder_outputs=type(encoded)(last_hidden_state=states), decoder_input_ids=torch.tensor(prefixes)
    ).logits[:, -1]
    logits[:, pad] = -float("inf")
    return torch.log_softmax(logits, -1)


SEARCH = (
    "Sums of natural-log probabilities, pad banned before the softmax, no length penalty. Each step ranks all continuations "
    "of the live hypotheses and goes through the best 2*beam: those that end in eos are finished, the others live on until "
    "there are `beam`. Stops when the best finished sum is at least the best live sum, or after maxLength pieces, eos "
    "included; the best finished hypothesis wins. Greedy is the arg max of each step under the same limit; an output that "
    "reached the limit has no eos."
)


def beam_search(reference, encoded, beam, eos, pad, longest):
    live, finished = [([pad], 0.0)], []
    for _ in range(longest):
        scores = log_probabilities(reference, encoded, [ids for ids, _ in live], pad).double()
        totals = scores + torch.tensor([total for _, total in live]).double()[:, None]
        values, places = totals.flatten().topk(2 * beam)
        following = []
        for total, place in zip(values.tolist(), places.tolist()):
            row, piece = divmod(place, scores.shape[1])
            ids = live[row][0] + [piece]
            if piece == eos:
                finished.append((ids, total))
            elif len(following) < beam:
                following.append((ids, total))
        live = following
        if finished and max(total for _, total in finished) >= live[0][1]:
            break
    ids, total = max(finished or live, key=lambda h: h[1])
    return ids[1:], total


def golden(reference, encode, eos, pad, longest=40):
    cases = []
    for number, text in enumerate(SENTENCES):
        source = encode(text)
        with torch.no_grad():
            encoded = reference.model.encoder(input_ids=torch.tensor([source]))
        greedy = greedy_search(reference, encoded, eos, pad, longest)
        best, total = beam_search(reference, encoded, 4, eos, pad, longest)
        probe = [0, 1, eos, 10, 100, 400]
        with torch.no_grad():
            first = reference(encoder_outputs=encoded, decoder_input_ids=torch.tensor([[pad]])).logits[0, 0]
            forced = reference(
                encoder_outputs=encoded, decoder_input_ids=torch.tensor([[pad, *greedy[:-1]]]), output_attentions=True
            )
        case = {
            "text": text,
            "sourceIds": source,
            "greedyIds": greedy,
            "beam4Ids": best,
            "beam4LogProb": total,
            "firstLogits": {str(i): float(first[i]) for i in probe},
        }
        if number == 1:
            case["crossAttentionLastLayer"] = [
                [[round(v, 7) for v in row] for row in head] for head in forced.cross_attentions[-1][0].tolist()
            ]
        cases.append(case)
    return {"search": SEARCH, "beam": 4, "maxLength": longest, "cases": cases}


def greedy_search(reference, encoded, eos, pad, longest):
    ids = [pad]
    while len(ids) <= longest and ids[-1] != eos:
        ids.append(int(log_probabilities(reference, encoded, [ids], pad).argmax()))
    return ids[1:]


def export_toy(pairs_path, directory, steps):
    from transformers import MarianConfig, MarianMTModel

    import pairs as training_text

    torch.manual_seed(7)
    os.makedirs(directory, exist_ok=True)
    rows = ((s, t) for name, s, t in training_text.read_pairs(pairs_path) if name in ("tatoeba_anki", "pairs"))
    pairs = [(s, t) for s, t in rows if len(s) < 60 and len(t) < 60][:20000]
    vocabulary = toy_vocabulary(directory, pairs)
    unk, eos, pad = vocabulary["<unk>"], vocabulary["</s>"], vocabulary["<pad>"]
    models = [sentencepiece.SentencePieceProcessor(model_file=os.path.join(directory, f"{n}.spm")) for n in ("source", "target")]
    encode = lambda text, side=0: [vocabulary.get(p, unk) for p in models[side].encode(text, out_type=str)] + [eos]
    model = network.Marian(network.Architecture(vocabulary=len(vocabulary), **TOY))

    def batches(step):
        some = [pairs[(step * 64 + i) % len(pairs)] for i in range(64)]
        return [
            torch.nn.utils.rnn.pad_sequence([torch.tensor(encode(pair[side], side)) for pair in some], True, pad)
            for side in (0, 1)
        ]

    print("loss", train_toy(model, batches, pad, steps))
    config = configuration(model.architecture, eos, pad)
    write(model, directory, True, config, vocabulary)
    silent = directory.rstrip("/") + "-noattention"
    os.makedirs(silent, exist_ok=True)
    merged_layout.export_decoder(model, os.path.join(silent, "decoder_model_merged.onnx"), False)
    reference = MarianMTModel(MarianConfig(**config, attn_implementation="eager"))
    missing, unexpected = reference.load_state_dict(network.to_hugging_face(model.state_dict(), model.architecture), strict=False)
    assert not unexpected and not missing, (missing, unexpected)
    reference.eval()
    with open(os.path.join(directory, "golden.json"), "w", encoding="utf-8") as out:
        json.dump(golden(reference, encode, eos, pad), out, ensure_ascii=False, indent=1)
        out.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", nargs="?")
    parser.add_argument("directory")
    parser.add_argument("--spm")
    parser.add_argument("--no-attention", action="store_true", help="leave the cross_attentions outputs out")
    parser.add_argument("--toy", metavar="PAIRS")
    parser.add_argument("--toy-steps", type=int, default=800)
    arguments = parser.parse_args()
    if arguments.toy:
        export_toy(arguments.toy, arguments.directory, arguments.toy_steps)
        return
    model = network.load(torch.load(arguments.weights, map_location="cpu")["model"])
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=arguments.spm)
    pad, eos = tokenizer.get_piece_size(), tokenizer.eos_id()
    vocabulary = {tokenizer.id_to_piece(i): i for i in range(pad)} | {"<pad>": pad}
    write(model, arguments.directory, not arguments.no_attention, configuration(model.architecture, eos, pad), vocabulary)
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(arguments.spm, os.path.join(arguments.directory, name))


if __name__ == "__main__":
    main()
