"""Write README.md, the model card, from results.json, loss.json and the grammar.

    python3 weights/card.py
"""

import json
from pathlib import Path

from corpus import MIX, documents
from grammar.words import NAMES, NOUNS, TRAITS, VERBS
from train_tokenizer import MODEL_FOLDER

HERE = Path(__file__).parent
MEANING = {
    "stories": "plots of two to four paragraphs, small dialogues, feelings with their cause",
    "traits": "what somebody is like and how they therefore do things",
    "agreement": "scenes with singular and plural subjects",
    "repeats": "what cannot be guessed and is said a second time",
    "pairs": "word pairs of one relation",
    "numbers": "counting, sums, days, how many things somebody has",
}


def table(head, rows):
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def percent(x):
    """0.985 -> 98.5 %"""
    return f"{100 * x:.1f} %"


def figures(results):
    """The measured table, the two heads included."""
    rows = []
    for row in results["measured"]:
        good = "yes" if row["measured"] >= row["atLeast"] else "**no**"
        rows.append(
            [row["set"], row["kind"], row["items"], percent(row["atLeast"]),
             percent(row["measured"]), good]
        )
    for name, title in (("induction", "induction head"), ("previous", "previous-token head")):
        entry = results["heads"][name]
        place = f"{title}: layer {entry['layer']}, head {entry['head']}"
        good = "yes" if entry["mean"] > 0.5 else "**no**"
        rows.append([place, "attention", 16, "0.5", f"{entry['mean']:.3f}", good])
    return table(["Probe set", "Kind", "Items", "Required", "Measured", "Met"], rows)


def meanings(results):
    """What each set asks, and the number of the first choice."""
    lines = [f"- **{row['set']}**: {row['about']}" for row in results["measured"]]
    for row in results["measured"]:
        if "first" in row:
            first = row["first"]
            lines.append(
                f"- In *{row['set']}* the most probable next token is a verb of the right "
                f"number in {first['right']} of {row['items']} prompts, of the wrong number in "
                f"{first['wrong']}, and another word (such as a preposition) in {first['other']}."
            )
    return "\n".join(lines)


def openings(results):
    """The ten greedy continuations, prompts in bold."""
    parts = []
    for item in results["openings"]:
        text = f"**{item['prompt']}**{item['continuation']}"
        parts.append("> " + text.replace("\n", "  \n> "))
    return "\n\n".join(parts)


def next_tokens(results):
    """The top ten of some prompts."""
    rows = []
    for entry in results["top"]:
        shown = ", ".join(
            f"`{text}` {100 * p:.1f}" if p >= 0.0005 else f"`{text}` < 0.1"
            for text, p in entry["next"]
        )
        rows.append([f"`{entry['prompt']}`", shown])
    return table(["Prompt", "Ten most probable next tokens, in per cent"], rows)


def heads(results, name):
    """One row a layer, one column a head."""
    rows = results["heads"][name + "_all"]
    head = ["layer", *(f"head {i}" for i in range(len(rows[0])))]
    return table(head, [[i, *(f"{x:.2f}" for x in row)] for i, row in enumerate(rows)])


def parameters(results):
    """Parameters by group of tensors."""
    groups = results["model"]["parameters"]
    rows = [[f"`{name}`", f"{n:,}"] for name, n in groups.items()]
    rows.append(["**together**", f"**{sum(groups.values()):,}**"])
    return table(["Tensors", "Parameters"], rows)


def files(results):
    """Bytes of every file."""
    sizes = results["model"]["files"]
    rows = [[f"`{name}`", f"{n:,}"] for name, n in sizes.items()]
    rows.append(["**together**", f"**{sum(sizes.values()):,}**"])
    return table(["File", "Bytes"], rows)


def mixture(log):
    """Documents and characters of each kind, with what they are."""
    early, late = log["text"]["train"], log["text"]["late"]

    def share(part, name):
        whole = sum(kind["characters"] for kind in part.values())
        return percent(part[name]["characters"] / whole)

    rows = [[name, share(early, name), share(late, name), MEANING[name]] for name in early]
    return table(["Kind", "Share, early", "Share, late", "What it is"], rows)


def examples():
    """One short document of each kind, out of the grammar itself."""
    found = {}
    for kind, text in documents(5, 400):
        long_enough = len(text) > (250 if kind == "stories" else 60)
        if kind not in found and long_enough and len(text) < 420:
            found[kind] = text
    blocks = [f"*{kind}*\n\n```text\n{found[kind]}\n```" for kind in MIX if kind in found]
    return "\n\n".join(blocks)


def main():
    results = json.loads((HERE / "results.json").read_text("utf-8"))
    log = json.loads((HERE / "loss.json").read_text("utf-8"))
    config = results["model"]["config"]
    last = dict(zip(log["columns"], log["rows"][-1]))
    seen = log["steps"] * log["batch"] * log["length"]
    measured = {row["set"]: row["measured"] for row in results["measured"]}
    fields = dict(
        name=MODEL_FOLDER.name, figures=figures(results), meanings=meanings(results),
        openings=openings(results), next_tokens=next_tokens(results),
        induction=heads(results, "induction"), previous=heads(results, "previous"),
        parameters=parameters(results), files=files(results), mixture=mixture(log),
        examples=examples(), sha256=results["model"]["sha256"], minutes=round(log["minutes"]),
        steps=f"{log['steps']:,}", batch=log["batch"], length=log["length"],
        seen=f"{seen / 1e6:.0f}", text_tokens=f"{log['text_tokens'] / 1e6:.1f}",
        late_tokens=f"{log['late_tokens'] / 1e6:.1f}", late_from=f"{log['late_from']:,}",
        many_drills=f"{log['many_drills']:,}",
        held=f"{last['held']:.2f}", peak=log["peak"], floor=f"{log['floor']:.5f}", warmup=log["warmup"],
        decay=f"{log['decay']:,}",
        total=f"{sum(results['model']['parameters'].values()):,}",
        layers=config["n_layer"], heads=config["n_head"], width=config["n_embd"],
        vocab=f"{config['vocab_size']:,}", context=config["n_positions"],
        names=len(NAMES), nouns=len(NOUNS), traits=len(TRAITS), verbs=len(VERBS),
        two=percent(measured["trait to adverb, two people"]),
        same=percent(results["limits"]["same gender"]), recall=percent(results["limits"]["recall"]),
        documents=f"{sum(k['documents'] for p in log['text'].values() for k in p.values()):,}",
    )
    template = (HERE / "card.md").read_text("utf-8")
    for key, value in fields.items():
        template = template.replace("{{" + key + "}}", str(value))
    assert "{{" not in template, template[template.index("{{") :][:40]
    (HERE / "README.md").write_text(template, encoding="utf-8")


if __name__ == "__main__":
    main()
