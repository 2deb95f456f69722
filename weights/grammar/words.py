"""The words of the grammar, and how English bends them."""

BOYS = (
    "Mike Tom Ben Sam Jack Max Leo Paul Peter John Dan Tim Bob Jim Nick Mark "
    "Luke Adam Fred Carl Oscar Hugo Felix Ivan"
).split()
GIRLS = (
    "Anna Mira Lily Sue Emma Kate Rose Lucy Nora Ella Jane Mary Amy Eva Ida "
    "Lena Clara Sara Julia Olga Maya Ruth Tina Vera"
).split()
NAMES = BOYS + GIRLS

# Each trait has an adverb, and the pair is what the model has to learn.
TRAITS = (
    "quick slow brave quiet loud kind calm careful happy sad proud polite "
    "gentle wise clever bold shy lazy angry nervous eager cheerful warm sweet "
    "rude patient honest neat firm soft"
).split()

ANIMALS = (
    "cat dog bird cow duck frog goat hen horse pig rabbit bear crow bee snake "
    "turtle fox lion whale monkey"
).split()
THINGS = (
    "ball book box boat kite drum doll hat lamp key map cup coin ring bell "
    "flower stone shell basket bottle chair table door window car train toy "
    "spoon shoe letter picture blanket pencil"
).split()
FOODS = "apple cake egg pear carrot cookie".split()
FOLK = (
    "boy girl king queen farmer teacher baker friend doctor sailor painter "
    "brother sister"
).split()
PLACES = (
    "garden park forest house school river beach market farm kitchen village "
    "hill lake field barn bridge town mountain shop castle cave island"
).split()
NOUNS = ANIMALS + THINGS + FOODS + FOLK + PLACES + ["tree", "star"]

# What one can lose, find, give and carry.
TOYS = (
    "ball book box boat kite drum doll hat lamp key map cup coin ring bell "
    "flower stone shell basket bottle toy spoon shoe letter picture blanket "
    "pencil"
).split()

COLOURS = "red blue green yellow white black".split()
SIZES = "big small old new long short round pretty little".split()
STATES = "big small old new red blue green clean dirty wet dry cold".split()
COMPARED = "small tall old big short long strong young quick slow loud cold".split()

# Verbs that an adverb can follow at once.
MANNER = (
    "move speak walk work talk sing run answer wait smile play eat read write "
    "cook draw dance swim sleep think sit act listen laugh climb jump"
).split()
REGULAR = (
    "move walk work talk answer wait smile play cook dance act listen laugh "
    "climb jump look help call ask paint clean open push pull wash watch start "
    "count jog knock"
).split()
IRREGULAR = {
    "speak": "spoke",
    "sing": "sang",
    "run": "ran",
    "eat": "ate",
    "read": "read",
    "write": "wrote",
    "draw": "drew",
    "swim": "swam",
    "sleep": "slept",
    "think": "thought",
    "sit": "sat",
}
# Verbs for the -ing, -s and past forms of the word pairs.
VERBS = sorted(set(MANNER) | set(REGULAR))

OPPOSITES = dict(
    pair.split("-")
    for pair in (
        "big-small old-new hot-cold long-short wet-dry dark-bright clean-dirty "
        "good-bad happy-sad quick-slow loud-quiet strong-weak hard-soft "
        "open-closed up-down day-night left-right in-out black-white yes-no "
        "early-late full-empty rich-poor first-last"
    ).split()
)
OPPOSITES.update({b: a for a, b in list(OPPOSITES.items())})

NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

VOWELS = "aeiou"


def plural(noun):
    """cat -> cats, box -> boxes."""
    if noun.endswith(("x", "s", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def third(verb):
    """walk -> walks, watch -> watches."""
    return plural(verb)


def adverb(trait):
    """quick -> quickly, happy -> happily, gentle -> gently."""
    if trait.endswith("y") and trait != "shy":
        return trait[:-1] + "ily"
    if trait.endswith("le"):
        return trait[:-1] + "y"
    return trait + "ly"


def doubled(word):
    """The stem before -ed, -ing and -er: run -> runn, smile -> smil."""
    if word.endswith("e"):
        return word[:-1]
    if len(word) == 3 and word[0] not in VOWELS and word[1] in VOWELS and word[2] in "bgmnptd":
        return word + word[2]
    return "swimm" if word == "swim" else word


def past(verb):
    """walk -> walked, run -> ran."""
    return IRREGULAR.get(verb) or doubled(verb) + "ed"


def ing(verb):
    """walk -> walking, run -> running."""
    return doubled(verb) + "ing"


def more(adjective):
    """tall -> taller, big -> bigger."""
    return doubled(adjective) + "er"


def a(words):
    """The words with the article that fits: a cat, an old cat."""
    return ("an " if words[0] in VOWELS else "a ") + words


def is_boy(name):
    """True for the names of boys and men in the grammar."""
    return name in BOYS


def he(name):
    """The pronoun of a known name."""
    return "he" if is_boy(name) else "she"
