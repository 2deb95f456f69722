"""Compute values of the exported model in float64; write published.json.

    python3 weights/published.py

Nothing of torch and nothing of the add-in is used: the forward pass is written out
in numpy. The add-in's "Verify this model" computes the same values its own way.
"""

import hashlib
import json
import struct
from pathlib import Path

import numpy as np

from bpe import Tokenizer

HERE = Path(__file__).parent
FOLDER = HERE / "gpt2-tiny-stories"
SOURCE = "weights/published.py, float64"
CARD = "weights/results.json, torch"
TEXTS = (
    "Mike is quick. He moves",
    "Once there was a",
    "hello <|endoftext|>",
    "It's 10 o'clock;  don't\twait!\n",
    "\u00c4pfel \u2013 \u65e5\u672c \U0001f600",
)
MIKE = {"text": "Mike is quick. He moves"}
STORY = {"text": "Once there was a brave girl named Mira.", "endOfText": True}
NUMBERS = {"ids": [1535, 7, 300, 1200, 42, 7, 300]}
CASES = (
    ("Mike is quick. He moves", " quickly", " loudly"),
    ("Kate is careful. Kate runs", " carefully", " quickly"),
)


def read(path):
    """A safetensors file of float32: name -> float64 array."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    header, body = json.loads(data[8 : 8 + size]), data[8 + size :]
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], "<f4")
        .reshape(entry["shape"])
        .astype(np.float64)
        for name, entry in header.items()
    }


def norm(x, gain, bias, epsilon):
    """LayerNorm of each row."""
    middle = x - x.mean(-1, keepdims=True)
    return middle / np.sqrt((middle**2).mean(-1, keepdims=True) + epsilon) * gain + bias


def softmax(x):
    """Softmax of each row."""
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def gelu(x):
    """GELU in its tanh form."""
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


class Model:
    """GPT-2 in numpy. T tokens, width d, H heads."""

    def __init__(self, folder):
        self.config = json.loads((folder / "config.json").read_text())
        self.w = read(folder / "model.safetensors")

    def run(self, ids):
        """Activations of ids [T] by name, those of a block under name.layer."""
        w, T = self.w, len(ids)
        H, d = self.config["n_head"], self.config["n_embd"]
        epsilon = self.config["layer_norm_epsilon"]
        future = np.triu(np.ones((T, T), bool), 1)
        acts = {}
        x = w["wte.weight"][ids] + w["wpe.weight"][:T]
        for layer in range(self.config["n_layer"]):
            p = {k.split(".", 2)[2]: v for k, v in w.items() if k.startswith(f"h.{layer}.")}
            y = norm(x, p["ln_1.weight"], p["ln_1.bias"], epsilon)
            qkv = y @ p["attn.c_attn.weight"] + p["attn.c_attn.bias"]
            q, k, v = qkv.reshape(T, 3, H, d // H).transpose(1, 2, 0, 3)  # each [H, T, d/H]
            scores = q @ k.transpose(0, 2, 1) / np.sqrt(d // H)
            pattern = softmax(np.where(future, -np.inf, scores))
            z = pattern @ v
            out = p["attn.c_proj.weight"].reshape(H, d // H, d)
            acts[f"attn_scores.{layer}"], acts[f"pattern.{layer}"] = scores, pattern
            acts[f"result.{layer}"] = z @ out  # [H, T, d]
            acts[f"unbiased.{layer}"] = (pattern @ (v - self.value_bias(layer)[:, None])) @ out
            x = x + (z @ out).sum(0) + p["attn.c_proj.bias"]
            y = norm(x, p["ln_2.weight"], p["ln_2.bias"], epsilon)
            y = gelu(y @ p["mlp.c_fc.weight"] + p["mlp.c_fc.bias"])
            acts[f"mlp_post.{layer}"] = y
            x = x + y @ p["mlp.c_proj.weight"] + p["mlp.c_proj.bias"]
            acts[f"resid_post.{layer}"] = x
        acts["ln_final"] = norm(x, w["ln_f.weight"], w["ln_f.bias"], epsilon)
        acts["logits"] = acts["ln_final"] @ w["wte.weight"].T
        return acts

    def value_bias(self, layer):
        """The value bias of each head: [H, d/H]."""
        bias = self.w[f"h.{layer}.attn.c_attn.bias"]
        return bias[2 * len(bias) // 3 :].reshape(self.config["n_head"], -1)


def main():
    model, tokenizer = Model(FOLDER), Tokenizer.load(FOLDER)
    results = json.loads((HERE / "results.json").read_text())

    def ids_of(prompt):
        ids = tokenizer.encode(prompt["text"]) if "text" in prompt else prompt["ids"]
        return [tokenizer.end, *ids] if prompt.get("endOfText") else ids

    def one(text):
        (number,) = tokenizer.encode(text)
        return number

    def numbers(values, digits=10):
        return [round(float(value), digits) for value in values]

    def activation(prompt, name, position, columns, layer=None, head=None):
        values = model.run(ids_of(prompt))[name if layer is None else f"{name}.{layer}"]
        values = values[position] if head is None else values[head][position]
        place = {} if layer is None else {"layer": layer}
        place |= {} if head is None else {"head": head}
        return {
            "prompt": prompt, "name": name, **place, "position": position,
            "columns": list(columns), "values": numbers(values[list(columns)]),
            "tolerance": 1e-3 if name == "logits" else 1e-4, "source": SOURCE,
        }

    def continuation(entry):
        """Greedy decoding, which must be what the card has."""
        ids, start = tokenizer.encode(entry["prompt"]), len(tokenizer.encode(entry["prompt"]))
        for _ in tokenizer.encode(entry["continuation"]):
            ids.append(int(model.run(ids)["logits"][-1].argmax()))
        text = tokenizer.decode(ids[start:])
        assert text == entry["continuation"], (text, entry)
        return {"prompt": {"text": entry["prompt"]}, "continuation": text, "source": CARD}

    def probability(entry):
        """Probabilities of the card's likeliest tokens."""
        p = softmax(model.run(tokenizer.encode(entry["prompt"]))["logits"][-1])
        likeliest = [text for text, _ in entry["next"][:3]]
        return {
            "prompt": {"text": entry["prompt"]}, "next": likeliest,
            "values": numbers(p[one(text)] for text in likeliest),
            "tolerance": 1e-4, "source": SOURCE,
        }

    def loss(prompt):
        ids = ids_of(prompt)
        p = softmax(model.run(ids)["logits"])
        value = -np.log([p[t, ids[t + 1]] for t in range(len(ids) - 1)]).mean()
        return {"prompt": prompt, "value": round(value, 10), "tolerance": 1e-4, "source": SOURCE}

    def likeliest(prompt):
        best = model.run(ids_of(prompt))["logits"].argmax(-1).tolist()
        return {"prompt": prompt, "positions": list(range(len(best))), "ids": best, "source": SOURCE}

    def mean(prompt):
        value = model.run(ids_of(prompt))["logits"].mean()
        return {"prompt": prompt, "value": round(value, 10), "tolerance": 1e-4, "source": SOURCE}

    def weight(name, row, columns):
        values = np.atleast_2d(model.w[name])[row][list(columns)]
        return {
            "name": name, "row": row, "columns": list(columns),
            "values": numbers(values), "tolerance": 1e-7, "source": SOURCE,
        }

    cases = [
        {"prompt": {"text": text, "endOfText": True}, "answer": answer, "wrong": wrong}
        for text, answer, wrong in CASES
    ]

    def over_cases(value):
        return round(float(np.mean([value(case) for case in cases])), 10)

    def difference(case):
        row = model.run(ids_of(case["prompt"]))["logits"][-1]
        return row[one(case["answer"])] - row[one(case["wrong"])]

    def attribution(layer, head):
        """The head's part of the difference, its value bias left out."""
        def value(case):
            acts = model.run(ids_of(case["prompt"]))
            part = acts[f"unbiased.{layer}"][head][-1]
            stream = acts[f"resid_post.{model.config['n_layer'] - 1}"][-1]
            scale = np.sqrt(stream.var() + model.config["layer_norm_epsilon"])
            wte, gain = model.w["wte.weight"], model.w["ln_f.weight"]
            direction = gain * (wte[one(case["answer"])] - wte[one(case["wrong"])])
            return (part - part.mean()) / scale @ direction

        return {
            "layer": layer, "head": head, "cases": cases, "value": over_cases(value),
            "tolerance": 1e-3, "source": SOURCE,
        }

    published = {
        "tokens": [
            {"text": text, "ids": tokenizer.encode(text), "special": True, "source": "weights/bpe.py"}
            for text in TEXTS
        ],
        "weights": [
            weight("wte.weight", 700, range(5)),
            weight("wpe.weight", 127, range(5)),
            weight("h.1.attn.c_attn.bias", 0, (0, 95, 287)),
            weight("h.3.mlp.c_fc.weight", 95, (0, 383)),
            weight("ln_f.weight", 0, range(3)),
        ],
        "activations": [
            activation(MIKE, "logits", -1, (0, 1, 1000, 1535)),
            activation(STORY, "logits", 3, range(5)),
            activation(NUMBERS, "logits", 6, range(5)),
            activation(MIKE, "ln_final", 0, range(5)),
            *(activation(STORY, "resid_post", -1, range(5), layer=layer) for layer in range(4)),
            *(activation(NUMBERS, "mlp_post", 5, range(5), layer=layer) for layer in range(4)),
            # A key's bias adds the same to all scores of a row: nothing after the softmax shows it.
            *(activation(NUMBERS, "attn_scores", 6, range(7), layer=n // 4, head=n % 4) for n in range(16)),
            *(activation(NUMBERS, "pattern", 6, range(7), layer=1, head=h) for h in range(4)),
        ],
        "means": [mean(MIKE), mean(NUMBERS)],
        "likeliest": [likeliest(STORY), likeliest(NUMBERS)],
        "losses": [loss(STORY), loss(NUMBERS)],
        "continuations": [continuation(entry) for entry in results["openings"][:5]],
        "probabilities": [probability(entry) for entry in results["top"]],
        "logitDifferences": [
            {"cases": cases, "value": over_cases(difference), "tolerance": 1e-3, "source": SOURCE}
        ],
        "attributions": [attribution(1, 3), attribution(3, 0)],
    }
    everything = {
        "source": "weights/README.md",
        "sha256": hashlib.sha256((FOLDER / "model.safetensors").read_bytes()).hexdigest(),
        "parameters": sum(array.size for array in model.w.values()),
        "published": published,
    }
    text = json.dumps(everything, indent=1, ensure_ascii=False) + "\n"
    (HERE / "published.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
