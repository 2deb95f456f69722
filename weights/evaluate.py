"""Measure the exported model; write probes.json and results.json.

    python3 weights/evaluate.py --run RUN

Fails when a probe prompt occurs in the training text.
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch

import heads
from corpus import DEFAULT_RUN
from grammar.words import MANNER, third
from load import continue_text, load, logits_of, top
from probes import limits, make
from train_tokenizer import MODEL_FOLDER

HERE = Path(__file__).parent
TOP_PROMPTS = (
    "Mike is quick. He moves",
    "Once there was a",
    "Anna has one cat. Tom has two",
    "The dog is happy. It",
    "cat => cats, dog =>",
)
SINGULAR = {" is", " was", " has", *(" " + third(verb) for verb in MANNER)}
PLURAL = {" are", " were", " have", *(" " + verb for verb in MANNER)}


def greedy(model, tokenizer, items):
    """For each item, whether every token of the answer is the most probable one."""
    rows, sizes = [], []
    for item in items:
        prompt, answer = (tokenizer.encode(item[k]) for k in ("prompt", "answer"))
        rows.append(prompt + answer)
        sizes.append(len(prompt))
    right = []
    for row, size, logits in zip(rows, sizes, logits_of(model, rows)):
        best = logits[size - 1 : -1].argmax(-1).tolist()  # [answer]
        right.append(best == row[size:])
    return right


def compare(model, tokenizer, items):
    """For each item, whether the answer is more probable than the wrong one."""
    rows = [tokenizer.encode(item["prompt"]) for item in items]
    right = []
    for item, logits in zip(items, logits_of(model, rows)):
        (yes,), (no,) = (tokenizer.encode(item[k]) for k in ("answer", "wrong"))
        right.append(bool(logits[-1, yes] > logits[-1, no]))
    return right


def first_choices(model, tokenizer, items):
    """The most probable next token of each prompt, as text."""
    rows = [tokenizer.encode(item["prompt"]) for item in items]
    return [tokenizer.decode([int(x[-1].argmax())]) for x in logits_of(model, rows)]


def number_of_first(model, tokenizer, items):
    """How often the top token is a verb of the right, the wrong, or no number."""
    found = {"right": 0, "wrong": 0, "other": 0}
    for item, first in zip(items, first_choices(model, tokenizer, items)):
        many = item["answer"] in PLURAL
        right, wrong = (PLURAL, SINGULAR) if many else (SINGULAR, PLURAL)
        found["right" if first in right else "wrong" if first in wrong else "other"] += 1
    return found


def heads_of(model, vocab_size):
    """The best heads, chosen on 16 sequences and scored on the one that is kept."""
    many = heads.repeated(vocab_size)
    one = many[:1]
    found = {"sequence": one[0].tolist()}
    for name, mean, single in zip(
        ("induction", "previous"), heads.scores(model, many), heads.scores(model, one)
    ):
        entry = heads.best(mean)
        entry["mean"] = entry["score"]
        entry["score"] = round(float(single[entry["layer"], entry["head"]]), 4)
        found[name] = entry
        found[name + "_all"] = [[round(float(x), 4) for x in row] for row in mean]
    return found


def assert_unseen(sets, text):
    """No prompt of a probe set may occur anywhere in the training text."""
    for name, entry in sets.items():
        for item in entry["items"]:
            if "answer" in item:
                assert item["prompt"] not in text, (name, item["prompt"])


def describe(folder, model):
    """Hash, file sizes and parameters by group."""
    groups = {}
    for name, tensor in model.state_dict().items():
        part = name.split(".")
        key = name if part[0] != "h" else "h.*." + part[2]
        groups[key] = groups.get(key, 0) + tensor.numel()
    data = (folder / "model.safetensors").read_bytes()
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "files": {f.name: f.stat().st_size for f in sorted(folder.iterdir())},
        "parameters": groups,
        "config": json.loads((folder / "config.json").read_text()),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=DEFAULT_RUN)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--quick", action="store_true", help="without the text search")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors a set")
    options = parser.parse_args()
    torch.set_num_threads(2)
    model, tokenizer = load(options.model)
    sets = make()
    if not options.quick:
        for part in ("train", "late"):
            assert_unseen(sets, (options.run / f"{part}.txt").read_text("utf-8"))
    measured = []
    for name, entry in sets.items():
        if name == "openings":
            continue
        check = greedy if entry["kind"] == "greedy" else compare
        right = check(model, tokenizer, entry["items"])
        row = {
            "set": name, "kind": entry["kind"], "items": len(right),
            "atLeast": entry["atLeast"], "measured": sum(right) / len(right),
            "about": entry["about"],
        }
        if name == "agreement":
            row["first"] = number_of_first(model, tokenizer, entry["items"])
        measured.append(row)
        print(f"{name:30} {row['measured']:.3f} of {row['atLeast']}", row.get("first", ""))
        wrong = [item for item, good in zip(entry["items"], right) if not good]
        for item, first in zip(wrong[: options.errors], first_choices(model, tokenizer, wrong)):
            print("   ", item, "->", repr(first))
    beyond = {}
    for name, items in limits().items():
        right = greedy(model, tokenizer, items)
        beyond[name] = sum(right) / len(right)
        print(f"{name:30} {beyond[name]:.3f} (not required)")
    for item in sets["openings"]["items"]:
        item["continuation"] = continue_text(model, tokenizer, item["prompt"])
        print(f"> {item['prompt']}|{item['continuation']}")
    found = heads_of(model, len(tokenizer.vocab))
    print({k: found[k] for k in ("induction", "previous")})
    sets["heads"] = {k: found[k] for k in ("induction", "previous", "sequence")}
    results = {
        "measured": measured,
        "limits": beyond,
        "openings": sets["openings"]["items"],
        "heads": found,
        "top": [{"prompt": p, "next": top(model, tokenizer, p)} for p in TOP_PROMPTS],
        "model": describe(options.model, model),
    }
    for name, content in (("probes", sets), ("results", results)):
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        (options.out / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
