"""GPT-2 in torch, with parameters named and stored as in its checkpoints.

Shapes: B sequences of T tokens, width d, H heads of d/H, vocabulary V.
"""

import math
from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F


@dataclass
class Config:
    """The sizes of the model."""

    vocab_size: int = 1536
    n_positions: int = 128
    n_embd: int = 96
    n_head: int = 4
    n_layer: int = 4
    initializer_range: float = 0.05
    layer_norm_epsilon: float = 1e-5


class Conv1D(nn.Module):
    """A linear map whose weight is stored input by output: [in, out]."""

    def __init__(self, size_in, size_out, std):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(size_in, size_out) * std)
        self.bias = nn.Parameter(torch.zeros(size_out))

    def forward(self, x):
        """[B, T, in] -> [B, T, out]"""
        flat = torch.addmm(self.bias, x.reshape(-1, x.shape[-1]), self.weight)
        return flat.view(*x.shape[:-1], -1)


class Attention(nn.Module):
    """Causal self-attention with one fused map for queries, keys and values."""

    def __init__(self, config):
        super().__init__()
        d, std = config.n_embd, config.initializer_range
        self.heads = config.n_head
        self.c_attn = Conv1D(d, 3 * d, std)
        self.c_proj = Conv1D(d, d, std / math.sqrt(2 * config.n_layer))

    def forward(self, x, mask, keep=None):
        """[B, T, d] -> [B, T, d]; appends the weights [B, H, T, T] to keep."""
        B, T, d = x.shape
        H, size = self.heads, d // self.heads
        # [B, T, 3d] -> three of [B * H, T, d/H]
        q, k, v = (
            self.c_attn(x).view(B, T, 3, H, size).permute(2, 0, 3, 1, 4)
            .reshape(3, B * H, T, size).unbind(0)
        )
        scores = torch.baddbmm(
            mask[:T, :T].unsqueeze(0), q, k.transpose(1, 2), alpha=1 / math.sqrt(size)
        )
        weights = scores.softmax(-1)
        if keep is not None:
            keep.append(weights.view(B, H, T, T))
        out = torch.bmm(weights, v).view(B, H, T, size).transpose(1, 2)
        return self.c_proj(out.reshape(B, T, d))


class MLP(nn.Module):
    """Widen by four, tanh-approximated GELU, narrow again."""

    def __init__(self, config):
        super().__init__()
        d, std = config.n_embd, config.initializer_range
        self.c_fc = Conv1D(d, 4 * d, std)
        self.c_proj = Conv1D(4 * d, d, std / math.sqrt(2 * config.n_layer))

    def forward(self, x):
        """[B, T, d] -> [B, T, d]"""
        return self.c_proj(F.gelu(self.c_fc(x), approximate="tanh"))


class Block(nn.Module):
    """x + attention(norm(x)), then x + mlp(norm(x))."""

    def __init__(self, config):
        super().__init__()
        self.ln_1 = nn.LayerNorm(config.n_embd, config.layer_norm_epsilon)
        self.attn = Attention(config)
        self.ln_2 = nn.LayerNorm(config.n_embd, config.layer_norm_epsilon)
        self.mlp = MLP(config)

    def forward(self, x, mask, keep=None):
        """[B, T, d] -> [B, T, d]"""
        x = x + self.attn(self.ln_1(x), mask, keep)
        return x + self.mlp(self.ln_2(x))


class Table(nn.Module):
    """An embedding table [rows, d]."""

    def __init__(self, rows, d, std):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(rows, d) * std)


def waves(rows, d, std):
    """Sines and cosines as the first values of the positions: [rows, d].

    They are learned from there on, like GPT-2's. With waves a head that looks at
    the previous token is a mere turn of the query, and is found much sooner.
    """
    slowest = 2 * math.pi / (4 * rows)
    speed = slowest ** (torch.arange(d // 2) / (d // 2 - 1))  # [d/2], from 1 down
    angle = torch.arange(rows)[:, None] * speed  # [rows, d/2]
    return torch.cat([angle.sin(), angle.cos()], 1) * std * math.sqrt(2)


class GPT2(nn.Module):
    """The whole model; the head is the token table again."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        std = config.initializer_range
        self.wte = Table(config.vocab_size, config.n_embd, std)
        self.wpe = Table(config.n_positions, config.n_embd, std)
        with torch.no_grad():
            self.wpe.weight.copy_(waves(config.n_positions, config.n_embd, std))
        self.h = nn.ModuleList(Block(config) for _ in range(config.n_layer))
        self.ln_f = nn.LayerNorm(config.n_embd, config.layer_norm_epsilon)
        size = config.n_positions
        mask = torch.full((size, size), -1e9).triu(1)
        self.register_buffer("mask", mask, persistent=False)

    def forward(self, ids, keep=None):
        """ids [B, T] -> logits [B, T, V]; keep collects the attention weights."""
        x = F.embedding(ids, self.wte.weight) + self.wpe.weight[: ids.shape[1]]
        for block in self.h:
            x = block(x, self.mask, keep)
        return self.ln_f(x) @ self.wte.weight.t()

    @torch.no_grad()
    def attention(self, ids):
        """The attention weights of all layers: a list of [B, H, T, T]."""
        keep = []
        self(ids, keep)
        return keep
