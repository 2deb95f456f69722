"""Learn the merges from the training text and write the tokenizer's files.

    python3 weights/train_tokenizer.py --run RUN --vocab 1536
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from bpe import END, SPLIT, to_symbols
from corpus import DEFAULT_RUN

MODEL_FOLDER = Path(__file__).parent / "gpt2-tiny-stories"
# Rarer pieces (above all the invented names) have no say in the merges.
RARE = 1 / 60_000


def learn(counts, size):
    """The first `size` merges: always the pair that is most frequent now.

    Counts are damped by a square root, so that a word that is merely less
    frequent than `the` still gets a token of its own.
    """
    words = [(list(to_symbols(piece)), n**0.5) for piece, n in sorted(counts.items())]
    merges = []
    while len(merges) < size:
        pairs = Counter()
        for parts, n in words:
            for pair in zip(parts, parts[1:]):
                pairs[pair] += n
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        for parts, _ in words:
            i = 0
            while i < len(parts) - 1:
                if (parts[i], parts[i + 1]) == best:
                    parts[i : i + 2] = [best[0] + best[1]]
                i += 1
    return merges, words


def tokenizer_json(vocab, merges):
    """The same tokenizer in the format of the Hugging Face tokenizers library."""
    level = {"add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": vocab[END],
                "content": END,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "ByteLevel", **level},
        "post_processor": {"type": "ByteLevel", **level, "trim_offsets": False},
        "decoder": {"type": "ByteLevel", **level},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "vocab": vocab,
            "merges": [" ".join(pair) for pair in merges],
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=DEFAULT_RUN)
    parser.add_argument("--vocab", type=int, default=1536)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    options = parser.parse_args()
    counts = Counter()
    text = (options.run / "train.txt").read_text("utf-8")
    for document in text.split(END):
        counts.update(SPLIT.findall(document))
    total = sum(counts.values())
    counts = {piece: n for piece, n in counts.items() if n >= RARE * total}
    merges, words = learn(counts, options.vocab - 257)
    symbols = [chr(c) for c in (*range(33, 127), *range(161, 173), *range(174, 256))]
    symbols += [chr(c) for c in range(256, 256 + 256 - len(symbols))]
    vocab = {s: i for i, s in enumerate(symbols + [x + y for x, y in merges] + [END])}
    assert len(vocab) == 257 + len(merges)
    options.out.mkdir(parents=True, exist_ok=True)

    def write(name, text):
        (options.out / name).write_text(text, encoding="utf-8")

    write("vocab.json", json.dumps(vocab, ensure_ascii=False))
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    write("merges.txt", "\n".join(lines) + "\n")
    write("tokenizer.json", json.dumps(tokenizer_json(vocab, merges), ensure_ascii=False))
    whole = sum(len(parts) == 1 for parts, _ in words)
    print(f"{len(vocab)} tokens; {whole} of {len(words)} frequent pieces are one token")
    print("in parts:", [parts for parts, _ in words if len(parts) > 1][:120])


if __name__ == "__main__":
    main()
