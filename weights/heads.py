"""Scores of the attention heads on a random sequence that is said twice."""

import torch

LENGTH = 50


def repeated(vocab_size, count=16, length=LENGTH, seed=11):
    """Random token ids, then the same again: [count, 2 * length]."""
    generator = torch.Generator().manual_seed(seed)
    # The last id is the end mark, which is never inside a sequence.
    half = torch.randint(0, vocab_size - 1, (count, length), generator=generator)
    return torch.cat([half, half], 1)


def scores(model, ids):
    """(induction, previous): two [layers, heads] tables of mean attention.

    Induction: from a token of the second half to the token after its first
    occurrence. Previous: from every token to the one before it.
    """
    length = ids.shape[1] // 2
    induction, previous = [], []
    for weights in model.attention(ids):  # [B, H, 2L, 2L]
        back = weights.diagonal(1 - length, dim1=-2, dim2=-1)  # [B, H, L + 1]
        # Entry i looks from i + L - 1 to i; the second half begins at i = 1.
        induction.append(back[..., 1:].mean((0, 2)))
        previous.append(weights.diagonal(-1, dim1=-2, dim2=-1).mean((0, 2)))
    return torch.stack(induction), torch.stack(previous)


def best(table):
    """The layer, head and score of the best entry of a [layers, heads] table."""
    place = int(table.argmax())
    layer, head = divmod(place, table.shape[1])
    return {"layer": layer, "head": head, "score": round(float(table[layer, head]), 4)}
