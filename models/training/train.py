"""Trains a Marian network on prepared arrays, on a CPU or on CUDA. Resumes, logs, keeps an average of the weights.

    python train.py --data PREPARED --out RUN --spm verso16k.model [--init models/fr-en | WEIGHTS.pt] …

RUN/last.pt is the whole state (weights, optimiser, average, counts): the same command goes on from it. RUN/ema.pt holds
the averaged weights, for export.py. RUN/log.txt gets what is printed. The learning rate warms up, then falls with the
inverse square root of the steps to `--least-rate`; `--decay-tokens N` instead takes it linearly to zero over the next N
target tokens and then ends: give it another RUN and `--branch RUN_A/last.pt`, so that the undecayed state remains to go
on from.
The reported nll holds its label smoothing: its floor is not 0. Of the two losses of word links, the first is that of the
guided head, the second that of the aligner, both for each linked target piece.
"""

import argparse
import ctypes
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
import sentencepiece
import torch

import grow
import network
from augment import Codec
from optimisers import optimiser
from prepare import load_links, offsets


class Batches(torch.utils.data.IterableDataset):
    """Batches of about `tokens` source and as many target pieces, of like lengths; rows are drawn by their weight.

    A share `resample` of the source words is cut into other pieces each time, drawn from all cuts of the tokenizer's
    unigram model (Kudo, 2018), so that what is learnt of a word reaches the rare ones that share its pieces. With `exchange`
    English is the source and French the target."""

    SHARPNESS = 0.2  # exponent of a cut's probability: at 1 nearly every word would come as it is

    def __init__(self, directory, links_path, tokenizer, tokens, seed, shortlist, resample=0.0, exchange=False):
        super().__init__()
        eos, pad = tokenizer.eos_id(), tokenizer.get_piece_size()
        self.tokenizer, self.resample = tokenizer, resample
        self.begins = np.array([tokenizer.id_to_piece(i).startswith("\u2581") for i in range(pad)])
        # the same piece without a word's beginning: none (-1) for most, nothing (pad) for the bare beginning
        bare = [tokenizer.id_to_piece(i)[1:] if begins else "" for i, begins in enumerate(self.begins)]
        known = [tokenizer.piece_to_id(piece) if piece else tokenizer.unk_id() for piece in bare]
        self.within = [-1 if i == tokenizer.unk_id() else i for i in known]
        self.within[tokenizer.piece_to_id("\u2581")] = pad
        self.letters = np.array([tokenizer.id_to_piece(i)[int(begins) :].isalpha() for i, begins in enumerate(self.begins)])
        self.letters[tokenizer.piece_to_id("\u2581")] = True
        with open(os.path.join(directory, "prepared.json"), encoding="utf-8") as file:
            self.without = json.load(file)["without"]
        base, made = (np.load(os.path.join(directory, f"{name}.npz")) for name in ("tokens", "made"))
        weight = np.load(os.path.join(directory, "weights.npz"))["weight"]
        self.s, self.t = np.concatenate([base["s"], made["s"]]), np.concatenate([base["t"], made["t"]])
        self.sl, self.tl = np.concatenate([base["sl"], made["sl"]]), np.concatenate([base["tl"], made["tl"]])
        self.weight = np.concatenate([weight, np.ones(len(made["sl"]), np.float32)])
        self.rows, self.first_made = base["row"], len(base["sl"])
        at, links = load_links(links_path)
        made_links = made["links"]
        if exchange:
            self.s, self.t, self.sl, self.tl = self.t, self.s, self.tl, self.sl
            links, made_links = links[:, ::-1], made_links[:, ::-1]
            for arrays, weight in ((base, self.weight[: self.first_made]), (made, self.weight[self.first_made :])):
                barred = [i for i, name in enumerate(arrays["names"]) if not good_french(str(name))]
                weight[np.isin(arrays["n"], barred)] = 0
        self.so, self.to = offsets(self.sl), offsets(self.tl)
        self.links = at, links
        self.made_links = (offsets(made["links_per_row"]), made_links)
        self.eos, self.pad, self.tokens, self.seed, self.shortlist = eos, pad, tokens, seed, shortlist
        self.frequent = np.argsort(-np.bincount(self.t, minlength=pad))[:shortlist]

    def links_of(self, place):
        if place >= self.first_made:
            (at, links), row = self.made_links, place - self.first_made
        else:
            (at, links), row = self.links, int(self.rows[place])
        return links[at[row] : at[row + 1]] if row < len(at) - 1 else links[:0]

    def cut_anew(self, x, rng):
        """(ids, where the piece that stood at i begins now and ends: [len(x), 2]); a cut word's pieces share its place."""
        letters, begins = self.letters[x], self.begins[x]
        starts = np.flatnonzero(begins | (letters != np.roll(letters, 1)) | (np.arange(len(x)) == 0))
        words = np.stack([starts, np.append(starts[1:], len(x))], 1)
        words = words[letters[starts] & (rng.random(len(words)) < self.resample)]
        texts = self.tokenizer.decode([x[start:end].tolist() for start, end in words])
        cuts = self.tokenizer.encode(texts, enable_sampling=True, alpha=self.SHARPNESS, nbest_size=-1)
        ids, places, done = [], np.stack([np.arange(len(x)), np.arange(1, len(x) + 1)], 1), 0
        for (start, end), cut in zip(words.tolist(), cuts):
            if cut and not begins[start]:  # an elided article before it
                first = self.within[cut[0]]
                cut = cut[1:] if first == self.pad else [first, *cut[1:]]
                cut = [] if first < 0 else cut
            if not cut:
                continue
            ids.extend(x[done:start])
            moved = len(ids) + len(cut) - end
            places[start:end] = len(ids), len(ids) + len(cut)
            places[end:] = np.stack([np.arange(end, len(x)), np.arange(end + 1, len(x) + 1)], 1) + moved
            ids.extend(cut)
            done = end
        return np.array([*ids, *x[done:]], np.int64), places

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        number, workers = (worker.id, worker.num_workers) if worker else (0, 1)
        rng = np.random.default_rng([self.seed, number])
        while True:
            times = np.floor(self.weight + rng.random(len(self.weight), np.float32)).astype(np.int64)
            drawn = np.repeat(np.arange(len(times)), times)
            rng.shuffle(drawn)
            drawn = drawn[number::workers]
            for start in range(0, len(drawn), 100000):
                part = drawn[start : start + 100000]
                part = part[np.lexsort((rng.random(len(part)), self.tl[part], self.sl[part] // 3))]
                batches = self.cut(part)
                for b in rng.permutation(len(batches)):
                    yield self.collate(batches[b], rng)

    def cut(self, part):
        batches, start, longest_s, longest_t = [], 0, 0, 0
        for i, (x, y) in enumerate(zip(self.sl[part].tolist(), self.tl[part].tolist())):
            longest_s, longest_t = max(longest_s, x), max(longest_t, y)
            if (longest_s + longest_t + 2) * (i - start + 1) > 2 * self.tokens and i > start:
                batches.append(part[start:i])
                start, longest_s, longest_t = i, x, y
        return [*batches, part[start:]]

    def collate(self, batch, rng):
        count = len(batch)
        french = [self.s[self.so[place] : self.so[place + 1]] for place in batch]
        moved = [None] * count
        if self.resample:
            french, moved = zip(*(self.cut_anew(x, rng) for x in french))
        source = np.full((count, max(map(len, french)) + 1), self.pad, np.int64)
        target_in = np.full((count, int(self.tl[batch].max()) + 1), self.pad, np.int64)
        target_out = target_in.copy()
        links = []
        for k, place in enumerate(batch):
            x, y = french[k], self.t[self.to[place] : self.to[place + 1]]
            source[k, : len(x)], source[k, len(x)] = x, self.eos
            target_out[k, : len(y)], target_out[k, len(y)] = y, self.eos
            target_in[k, 1 : len(y) + 1] = y
            own = self.links_of(place)
            own = own[(own[:, 0] < self.sl[place]) & (own[:, 1] < len(y))]
            if len(own) and moved[k] is not None:
                spans = moved[k][own[:, 0]]
                own = np.array(sorted({(x, y) for (a, b), y in zip(spans.tolist(), own[:, 1].tolist()) for x in range(a, b)}))
            if len(own):
                per_target = np.bincount(own[:, 1], minlength=len(y))
                links.append(np.stack([np.full(len(own), k), own[:, 1], own[:, 0], 1 / per_target[own[:, 1]]], 1))
        links = torch.from_numpy(np.concatenate(links).astype(np.float32)) if links else torch.zeros(0, 4)
        candidates = torch.zeros(0, dtype=torch.long)
        if self.shortlist:
            some = rng.integers(0, self.pad, self.shortlist // 4)
            candidates = torch.from_numpy(np.unique(np.concatenate([self.frequent, target_out[target_out != self.pad], some])))
        return *(torch.from_numpy(a) for a in (source, target_in, target_out)), links, candidates


def good_french(name):
    """Whether the French of a source is as people write it: neither a machine's nor deliberately sloppy or in capitals."""
    return name in ("made_joined", "made_fragment") or not name.startswith(("back_", "made_", "aug_caps", "aug_nostop"))


def bf16_is_faster(seconds=0.3):
    """Whether the processor multiplies bf16 faster than fp32, by trial: what it claims does not tell. Of those with
    AVX512-BF16 a Zen 5 does 380 GFLOP/s a core, a Xeon whose matrix unit is hidden 83, where fp32 does 150."""
    rates = {}
    for kind in (torch.bfloat16, torch.float32):
        x, weight = torch.randn(2048, 384).to(kind), torch.randn(384, 1536).to(kind)
        x @ weight
        began, products = time.process_time(), 0
        while time.process_time() - began < seconds:
            x @ weight
            products += 1
        rates[kind] = products / (time.process_time() - began)
    return rates[torch.bfloat16] > rates[torch.float32]


def keep_memory():
    """Lets the C library keep what is freed. By itself it returns every large tensor to the system, which hands out its
    pages one by one, zeroed, to the next: on two Zen 5 cores that took 40 % of a step."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return  # not glibc
    trim_threshold, top_pad, mmap_max = -1, -2, -4
    mallopt(mmap_max, 0)
    mallopt(trim_threshold, 2**31 - 1)
    mallopt(top_pad, 2**28)


def spread(lines, count):
    """`count` lines at even distances: the first lines of a test set are not like the rest."""
    return lines if count >= len(lines) else [lines[i * len(lines) // count] for i in range(count)]


class Average:
    """Exponential moving average of the weights, with a horizon that grows with the steps up to 1 / (1 - limit)."""

    def __init__(self, parameters, limit):
        self.limit, self.values = limit, [p.detach().clone() for p in parameters]

    @torch.no_grad()
    def update(self, parameters, step):
        torch._foreach_lerp_(self.values, list(parameters), 1 - min(self.limit, (step + 1) / (step + 10)))

    def swapped_into(self, parameters):
        """Exchanges weights and average: call twice."""
        with torch.no_grad():
            for p, value in zip(parameters, self.values):
                kept = p.detach().clone()
                p.copy_(value)
                value.copy_(kept)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--data", required=True, help="what prepare.py wrote")
    add("--links", required=True, help="packed word links of the first rows")
    add("--spm", required=True)
    add("--out", required=True)
    add("--init", help="weights to begin with: a .pt file, or a directory with an exported model; narrower ones are grown")
    add("--branch", help="whole state to begin with, of another run")
    add("--preset", default="tiny", choices=sorted(network.PRESETS))
    add("--optimiser", default="adam", choices=["adam", "muon"])
    add("--rate", type=float, default=1e-3, help="highest learning rate")
    add("--least-rate", type=float, default=0.0, help="the rate falls no further before its decay")
    add("--warmup", type=int, default=1500)
    add("--steps-before", type=int, default=0, help="steps already in --init, for the learning rate")
    add("--tokens", type=int, default=4096, help="pieces a side and batch")
    add("--shortlist", type=int, default=0, help="CPU: softmax over the batch's pieces, so many frequent and some random ones")
    add("--align-weight", type=float, default=0.1)
    add("--smoothing", type=float, default=0.1)
    add("--exchange", action="store_true", help="from English into French: a network for back.py")
    add("--resample", type=float, default=0.0, help="share of the source words that are cut into other pieces each time")
    add("--dropout", type=float, default=0.0)
    add("--average", type=float, default=0.999)
    add("--decay-tokens", type=float, default=0)
    add("--decay-minutes", type=float, default=0, help="the same by the clock of this process: for shared machines")
    add("--decay-last", type=float, default=0, help="share of --minutes, at its end, in which the rate falls to zero")
    add("--end-tokens", type=float, default=float("inf"), help="end after so many target tokens in all")
    add("--end-steps", type=int, default=sys.maxsize)
    add("--minutes", type=float, default=float("inf"))
    add("--save-minutes", type=float, default=15)
    add("--log-steps", type=int, default=50)
    add("--check", nargs=2, metavar=("SOURCE", "REFERENCE"))
    add("--check-lines", type=int, default=300)
    add("--seed", type=int, default=1)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--precision", choices=["auto", "bf16", "fp32"], default="auto")
    add("--compile", action="store_true", help="PyTorch's compiler: minutes at first, faster then; for accelerators")
    add("--workers", type=int, default=-1)
    add("--processes", type=int, default=1, help="batches worked side by side, their gradients averaged: for CPUs, one a core")
    return parser.parse_args()


class Together:
    """Processes of one training run: all hold the same weights, each works on its own batch, the first one leads.

    The first starts the others with its own arguments; they find each other by a file and end with it.
    """

    def __init__(self, count, out):
        self.count, self.rank = count, int(os.environ.get("VERSO_RANK", 0))
        self.others, self.shared = [], None
        if count == 1:
            return
        meeting = os.environ.get("VERSO_MEETING") or os.path.abspath(os.path.join(out, f"meeting.{os.getpid()}"))
        if self.rank == 0:
            environment = lambda rank: {**os.environ, "VERSO_RANK": str(rank), "VERSO_MEETING": meeting}
            self.others = [subprocess.Popen([sys.executable, *sys.argv], env=environment(r)) for r in range(1, count)]
        # the first one may report for long while the others wait
        patience = datetime.timedelta(hours=2)
        torch.distributed.init_process_group("gloo", f"file://{meeting}", patience, count, self.rank)

    def from_the_first(self, *numbers):
        """What the first process says, in all of them."""
        if self.count == 1:
            return numbers
        told = torch.tensor(numbers, dtype=torch.float64) * (self.rank == 0)
        torch.distributed.all_reduce(told)
        return told.tolist()

    @torch.no_grad()
    def average(self, parameters, sums):
        """Gradients become their mean over the processes, sums their sum."""
        if self.count == 1:
            return sums
        for p in parameters:
            if p.grad is None:
                p.grad = torch.zeros_like(p)
        sizes = [p.numel() for p in parameters] + [len(sums)]
        if self.shared is None:
            self.shared = self.map(sum(sizes))
        mine = self.shared[self.rank]
        torch.cat([p.grad.reshape(-1) for p in parameters] + [sums], out=mine)
        self.meet()
        *gradients, sums = sum(self.shared[1:], self.shared[0]).split(sizes)
        self.meet()
        for p, gradient in zip(parameters, gradients):
            torch.div(gradient.view_as(p), self.count, out=p.grad)
        return sums

    def map(self, size):
        """One vector for each process, in memory that all see: faster than sending them."""
        names = [None] * self.count
        directory = "/dev/shm" if os.path.isdir("/dev/shm") else None
        with tempfile.NamedTemporaryFile(dir=directory) as file:
            torch.distributed.all_gather_object(names, file.name)
            shared = [torch.from_file(name, shared=True, size=size) for name in names]
            self.meet()
        return shared

    def meet(self):
        torch.distributed.all_reduce(torch.zeros(1))

    def end(self):
        if self.count > 1:
            torch.distributed.destroy_process_group()
        for other in self.others:
            other.wait()


def main():
    a = parse()
    if a.decay_last and not a.minutes < float("inf"):
        raise SystemExit("--decay-last is a share of --minutes: name them, too")
    keep_memory()
    os.makedirs(a.out, exist_ok=True)
    together = Together(a.processes, a.out)
    log = open(os.path.join(a.out, "log.txt"), "a", encoding="utf-8")

    def say(text):
        if together.rank:
            return
        print(text, flush=True)
        log.write(text + "\n")
        log.flush()

    torch.manual_seed(a.seed)
    torch.backends.cuda.matmul.allow_tf32 = True
    device = a.device
    bf16 = a.precision == "bf16" or a.precision == "auto" and (device == "cuda" or bf16_is_faster())
    bf16 = bool(together.from_the_first(float(bf16))[0])
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=a.spm)
    codec = Codec(tokenizer)
    pad, eos = tokenizer.get_piece_size(), tokenizer.eos_id()
    model = network.Marian(network.preset(a.preset, pad + 1), a.dropout).to(device)
    named = sorted(model.named_parameters(), key=lambda named: named[0].startswith("aligner."))  # the aligner last
    names, parameters = [n for n, _ in named], [p for _, p in named]
    own = [p for n, p in named if not n.startswith("aligner.")]
    steps_of = optimiser(a.optimiser, named, bf16, together)
    average = Average(parameters, a.average)
    step = seen = 0
    steps_before, decay_from = a.steps_before, None
    last = os.path.join(a.out, "last.pt")
    start = last if os.path.exists(last) else a.branch
    if start:
        state = torch.load(start, map_location=device)
        if state.get("exchange", False) != a.exchange:
            raise SystemExit(f"{start} was trained {'with' if not a.exchange else 'without'} --exchange: go on as it began")
        network.fill(model, state["model"])
        steps_of.load(state["optimiser"])
        average.values[: len(state["ema"])] = [v.to(device) for v in state["ema"]]
        step, seen, steps_before = state["step"], state["seen"], state["offset"]
        decay_from = state.get("decay_from")
        say(f"goes on from {start}: step {step}, {seen / 1e6:.1f}M target tokens")
        del state
    elif a.init:
        saved = grow.read(a.init)
        network.fill(model, grow.to_fit(saved["model"], model.architecture))
        seen = int(saved.get("seen", 0))
        steps_before = steps_before or int(saved.get("step", 0))
        average.values = [p.detach().clone() for p in parameters]
        say(f"begins with {a.init}: {seen / 1e6:.1f}M target tokens")
    if a.decay_tokens and decay_from is None:
        decay_from = seen
    warm_from = step if not start else step - 10**9  # a fresh optimiser warms up again, shortly
    data = Batches(a.data, a.links, tokenizer, a.tokens, a.seed + step + 7919 * together.rank, a.shortlist, a.resample, a.exchange)
    say(f"{sum(p.numel() for p in parameters)} parameters, {len(data.sl)} pairs, {device}, {'bf16' if bf16 else 'fp32'}, {a.optimiser}; {json.dumps(vars(a))}")
    workers = a.workers if a.workers >= 0 else (10 if device == "cuda" else 0)
    loader = torch.utils.data.DataLoader(
        data, batch_size=None, num_workers=workers, prefetch_factor=8 if workers else None, pin_memory=device == "cuda"
    )
    check = [spread(open(path, encoding="utf-8").read().split("\n")[:-1], a.check_lines) for path in a.check] if a.check else None

    def decayed():
        """How much of the decay is over, in [0, 1] or above."""
        minutes = (time.time() - began) / 60
        by_clock = minutes / a.decay_minutes if a.decay_minutes else 0
        if a.decay_last:
            by_clock = max(0, (minutes / a.minutes - 1) / a.decay_last + 1)
        return max(by_clock, (seen - decay_from) / a.decay_tokens if a.decay_tokens else 0)

    def rate_at(step):
        total = step + steps_before
        rate = max(a.least_rate, a.rate * min(1.0, (a.warmup / max(a.warmup, total)) ** 0.5))
        rate *= min(1.0, total / a.warmup if not steps_before else (step - warm_from) / 300)
        return rate * max(0.0, 1 - decayed())

    def report():
        import sacrebleu

        average.swapped_into(parameters)
        sources, references = codec.encode(check[0]), codec.encode(check[1])
        forced = network.cross_entropy(model, sources, references, eos, pad)
        outputs = tokenizer.decode(network.greedy(model, sources, eos, pad))
        average.swapped_into(parameters)
        bleu, chrf = sacrebleu.corpus_bleu(outputs, [check[1]]).score, sacrebleu.corpus_chrf(outputs, [check[1]]).score
        say(f"== step {step} seen {seen / 1e6:.2f}M average: nll {forced:.4f} BLEU {bleu:.2f} chrF {chrf:.2f} | {outputs[len(outputs) // 2][:150]}")

    def save():
        state = {"model": model.state_dict(), "optimiser": steps_of.state(), "ema": average.values}
        state |= {"step": step, "seen": seen, "offset": steps_before, "decay_from": decay_from, "exchange": a.exchange}
        torch.save(state, last + ".tmp")
        os.replace(last + ".tmp", last)
        weights = {n: v.to(torch.bfloat16).cpu() for n, v in zip(names, average.values)}
        counts = {"step": step + steps_before, "seen": seen, "without": data.without, "exchange": a.exchange, "placeholders": codec.ids}
        torch.save({"model": weights, **counts}, os.path.join(a.out, "ema.pt"))

    forward = torch.compile(model, dynamic=True) if a.compile else model
    began = saved_at = logged_at = time.time()
    sums = torch.zeros(5)
    model.train()
    for source, target_in, target_out, links, candidates in loader:
        over = decayed() >= 1 or seen >= a.end_tokens or step >= a.end_steps or time.time() - began > 60 * a.minutes
        over, rate = together.from_the_first(float(over), rate_at(step + 1))
        if over:
            break
        step += 1
        source, target_in, target_out, links = (x.to(device, non_blocking=True) for x in (source, target_in, target_out, links))
        with torch.autocast(device, torch.bfloat16, enabled=bf16):
            loss, count, guided = forward(
                source,
                target_in,
                target_out,
                pad,
                a.smoothing,
                links if len(links) else None,
                candidates.to(device) if len(candidates) else None,
            )
        # the aligner's loss reaches the aligner alone, so its weight is free
        ((loss + a.align_weight * guided[0] + guided[1]) / count).backward()
        own_sums = torch.tensor([float(loss.detach()), count, *guided.detach().tolist(), float(links[:, 3].sum())])
        step_sums = together.average(parameters, own_sums)
        torch.nn.utils.clip_grad_norm_(own, 1.0)
        steps_of.step(rate)
        for p in parameters:
            p.grad = None
        average.update(parameters, step)
        seen += int(step_sums[1])
        sums += step_sums
        if step % a.log_steps == 0:
            nll, linked, now = sums[0] / sums[1], sums[2:4] / max(1, sums[4]), time.time()
            say(f"step {step} rate {rate:.2e} nll {nll:.4f} links {linked[0]:.3f} {linked[1]:.3f} {sums[1] / (now - logged_at):.0f} tok/s seen {seen / 1e6:.2f}M {(now - began) / 60:.1f} min")
            sums.zero_()
            logged_at = now
        if together.rank == 0 and time.time() - saved_at > a.save_minutes * 60:
            save()
            if check:
                report()
            saved_at = logged_at = time.time()
            sums.zero_()
    if together.rank == 0:
        save()
        if check:
            report()
    together.end()


if __name__ == "__main__":
    main()
