"""Prints the golden values that the tests of dev.verso.evaluation compare with.

    python3 -m venv /tmp/golden && /tmp/golden/bin/pip install sacrebleu==2.6.0
    /tmp/golden/bin/python evaluation/mt/golden.py \
        > src/test/resources/dev/verso/evaluation/sacrebleu.json
"""

import json
import logging
import pathlib
import random

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

logging.disable(logging.WARNING)
HERE = pathlib.Path(__file__).parent

PAIRS = [
    ("The cat sat on the mat.", "The cat sat on the mat."),
    ("The cat is sitting on the mat.", "The cat sat on the mat."),
    ("", "The cat sat on the mat."),
    ("The cat sat on the mat.", ""),
    ("", ""),
    ("   ", "\t"),
    ("a", "a"),
    ("a", "b"),
    ("one two three", "one two three"),
    ("one two three four", "one two three four five"),
    ("the the the the the the the", "the cat is on the mat"),
    ("&quot;Yes,&quot; said A&amp;B &lt;now&gt; &amp;quot; &apos;", "\"Yes,\" said A&B <now> &quot; '"),
    ("AT&T & co; R&D", "AT&amp;T & co; R&amp;D"),
    ("It rose 1,234.56 to 2.5 % (3.) in 2021.", "It rose 1,234.56 to 2.5% (3.) in 2021."),
    ("pages 10-12, F-16 and B-52s, 2020-21", "pages 10–12, F-16 and B-52s, 2020-21"),
    (".5 and 5. and ,5, 5,,5 ... 1..2", "0.5 and 5 and 5, 5,5 ... 1.2"),
    ("U.S. e.g. i.e., Mr. Smith's dog's", "US e.g. i.e. Mr Smith's dogs"),
    ("state-of-the-art -- or — so – they say", "state of the art - or — so – they say"),
    ("{a} [b] (c) |d| ~e~ `f` ^g^ _h_ \\i\\ /j/", "{a}[b](c)|d|~e~`f`^g^_h_\\i\\/j/"),
    ("#1 $2.50 @home 50%! a*b+c=d?", "# 1 $ 2.50 @ home 50 % ! a * b + c = d ?"),
    ("“Café”, naïve façade… œuvre", "\"Café\", naive façade... oeuvre"),
    ("« L’OTAN », dit-il : ‘menace’", "« L'OTAN » , dit-il: 'menace'"),
    ("l\u00a0eau\u202f: 12\u202f000 €\u00a0!", "l eau : 12 000 € !"),
    ("full\u3000width\u2003space\u2028line\u0085next", "full width space line next"),
    ("zero\u200bwidth \ufeffbom", "zerowidth bom"),
    ("tabs\tand  double   spaces ", " tabs and double spaces"),
    ("emoji 😀👍🏽 👩‍👩‍👧 here", "emoji 😀👍 👩‍👧 here"),
    ("𝔘𝔫𝔦𝔠𝔬𝔡𝔢 beyond 𝟙.𝟚", "𝔘𝔫𝔦 beyond 𝟙,𝟚"),
    ("e\u0301te\u0301 combining", "été combining"),
    ("Привет, мир. 你好，世界。 مرحبا، ٣٫٥", "Привет мир. 你好,世界。 مرحبا ٣,٥"),
    ("١٢.٣ and ½, ²", "١٢.٣ and ½ , ²"),
    ("<skipped> word <skipped>", "word"),
    ("hyphen-\nated line\nbreak-\n", "hyphenated line break-"),
    ("control\x1cseparated\x1ewords\x0bhere", "control separated words here"),
    ("$1 \\1 \\\\ $0 ${x}", "$ 1 \\ 1 \\ \\ $0 ${x}"),
    ("x" * 300, "x" * 299 + "y"),
    ("https://example.org/a?b=1&c=2#d a.b@c.de", "https://example.org/a?b=1&c=3#d a.b@c.de"),
    ("CASE Matters", "case matters"),
    ("'s n't 'tis rock'n'roll", "'s not 'tis rock 'n' roll"),
    ("3-year-old 5-5 -5 a-5 5-a", "3 year old 5 - 5 - 5 a-5 5 -a"),
    ("a,b c.d e,5 5.f g..h i,,j", "a, b c. d e, 5 5. f g. . h i, , j"),
]


def random_pairs(number):
    """Pairs drawn from an alphabet of everything that the tokenizer treats apart."""
    draw = random.Random(13)
    alphabet = list("ab1 2.,-&;'\"/()<é…—😀") + ["\u00a0", " ", " ", "&amp;", "&quot;", "&lt;", "ab", "12"]
    for _ in range(number):
        reference = [draw.choice(alphabet) for _ in range(draw.randint(0, 40))]
        hypothesis = [p if draw.random() < 0.8 else draw.choice(alphabet) for p in reference]
        yield "".join(hypothesis), "".join(reference)


def damage(line, number, k):
    """The k-th way to spoil a line; the tests hold the same rule in Java."""
    words = []
    for i, word in enumerate(line.split(" ")):
        if (7 * i + 3 * number + 5 * k) % 11 < k:
            continue
        words.append(word.upper() if (i + number) % 13 == k else word)
    return " ".join(words)


def corpus(name, hypotheses, references):
    bleu = BLEU().corpus_score(hypotheses, [references])
    return {
        "name": name,
        "bleu": bleu.score,
        "chrf": CHRF().corpus_score(hypotheses, [references]).score,
    }


pairs = PAIRS + list(random_pairs(300))
tokenize = Tokenizer13a()
segments = [
    {
        "hypothesis": hypothesis,
        "reference": reference,
        "tokens": tokenize(hypothesis.rstrip()).split(),
        "bleu": BLEU().sentence_score(hypothesis, [reference]).score,
        "chrf": CHRF().sentence_score(hypothesis, [reference]).score,
    }
    for hypothesis, reference in pairs
]
flores = (HERE / "flores-dev.en").read_text("utf-8").split("\n")[:-1]
corpora = [corpus("pairs", [h for h, _ in pairs], [r for _, r in pairs])]
for k in range(5):
    damaged = [damage(line, number, k) for number, line in enumerate(flores)]
    corpora.append(corpus("flores-%d" % k, damaged, flores))
print(
    json.dumps(
        {"sacrebleu": sacrebleu.__version__, "segments": segments, "corpora": corpora},
        ensure_ascii=True,
        indent=1,
    )
)
