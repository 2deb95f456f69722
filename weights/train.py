"""Train the model on the text, by seed, and export it.

    OMP_NUM_THREADS=2 python3 weights/train.py --run RUN --steps 8700
"""

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import heads
from bpe import Tokenizer
from corpus import DEFAULT_RUN
from data import Windows, token_array
from export import export
from model import GPT2, Config
from train_tokenizer import MODEL_FOLDER

BATCH = 16
PEAK, FLOOR, WARMUP, DECAY = 2e-3, 5e-5, 300, 2700
MANY_DRILLS, LATE_FROM = 3500, 4000
LOG_EVERY = 100
LOSS_FILE = Path(__file__).parent / "loss.json"


def rate(step, steps):
    """The learning rate: a warmup, a long plateau, half a cosine down at the end."""
    if step < WARMUP:
        return PEAK * (step + 1) / WARMUP
    along = max(0, step - (steps - DECAY)) / DECAY
    return FLOOR + (PEAK - FLOOR) * 0.5 * (1 + math.cos(math.pi * along))


def loss_of(model, inputs, targets):
    """The mean cross-entropy of the targets [B, T] that are not -100."""
    logits = model(inputs)
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100)


def optimizer_of(model):
    """AdamW that lets the matrices decay, not the biases and norms."""
    matrices = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() == 1]
    groups = [
        {"params": matrices, "weight_decay": 0.1},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=PEAK, betas=(0.9, 0.99))


@torch.no_grad()
def measure(model, inputs, targets, sequences):
    """The held-out loss, and the best induction and previous-token heads."""
    induction, previous = heads.scores(model, sequences)
    return (
        float(loss_of(model, inputs, targets)),
        heads.best(induction)["score"],
        heads.best(previous)["score"],
    )


def tokens_of(run, part, folder, tokenizer):
    """The token array of train.txt or valid.txt, kept in a file for the next time."""
    source, kept = run / f"{part}.txt", run / f"{part}.npy"
    newest = max(f.stat().st_mtime for f in (source, folder / "merges.txt"))
    if not kept.exists() or kept.stat().st_mtime < newest:
        np.save(kept, token_array(tokenizer, source.read_text("utf-8")))
    return np.load(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=DEFAULT_RUN)
    parser.add_argument("--out", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--steps", type=int, default=8_700)
    parser.add_argument("--stop", type=int, help="stop early, for a trial")
    parser.add_argument("--resume", action="store_true", help="from the last checkpoint")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--log", type=Path, default=LOSS_FILE)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(2)
    tokenizer = Tokenizer.load(options.out)
    model = GPT2(Config(vocab_size=len(tokenizer.vocab)))
    optimizer = optimizer_of(model)
    length = model.config.n_positions

    def windows(part, seed):
        tokens = tokens_of(options.run, part, options.out, tokenizer)
        return Windows(tokens, tokenizer.end, length, seed)

    train, valid = windows("train", options.seed), windows("valid", 0)
    late = windows("late", options.seed + 1)
    held = valid.batch(64, 0)
    sequences = heads.repeated(len(tokenizer.vocab))
    total = len(train.tokens)
    size = sum(p.numel() for p in model.parameters())
    print(f"{size} parameters, {total} tokens of text", flush=True)
    log = {"columns": ["step", "train", "held", "induction", "previous"], "rows": []}
    state = options.run / "state.pt"
    first, before = 0, 0.0
    if options.resume:
        saved = torch.load(state)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        train.random.bit_generator.state, late.random.bit_generator.state = saved["random"]
        first, before, log["rows"] = saved["step"], saved["seconds"], saved["rows"]
    began, recent = time.time() - before, []
    for step in range(first, options.stop or options.steps):
        for group in optimizer.param_groups:
            group["lr"] = rate(step, options.steps)
        # Many drills while the induction heads form, fewer later.
        drills = 4 if step < MANY_DRILLS else 2
        inputs, targets = (train if step < LATE_FROM else late).batch(BATCH, drills)
        loss = loss_of(model, inputs, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            recent.append(float(loss))
        done = step + 1
        if done % LOG_EVERY == 0:
            found = measure(model, *held, sequences)
            row = [done, round(float(np.mean(recent)), 4), *(round(x, 4) for x in found)]
            log["rows"].append(row)
            recent = []
            print(*row, f"{time.time() - began:.0f}s", flush=True)
        if done % 500 == 0:
            export(model, options.run / "checkpoint")
            saved = {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "random": (train.random.bit_generator.state, late.random.bit_generator.state),
                "step": done,
                "seconds": time.time() - began,
                "rows": log["rows"],
            }
            torch.save(saved, state)
    minutes = (time.time() - began) / 60
    log.update(
        steps=options.steps, batch=BATCH, length=length, seed=options.seed,
        minutes=round(minutes, 1), text_tokens=total, peak=PEAK, floor=FLOOR,
        warmup=WARMUP, decay=DECAY, torch=torch.__version__,
        late_from=LATE_FROM, late_tokens=len(late.tokens), many_drills=MANY_DRILLS,
        text={
            part: json.loads((options.run / f"{part}.json").read_text())
            for part in ("train", "late")
        },
    )
    options.log.write_text(json.dumps(log))
    export(model, options.out)


if __name__ == "__main__":
    main()
