"""Goldens of family sam2: `python sam2_goldens.py edgetam-mini sam2.1-mini edgetam [--check]`.

Runs the scripts of the parity clip with transformers on seeded weights and writes golden.json and golden.safetensors
(small configurations: also corrected.json and corrected.safetensors, on weights that half precision stands); then runs
them with the graphs alone and prints how far they are from it. `--check` compares without writing, `--fp32` leaves the
half-precision graphs out.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from maskflow_export import clip, weightless
from safetensors.numpy import save_file
from sam2 import graphs, loop, models, modules, reference, script
from sam2_export import ROOT, folder_of

GOLDENS = ROOT / "src/engine/sam2/__fixtures__"
STRIDE = {64: 2, 256: 8}
"""Every how many rows and columns of the low-resolution logits are kept, by their size."""


def scripts_of(id: str) -> dict[str, tuple[list[dict], list]]:
    """The goldens of a network: (steps, seeding rules) by the name of their files."""
    if not id.endswith("-mini"):
        return {"golden": (script.steps(short=True), models.rules_of(id))}
    return {
        "golden": (script.steps(), models.rules_of(id)),
        "corrected": (script.corrections(), [*models.STEADY, *models.rules_of(id)]),
    }


def pack(results: list[tuple], size: int) -> dict[str, np.ndarray]:
    """The results as arrays, one row a computed frame."""
    masks = np.stack([r["mask"] for *_, r in results])
    stride = STRIDE[size]
    return {
        "bits": np.packbits((masks > 0).reshape(len(results), -1), axis=1, bitorder="little"),
        "logits": np.clip(masks[:, ::stride, ::stride], -1024, 1024).astype(np.float16),
        "scores": np.array([r["score"] for *_, r in results], np.float32),
        "pointers": np.stack([r["pointer"] for *_, r in results]).astype(np.float32),
    }


def describe(id: str, config: dict, steps: list[dict], rules: list, results: list[tuple]) -> dict:
    size = config["maskSize"]
    return {
        "about": "transformers 5.18.0 on seeded weights; see tools/export/README.md",
        "model": id,
        "frames": script.FRAMES,
        "clip": {"width": clip.WIDTH, "height": clip.HEIGHT},
        "maskSize": size,
        "logitsStride": STRIDE[size],
        "seedRules": [list(rule) for rule in rules],
        "steps": steps,
        "rows": [{"step": step, "object": label, "frame": t} for step, label, t, _ in results],
    }


def agreement(steps: list[dict], wanted: list[tuple], got: list[tuple]) -> dict[str, float]:
    """The worst agreement over all frames; a mask that the user gave is not compared."""
    overlaps, logits, pointers, scores = [], [], [], []
    for (step, *place, a), (other_step, *other_place, b) in zip(wanted, got, strict=True):
        assert (step, place) == (other_step, other_place)
        pointers.append(np.abs(a["pointer"] - b["pointer"]).max())
        scores.append(abs(a["score"] - b["score"]))
        if steps[step].get("kind") == "mask":
            continue
        one, two = a["mask"] > 0, b["mask"] > 0
        union = (one | two).sum()
        overlaps.append(1.0 if union == 0 else (one & two).sum() / union)
        if (a["score"] > 0) == (b["score"] > 0):
            logits.append(np.abs(a["mask"] - b["mask"]).max())
    return {
        "frames": len(wanted), "leastIou": float(min(overlaps)), "logits": float(max(logits)),
        "pointers": float(max(pointers)), "scores": float(max(scores)),
        "closestScore": float(min(abs(r["score"]) for *_, r in wanted)),
        "hidden": int(sum(r["score"] < 0 for *_, r in wanted)),
        "medianArea": float(np.median([reference.area_share(r) for *_, r in wanted if r["score"] > 0])),
    }  # fmt: skip


def influence(results: list[tuple]) -> float:
    """How much of the mask differs, at the median, when a frame is tracked again after a correction."""
    before: dict[tuple, np.ndarray] = {}
    shares = []
    for _, label, t, r in results:
        mask = r["mask"] > 0
        if (label, t) in before and (mask | before[label, t]).any():
            shares.append((mask != before[label, t]).sum() / (mask | before[label, t]).sum())
        before[label, t] = mask
    return float(np.median(shares)) if shares else 0.0


def make(id: str, name: str, steps: list[dict], rules: list, writes: bool, variants: tuple[str, ...]) -> None:
    """One golden, and how far the graphs are from it."""
    model = models.build(id, "sdpa", rules)
    config = graphs.config_of(id, model)
    wanted = list(reference.run(id, model, steps))
    values = {key: tensor.numpy() for key, tensor in model.state_dict().items()}
    if writes:
        folder = GOLDENS / id
        folder.mkdir(parents=True, exist_ok=True)
        save_file(pack(wanted, config["maskSize"]), folder / f"{name}.safetensors")
        text = json.dumps(describe(id, config, steps, rules, wanted), indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    for variant in variants:
        with tempfile.TemporaryDirectory() as hydrated:
            weightless.hydrate(folder_of(id), Path(hydrated), variant, "safetensors", values)
            start = time.time()
            got = list(loop.run(hydrated, variant, config, steps))
            seconds = (time.time() - start) / len(got)
        figures = agreement(steps, wanted, got) | {"influence": influence(wanted), "secondsPerFrame": seconds}
        print(id, name, variant, json.dumps({k: round(v, 6) for k, v in figures.items()}), flush=True)


def main(arguments: list[str]) -> None:
    modules.use_chunked_attention()
    variants = ("fp32",) if "--fp32" in arguments else ("fp32", "fp16")
    for id in [a for a in arguments if not a.startswith("--")]:
        for name, (steps, rules) in scripts_of(id).items():
            make(id, name, steps, rules, "--check" not in arguments, variants)


if __name__ == "__main__":
    main(sys.argv[1:])
