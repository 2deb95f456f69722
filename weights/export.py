"""Write a model as a Hugging Face folder: config.json and model.safetensors."""

import json
import struct
from pathlib import Path

import numpy as np

from train_tokenizer import MODEL_FOLDER


def config_json(config):
    """The keys of gpt2's own config.json."""
    end = config.vocab_size - 1
    return {
        "activation_function": "gelu_new",
        "architectures": ["GPT2LMHeadModel"],
        "attn_pdrop": 0.0,
        "bos_token_id": end,
        "embd_pdrop": 0.0,
        "eos_token_id": end,
        "initializer_range": config.initializer_range,
        "layer_norm_epsilon": config.layer_norm_epsilon,
        "model_type": "gpt2",
        "n_ctx": config.n_positions,
        "n_embd": config.n_embd,
        "n_head": config.n_head,
        "n_layer": config.n_layer,
        "n_positions": config.n_positions,
        "resid_pdrop": 0.0,
        "summary_activation": None,
        "summary_first_dropout": 0.1,
        "summary_proj_to_labels": True,
        "summary_type": "cls_index",
        "summary_use_proj": True,
        "tie_word_embeddings": True,
        "torch_dtype": "float32",
        "vocab_size": config.vocab_size,
    }


def safetensors(tensors):
    """The bytes of a safetensors file of float32 arrays."""
    header, offset, parts = {"__metadata__": {"format": "pt"}}, 0, []
    for name, array in tensors.items():
        data = np.ascontiguousarray(array, dtype="<f4").tobytes()
        header[name] = {
            "dtype": "F32",
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        offset += len(data)
        parts.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(parts)


def read_safetensors(data):
    """The arrays of such a file, by name."""
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + size + x for x in entry["data_offsets"])
            flat = np.frombuffer(data[begin:end], dtype="<f4")
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def export(model, folder=MODEL_FOLDER):
    """Write the two files of a model."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {n: p.detach().numpy() for n, p in model.state_dict().items()}
    (folder / "model.safetensors").write_bytes(safetensors(tensors))
    text = json.dumps(config_json(model.config), indent=2) + "\n"
    (folder / "config.json").write_text(text)
