"""Read the exported folder back: the shipped files, not the training state."""

import json
from pathlib import Path

import torch

from bpe import Tokenizer
from export import read_safetensors
from model import GPT2, Config
from train_tokenizer import MODEL_FOLDER


def load(folder=MODEL_FOLDER):
    """The model and the tokenizer of a folder."""
    folder = Path(folder)
    given = json.loads((folder / "config.json").read_text())
    model = GPT2(Config(**{k: given[k] for k in Config.__dataclass_fields__}))
    arrays = read_safetensors((folder / "model.safetensors").read_bytes())
    model.load_state_dict({n: torch.from_numpy(a.copy()) for n, a in arrays.items()})
    return model.eval(), Tokenizer.load(folder)


@torch.no_grad()
def logits_of(model, rows):
    """Logits for lists of token ids of any lengths: a list of [T, V].

    Rows are padded on the right; a causal model does not see the padding.
    """
    found = []
    for begin in range(0, len(rows), 32):
        part = rows[begin : begin + 32]
        ids = torch.zeros(len(part), max(map(len, part)), dtype=torch.long)
        for i, row in enumerate(part):
            ids[i, : len(row)] = torch.tensor(row)
        logits = model(ids)
        found += [logits[i, : len(row)] for i, row in enumerate(part)]
    return found


@torch.no_grad()
def continue_text(model, tokenizer, prompt, count=40):
    """The greedy continuation of a prompt, up to the end mark or so many tokens."""
    ids = tokenizer.encode(prompt)
    start = len(ids)
    for _ in range(count):
        best = int(model(torch.tensor([ids]))[0, -1].argmax())
        if best == tokenizer.end:
            break
        ids.append(best)
    return tokenizer.decode(ids[start:])


@torch.no_grad()
def top(model, tokenizer, prompt, count=10):
    """The most probable next tokens of a prompt: [(text, probability)]."""
    logits = model(torch.tensor([tokenizer.encode(prompt)]))[0, -1]
    chance, which = logits.softmax(-1).topk(count)
    return [
        (tokenizer.decode([int(i)]), round(float(p), 4)) for p, i in zip(chance, which)
    ]
