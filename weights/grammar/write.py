"""A template engine: [one|of these] is a free choice, {name} a filled place."""

import re

CHOICE = re.compile(r"\[([^\[\]]*)\]")


def expand(rng, template, **fields):
    """Take one way through the choices, then fill the places."""
    while "[" in template:
        template = CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), template)
    return template.format(**fields)


def capital(text):
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def weighted(rng, table):
    """One key of a list of (key, weight) pairs."""
    keys, weights = zip(*table)
    return rng.choices(keys, weights)[0]


PLACE_WORDS = {
    "on": "island hill farm mountain bridge beach",
    "near": "river lake",
    "at": "market",
}
PREPOSITION = {place: word for word, places in PLACE_WORDS.items() for place in places.split()}
IN_PLACE = re.compile(r"\b([Ii]n|[Aa]t) the (" + "|".join(PREPOSITION) + r")\b")


def settle(text):
    """in the island -> on the island: the preposition that fits the place."""

    def fit(match):
        word = PREPOSITION[match.group(2)]
        word = word.capitalize() if match.group(1)[0].isupper() else word
        return f"{word} the {match.group(2)}"

    return IN_PLACE.sub(fit, text)
