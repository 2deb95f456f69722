"""Write the training text: documents of the grammar, mixed by share, by seed.

    python3 weights/corpus.py --run RUN --documents 600000
"""

import argparse
import json
import random
import tempfile
from pathlib import Path

from grammar import agreement, numbers, pairs, repeats, stories, traits
from grammar.write import settle, weighted

END = "<|endoftext|>"
DEFAULT_RUN = Path(tempfile.gettempdir()) / "weights-run"

# The share of documents (not of tokens: stories are longer) of each kind.
MIX = {
    "stories": (stories.KINDS, 26),
    "traits": (traits.KINDS, 26),
    "agreement": (agreement.KINDS, 14),
    "repeats": (repeats.KINDS, 18),
    "pairs": (pairs.KINDS, 10),
    "numbers": (numbers.KINDS, 8),
}
# The later text has more of what is hard: two people, and the number of a subject.
LATE = {
    "stories": (stories.KINDS, 25),
    "traits": (((traits.one, 8), (traits.because, 2), (traits.both, 22), (traits.beast, 1)), 30),
    "agreement": (agreement.KINDS, 18),
    "repeats": (repeats.KINDS, 16),
    "pairs": (pairs.KINDS, 6),
    "numbers": (numbers.KINDS, 7),
}


def documents(seed, count, mix=MIX):
    """Yield (kind, text) so many times."""
    rng = random.Random(seed)
    kinds = [(name, share) for name, (_, share) in mix.items()]
    for _ in range(count):
        kind = weighted(rng, kinds)
        yield kind, settle(weighted(rng, mix[kind][0])(rng))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=DEFAULT_RUN)
    parser.add_argument("--documents", type=int, default=600_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, help="print so many documents instead")
    options = parser.parse_args()
    if options.show:
        for kind, text in documents(options.seed, options.show):
            print(f"--- {kind}\n{text}")
        return
    options.run.mkdir(parents=True, exist_ok=True)
    for part, mix, seed, count in (
        ("train", MIX, options.seed, options.documents),
        ("valid", MIX, options.seed + 1, options.documents // 100),
        ("late", LATE, options.seed + 2, options.documents // 2),
    ):
        tally = {name: [0, 0] for name in MIX}
        with open(options.run / f"{part}.txt", "w", newline="") as out:
            for kind, text in documents(seed, count, mix):
                out.write(text + END)
                tally[kind][0] += 1
                tally[kind][1] += len(text)
        summary = {k: {"documents": d, "characters": c} for k, (d, c) in tally.items()}
        (options.run / f"{part}.json").write_text(json.dumps(summary, indent=1))
        print(part, summary)


if __name__ == "__main__":
    main()
