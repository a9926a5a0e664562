"""Checks the shared export code on a small network: `python -m maskflow_export.selftest`."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn

from . import clip, seeded, weightless
from .from_torch import export_graph, foreign_operators


class _Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 3, stride=2, padding=1)
        self.norm = nn.LayerNorm(16)
        self.query = nn.Linear(16, 16)
        self.value = nn.Linear(16, 24)
        self.out = nn.Parameter(torch.zeros(24, 8))
        self.table = nn.Buffer(torch.zeros(1, 16, 1, 1))

    def forward(self, image):
        x = (self.conv(image) + self.table).relu()
        tokens = self.norm(x.flatten(2).transpose(1, 2))
        attention = (self.query(tokens) @ tokens.transpose(1, 2) * 0.25).softmax(-1)
        return attention @ self.value(tokens) @ self.out


class _Whole(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = _Attention()

    def forward(self, image):
        return self.model(image)


def check_uniforms() -> None:
    """The reference values of the golden of XMem, and a scalar writing of mulberry32."""
    wanted = {"mask": 0.13414901355281472, "key_encoder.conv1.weight": 0.5013325717300177}
    for name, value in wanted.items():
        assert seeded.uniforms(name, 3, 0)[0] == value, name
    state = seeded.fnv1a32("a#2")
    for i, value in enumerate(seeded.uniforms("a", 5, 2)):
        t = (state + (i + 1) * 0x6D2B79F5) & 0xFFFFFFFF
        t = ((t ^ (t >> 15)) * (t | 1)) & 0xFFFFFFFF
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & 0xFFFFFFFF)) & 0xFFFFFFFF
        assert ((t ^ (t >> 14)) & 0xFFFFFFFF) / 2**32 == value


def check_clip() -> None:
    """Both objects are seen, the disc is hidden in frames 9 to 12."""
    seen = [{int(v) for v in np.unique(clip.labels(t))} for t in range(clip.FRAMES)]
    assert [t for t in range(clip.FRAMES) if 1 not in seen[t]] == [9, 10, 11, 12]
    assert all(2 in s for s in seen)
    assert clip.frame(3).shape == (clip.HEIGHT, clip.WIDTH, 3)


def check_graphs(folder: Path) -> None:
    """Export, hydration and comparison of a small network in both precisions; two runs give the same bytes."""
    whole = _Whole().eval()
    values = seeded.seed_state_dict(whole.model)
    image = torch.from_numpy(seeded.uniforms("image", 3 * 20 * 12, 0).reshape(1, 3, 20, 12).astype(np.float32))
    graph = export_graph(whole, (image,), ["image"], ["tokens"], strip="model.")
    assert foreign_operators(graph) == [], foreign_operators(graph)
    names = weightless.names_by_rule({"net": graph}, {"pytorch": lambda n: n}, set(values))
    assert set(names) == set(values), set(values) ^ set(names)
    written = []
    for run in ("a", "b"):
        weightless.write_model(
            folder / run, "small", "Small", "sam", {"net": graph}, names, [], [], {}, "MIT", "selftest"
        )
        written.append({p.name: p.read_bytes() for p in (folder / run).iterdir()})
    assert written[0] == written[1]
    with torch.no_grad():
        wanted = whole(image).numpy()
    for variant, tolerance in (("fp32", 1e-5), ("fp16", 5e-3)):
        weightless.hydrate(folder / "a", folder / variant, variant, "pytorch", values)
        error = weightless.compare(folder / variant, "net", variant, {"image": image.numpy()}, [wanted])
        assert error[0] < tolerance, (variant, error)
    manifest = json.loads((folder / "a" / "manifest.json").read_text())
    half = {t["name"]: t["dtype"] for t in manifest["variants"]["fp16"]["tensors"]}
    assert half["norm.weight"] == "float32" and half["conv.weight"] == "float16"


def check_steps() -> None:
    """Every kind of step on a numbered tensor."""
    array = np.arange(24, dtype=np.float32).reshape(6, 4)
    steps = [
        {"kind": "slice", "axis": 0, "start": 2, "end": 5},
        {"kind": "transpose", "axes": [1, 0]},
        {"kind": "reshape", "shape": [2, 6]},
        {"kind": "padZeros", "axis": 1, "to": 7},
    ]
    wanted = np.pad(array[2:5].T.reshape(2, 6), ((0, 0), (0, 1)))
    assert (weightless.apply_steps(array, steps) == wanted).all()
    assert weightless.shape_after([6, 4], steps) == [2, 7]


def main() -> None:
    check_uniforms()
    check_clip()
    check_steps()
    with tempfile.TemporaryDirectory() as folder:
        check_graphs(Path(folder))
    print("maskflow_export: all checks passed")


if __name__ == "__main__":
    main()
