"""Seeded weights: the same numbers from a tensor's name and shape in Python and in TypeScript, with no file to share.

The numbers are exact: uniforms are multiples of 2**-32, sums of four of them are exact in float64, and each kind
then needs the few float64 products written below, in that order, and one rounding to float32.
"""

from __future__ import annotations

import math
from fnmatch import fnmatchcase

import numpy as np

_STEP = 0x6D2B79F5
_MASK = 0xFFFFFFFF
SQRT3 = math.sqrt(3.0)


def fnv1a32(text: str) -> int:
    """FNV-1a, 32 bits, of the UTF-8 bytes of `text`."""
    state = 0x811C9DC5
    for byte in text.encode("utf-8"):
        state = ((state ^ byte) * 0x01000193) & _MASK
    return state


def uniforms(name: str, count: int, lane: int) -> np.ndarray:
    """`count` float64 in [0, 1): mulberry32 started at FNV-1a-32 of `name#lane`; sample i uses state + (i+1)*step."""
    state = np.uint32(fnv1a32(f"{name}#{lane}"))
    with np.errstate(over="ignore"):
        t = state + np.arange(1, count + 1, dtype=np.uint32) * np.uint32(_STEP)
        t = (t ^ (t >> np.uint32(15))) * (t | np.uint32(1))
        t ^= t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61))
        t ^= t >> np.uint32(14)
    return t.astype(np.float64) / 4294967296.0


def normals(name: str, count: int) -> np.ndarray:
    """Irwin-Hall normals of four lanes: mean 0, variance 1, float64."""
    total = uniforms(name, count, 0)
    for lane in (1, 2, 3):
        total += uniforms(name, count, lane)
    total -= 2.0
    total *= SQRT3
    return total


def seeded_tensor(name: str, shape: tuple[int, ...], kind: str, gain: float = 1.0) -> np.ndarray:
    """The float32 tensor of a kind, row-major. Kinds (g = normals of `name`; products left to right, in float64):

    weight    g * (gain * sqrt(2 / fan_in)), fan_in = product of shape[1:] (1 for a vector)
    linear    g * (gain * sqrt(1 / fan_in))
    table     g * gain                         (embeddings, tokens, position tables)
    bias      g * (0.05 * gain)
    scale     1 + g * (0.05 * gain)            (LayerNorm and GroupNorm weights)
    bn_weight 0.5 + g * 0.05,  bn_mean g * 0.05,  bn_var 1 + |g| * 0.1
    constant  gain everywhere, zero 0 everywhere
    """
    count = int(np.prod(shape, dtype=np.int64))
    if kind == "zero":
        return np.zeros(shape, np.float32)
    if kind == "constant":
        return np.full(shape, gain, np.float32)
    g = normals(name, count)
    fan_in = math.prod(shape[1:]) if len(shape) > 1 else 1
    if kind == "weight":
        values = g * (gain * math.sqrt(2.0 / fan_in))
    elif kind == "linear":
        values = g * (gain * math.sqrt(1.0 / fan_in))
    elif kind == "table":
        values = g * gain
    elif kind == "bias":
        values = g * (0.05 * gain)
    elif kind == "scale":
        values = 1.0 + g * (0.05 * gain)
    elif kind == "bn_weight":
        values = 0.5 + g * 0.05
    elif kind == "bn_mean":
        values = g * 0.05
    elif kind == "bn_var":
        values = 1.0 + np.abs(g) * 0.1
    else:
        raise ValueError(f"unknown kind {kind!r}")
    return values.astype(np.float32).reshape(shape)


Rule = tuple[str, str, float]
"""(pattern of the name, kind, gain); the first rule whose pattern fits decides."""

XMEM_RULES: list[Rule] = [
    ("*.bn?.weight", "bn_weight", 1.0),
    ("*.downsample.1.weight", "bn_weight", 1.0),
    ("key_proj.*weight", "weight", 0.1),
    ("decoder.pred.weight", "weight", 0.1),
]


def kind_of(name: str, shape: tuple[int, ...], rules: list[Rule]) -> tuple[str, float]:
    """The kind and gain a tensor gets: by the rules, else by its name and shape."""
    for pattern, kind, gain in rules:
        if fnmatchcase(name, pattern):
            return kind, gain
    if name.endswith("num_batches_tracked"):
        return "zero", 1.0
    if name.endswith("running_mean"):
        return "bn_mean", 1.0
    if name.endswith("running_var"):
        return "bn_var", 1.0
    if name.endswith("bias"):
        return "bias", 1.0
    if name.endswith("weight") and len(shape) == 4:
        return "weight", 1.0
    if name.endswith("weight") and len(shape) >= 2:
        return "linear", 1.0
    if name.endswith("weight"):
        return "scale", 1.0
    return "table", 1.0


def seed_state_dict(module, rules: list[Rule] | None = None, rename=None) -> dict[str, np.ndarray]:
    """Gives every parameter and persistent buffer of a torch module its seeded values; returns them by seeding name.

    `rename` maps a state_dict name to the name that seeds it (an official file's name, say); None leaves it as it is.
    """
    import torch

    seeded: dict[str, np.ndarray] = {}
    with torch.no_grad():
        for name, tensor in module.state_dict().items():
            seed_name = rename(name) if rename else name
            shape = tuple(tensor.shape)
            kind, gain = kind_of(seed_name, shape, rules or [])
            values = seeded_tensor(seed_name, shape, kind, gain)
            tensor.copy_(torch.from_numpy(values).to(tensor.dtype))
            seeded[seed_name] = values
    return seeded
