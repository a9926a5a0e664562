"""What official weights give on the self-test's picture, for `officialStatistics` of a manifest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from . import weightless


def test_picture(dims: list[int]) -> np.ndarray:
    """The picture of the application's self-test (testPicture in src/engine/models/modelSelfTest.ts)."""
    width = dims[-1]
    index = np.arange(int(np.prod(dims)), dtype=np.int64)
    column, row = index % width, index // width
    values = np.abs((column * 3 + row * 5) % 256 - 128) / 64 - 1
    return values.astype(np.float32).reshape(dims)


def statistics_of(hydrated: Path, key: str, variant: str) -> dict[str, dict[str, float]]:
    """Mean and standard deviation of each output of a graph that is given nothing but a picture of fixed size."""
    session = weightless.session(hydrated, key, variant)
    (picture,) = session.get_inputs()
    names = [output.name for output in session.get_outputs()]
    outputs = session.run(names, {picture.name: test_picture(picture.shape)})
    return {
        f"{key}.{name}": {"mean": float(value.mean(dtype=np.float64)), "deviation": float(value.std(dtype=np.float64))}
        for name, value in zip(names, outputs, strict=True)
    }


def state_statistics(model_dir: Path, statistics: dict[str, dict]) -> None:
    """Writes `officialStatistics` (by variant) into the manifest, before its provenance."""
    path = model_dir / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    provenance = manifest.pop("provenance")
    manifest["officialStatistics"] = statistics
    manifest["provenance"] = provenance
    path.write_text(weightless.lines_of(manifest), encoding="utf-8")
