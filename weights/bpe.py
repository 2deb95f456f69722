"""Byte-level BPE exactly as GPT-2 does it: split, bytes, merges, ids."""

import json
from functools import lru_cache
from pathlib import Path

import regex

SPLIT = regex.compile(
    r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
)
END = "<|endoftext|>"


@lru_cache(None)
def byte_symbols():
    """The character that stands for each byte, in GPT-2's order: ! is the first."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {byte: chr(byte) for byte in plain}
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(256 + len(table) - len(plain))
    return table


def to_symbols(piece):
    """The symbols of a piece of text, one a byte."""
    return "".join(byte_symbols()[byte] for byte in piece.encode("utf-8"))


class Tokenizer:
    """Encoder and decoder over a vocabulary and an ordered list of merges."""

    def __init__(self, vocab, merges):
        self.vocab = vocab
        self.rank = {tuple(pair): i for i, pair in enumerate(merges)}
        self.pieces = {number: symbol for symbol, number in vocab.items()}
        self.end = vocab[END]
        self.byte_of = {symbol: byte for byte, symbol in byte_symbols().items()}
        self.cache = {}

    @classmethod
    def load(cls, folder):
        """Read vocab.json and merges.txt."""
        folder = Path(folder)
        vocab = json.loads((folder / "vocab.json").read_text("utf-8"))
        lines = (folder / "merges.txt").read_text("utf-8").splitlines()
        return cls(vocab, [tuple(line.split(" ")) for line in lines[1:] if line])

    def piece_ids(self, piece):
        """The ids of one piece, by applying the merges in rank order."""
        if piece not in self.cache:
            parts = list(to_symbols(piece))
            while len(parts) > 1:
                ranks = [
                    self.rank.get(pair, len(self.rank))
                    for pair in zip(parts, parts[1:])
                ]
                best = min(ranks)
                if best == len(self.rank):
                    break
                i = 0
                while i < len(parts) - 1:
                    if self.rank.get((parts[i], parts[i + 1])) == best:
                        parts[i : i + 2] = [parts[i] + parts[i + 1]]
                    i += 1
            self.cache[piece] = [self.vocab[part] for part in parts]
        return self.cache[piece]

    def encode(self, text):
        """The ids of a text; the end mark becomes its one id."""
        ids = []
        for i, document in enumerate(text.split(END)):
            if i:
                ids.append(self.end)
            for piece in SPLIT.findall(document):
                ids.extend(self.piece_ids(piece))
        return ids

    def decode(self, ids):
        """The text of ids."""
        data = bytearray()
        for number in ids:
            if number == self.end:
                data += END.encode()
            else:
                data += bytes(self.byte_of[s] for s in self.pieces[number])
        return data.decode("utf-8", errors="replace")
