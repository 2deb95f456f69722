"""People of the texts: known names with a gender, and invented names."""

from grammar.split import Memo, held_out
from grammar.words import BOYS, FOODS, GIRLS, NAMES, TOYS, ANIMALS, TRAITS

ALLOWED_TRAITS = Memo("trait", TRAITS)
ALLOWED_TOYS = Memo("owns", TOYS)
ALLOWED_ANIMALS = Memo("owns", ANIMALS)
ALLOWED_OWNED = Memo("owns", TOYS + ANIMALS + FOODS)

ONSETS = "b br d dr f g gr h j k kr l m n p pl r s st t tr v w z zh".split()
MIDDLES = "a e i o u a e i o oo ai".split()
CLOSES = ["", "", "", "", "l", "n", "r", "s", "k", "m", "x"]


class Person:
    """A name with its pronouns."""

    def __init__(self, name, male):
        self.name, self.male = name, male
        self.he, self.him, self.his = (
            ("he", "him", "his") if male else ("she", "her", "her")
        )
        self.He, self.His = self.he.capitalize(), self.his.capitalize()
        self.child = "boy" if male else "girl"
        self.grown = "man" if male else "woman"

    def trait(self, rng):
        """A trait this person may have in the training text."""
        return rng.choice(ALLOWED_TRAITS[self.name])

    def toy(self, rng):
        """A thing this person may own in the training text."""
        return rng.choice(ALLOWED_TOYS[self.name])

    def pet(self, rng):
        """An animal this person may own in the training text."""
        return rng.choice(ALLOWED_ANIMALS[self.name])

    def owned(self, rng):
        """Anything countable this person may own in the training text."""
        return rng.choice(self.owned_list())

    def owned_list(self):
        """All countable things this person may own in the training text."""
        return ALLOWED_OWNED[self.name]


def known(rng):
    """A person with one of the grammar's names."""
    name = rng.choice(NAMES)
    return Person(name, name in BOYS)


def two(rng, mixed=False):
    """Two different people; of different gender when mixed."""
    if mixed:
        pair = [rng.choice(BOYS), rng.choice(GIRLS)]
        rng.shuffle(pair)
    else:
        pair = rng.sample(NAMES, 2)
    return [Person(name, name in BOYS) for name in pair]


def syllables(rng, count):
    """A capitalised made-up word of so many syllables."""
    parts = [
        rng.choice(ONSETS) + rng.choice(MIDDLES) + rng.choice(CLOSES)
        for _ in range(count)
    ]
    return "".join(parts).capitalize()


def invented_name(rng, test=False):
    """A made-up name; the names of the test half never reach the training text."""
    while True:
        name = syllables(rng, 2)
        if held_out("invented", name) == test and name not in NAMES:
            return name


def invented(rng, test=False):
    """A person with a made-up name, whose gender the text has to tell."""
    return Person(invented_name(rng, test), rng.random() < 0.5)
