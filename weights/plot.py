"""Draw loss.svg from loss.json: the loss, and the two kinds of heads as they form."""

import json
from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot as plt  # noqa: E402

HERE = Path(__file__).parent
INK, FAINT = "#1f2933", "#d9dee3"
COLOURS = {
    "train": "#9aa5b1", "held": "#1d6f42", "induction": "#c2410c", "previous": "#2563a8",
}


def style(axis):
    """Light grid lines, no box."""
    axis.grid(True, which="both", color=FAINT, linewidth=0.6)
    axis.tick_params(colors=INK, labelsize=9, length=0)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    axis.spines["bottom"].set_color(FAINT)


def main():
    log = json.loads((HERE / "loss.json").read_text())
    column = dict(zip(log["columns"], zip(*log["rows"])))
    seen = [step * log["batch"] * log["length"] / 1e6 for step in column["step"]]
    plt.rcParams.update({"font.family": "DejaVu Sans", "svg.hashsalt": "loss"})
    figure, (top, low) = plt.subplots(
        2, 1, figsize=(8, 6.4), sharex=True, gridspec_kw={"height_ratios": [3, 2]}
    )
    top.plot(seen, column["train"], color=COLOURS["train"], linewidth=1.2,
             label="training batches, drills included")
    top.plot(seen, column["held"], color=COLOURS["held"], linewidth=2,
             label="held-out stories")
    top.set_yscale("log")
    ticks = [0.7, 1, 1.5, 2, 3, 5, 7]
    low_end = min(min(column["held"]), min(column["train"]))
    ticks = [t for t in ticks if t > low_end * 0.8]
    top.set_yticks(ticks, [str(t) for t in ticks])
    top.minorticks_off()
    top.set_ylabel("loss (nats a token)", color=INK)
    top.set_title("Training of the tiny GPT-2", loc="left", color=INK, fontsize=13)
    low.plot(seen, column["previous"], color=COLOURS["previous"], linewidth=2,
             label="best previous-token head")
    low.plot(seen, column["induction"], color=COLOURS["induction"], linewidth=2,
             label="best induction head")
    low.axhline(0.5, color=INK, linewidth=0.8, linestyle=(0, (4, 4)))
    low.set_ylim(0, 1)
    low.set_ylabel("mean attention", color=INK)
    low.set_xlabel("tokens seen (millions)", color=INK)
    for axis, place in ((top, "upper right"), (low, "lower right")):
        style(axis)
        axis.legend(frameon=False, fontsize=9, labelcolor=INK, loc=place)
    figure.align_ylabels()
    figure.tight_layout()
    figure.savefig(HERE / "loss.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
