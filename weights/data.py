"""Token windows for training: from the text, and drills of repeated tokens."""

import numpy as np
import torch

from bpe import END, SPLIT


def token_array(tokenizer, text):
    """All token ids of a text as one uint16 array, ending with the end mark."""
    ids = []
    chunks = []
    for document in text.split(END):
        if not document:
            continue
        for piece in SPLIT.findall(document):
            ids.extend(tokenizer.piece_ids(piece))
        ids.append(tokenizer.end)
        if len(ids) > 1_000_000:
            chunks.append(np.array(ids, dtype=np.uint16))
            ids = []
    chunks.append(np.array(ids, dtype=np.uint16))
    return np.concatenate(chunks)


class Windows:
    """Batches of windows [B, T + 1], by a seed."""

    def __init__(self, tokens, end, length, seed):
        self.tokens, self.length, self.end = tokens, length, end
        self.random = np.random.default_rng(seed)
        starts = np.flatnonzero(tokens == end) + 1
        starts = np.concatenate([[0], starts])
        self.last = len(tokens) - length - 1
        self.starts = starts[starts <= self.last]

    def text(self, count, at_start=0.6):
        """Windows of the text [count, T + 1]; a share begins where a document does."""
        free = self.random.integers(0, self.last + 1, count)
        first = self.random.choice(self.starts, count)
        begin = np.where(self.random.random(count) < at_start, first, free)
        return self.tokens[begin[:, None] + np.arange(self.length + 1)].astype(np.int64)

    def drill(self, count):
        """Random tokens repeated over and over, and what is not to be guessed.

        Returns ids [count, T + 1] and targets [count, T], where the first run of
        random tokens has target -100: it carries no loss.
        """
        size = self.length + 1
        ids = np.empty((count, size), dtype=np.int64)
        targets = np.empty((count, size - 1), dtype=np.int64)
        for row in range(count):
            length = int(self.random.integers(5, 64))
            part = self.random.integers(0, self.end, length)
            ids[row] = np.resize(part, size)
            targets[row] = ids[row, 1:]
            targets[row, : length - 1] = -100
        return ids, targets

    def batch(self, count, drills):
        """Inputs [B, T] and targets [B, T], `drills` of the rows being drills."""
        text = self.text(count - drills)
        inputs, targets = [text[:, :-1]], [text[:, 1:]]
        if drills:
            ids, wanted = self.drill(drills)
            inputs.append(ids[:, :-1])
            targets.append(wanted)
        both = [np.ascontiguousarray(np.concatenate(part)) for part in (inputs, targets)]
        return torch.from_numpy(both[0]), torch.from_numpy(both[1])
