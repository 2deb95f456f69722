"""Counting, small sums, days, and how many things somebody has."""

from grammar.people import known, two
from grammar.words import DAYS, FOODS, NUMBERS, TOYS, plural
from grammar.write import capital, expand


def many(count, noun):
    """one cat, two cats."""
    return f"{NUMBERS[count - 1]} {noun if count == 1 else plural(noun)}"


def row(rng):
    """one, two, three, four; forwards or backwards, as words or digits."""
    words = rng.choice((NUMBERS, NUMBERS, [str(n) for n in range(1, 21)], DAYS))
    size = rng.randint(3, min(8, len(words)))
    start = 0 if rng.random() < 0.4 else rng.randint(0, len(words) - size)
    part = list(words[start : start + size])
    if words is not DAYS and rng.random() < 0.2:
        part.reverse()
    said = ", ".join(part) + "."
    if rng.random() < 0.4:
        who = known(rng)
        return f"{who.name} {rng.choice(('counts', 'says'))}: {said}"
    return capital(said) if rng.random() < 0.5 else said


def sums(rng):
    """2 + 3 = 5. Two and three make five."""
    said = []
    for _ in range(rng.choice((1, 2, 3, 4))):
        x, y = rng.randint(1, 9), rng.randint(1, 9)
        if rng.random() < 0.65 or x + y > 12:
            said.append(f"{x} + {y} = {x + y}.")
        else:
            said.append(capital(f"{NUMBERS[x-1]} and {NUMBERS[y-1]} make {NUMBERS[x+y-1]}."))
    return " ".join(said)


def owners(rng):
    """Anna has one cat. Tom has two cats. Together they have three cats."""
    while True:
        first, second = two(rng)
        noun = first.owned(rng)
        if noun in second.owned_list():
            break
    x, y = rng.randint(1, 6), rng.randint(1, 6)
    said = f"{first.name} has {many(x, noun)}. {second.name} has {many(y, noun)}."
    if rng.random() < 0.6:
        said += f" Together they have {many(x + y, noun)}."
    return said


def gifts(rng):
    """Tom has two apples. Anna gives him three apples. Now he has five apples."""
    first, second = two(rng)
    noun = rng.choice([n for n in FOODS + TOYS if n in first.owned_list()])
    x, y = rng.randint(1, 6), rng.randint(1, 4)
    if rng.random() < 0.3 and x > 1:
        y = rng.randint(1, x - 1)
        return expand(
            rng,
            "{n} has {x}. {He} [gives {y} to {m}|loses {y}|sells {y}]. Now {he} has {z}.",
            n=first.name, He=first.He, he=first.he, m=second.name,
            x=many(x, noun), y=NUMBERS[y - 1], z=many(x - y, noun),
        )
    return expand(
        rng,
        "{n} has {x}. {m} gives {him} {y}. Now {he} has {z}.",
        n=first.name, m=second.name, him=first.him, he=first.he,
        x=many(x, noun), y=many(y, noun), z=many(x + y, noun),
    )


KINDS = ((row, 3), (sums, 3), (owners, 4), (gifts, 2))
