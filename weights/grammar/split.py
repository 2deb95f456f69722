"""Which combinations are held out: never written into the training text."""

import hashlib

ALWAYS_HELD_OUT = {("trait", "Mike", "quick")}
# Feelings come and go, so no pair of a name and one of these is held out.
FEELINGS = ("happy", "sad", "angry")


def held_out(kind, *parts):
    """True for about one combination in eight, decided by a hash of its words."""
    if (kind, *parts) in ALWAYS_HELD_OUT:
        return True
    if kind == "trait" and parts[1] in FEELINGS:
        return False
    digest = hashlib.sha256("|".join((kind, *parts)).encode()).digest()
    return digest[0] < 32


class Memo(dict):
    """Lists of allowed partners, worked out once a word."""

    def __init__(self, kind, candidates):
        super().__init__()
        self.kind, self.candidates = kind, candidates

    def __missing__(self, word):
        found = [c for c in self.candidates if not held_out(self.kind, word, c)]
        self[word] = found
        return found
