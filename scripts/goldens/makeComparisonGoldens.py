"""Writes src/core/compare/__fixtures__/davisScores.json: two sequences of moving shapes with their J and F."""

import json
import pathlib

import numpy as np

from davisScores import scores

OUT = pathlib.Path(__file__).parents[2] / "src/core/compare/__fixtures__/davisScores.json"
random = np.random.default_rng(7)


def ellipse(size, centre, radii, angle):
    height, width = size
    y, x = np.mgrid[0:height, 0:width]
    across, down = x - centre[0], y - centre[1]
    along = across * np.cos(angle) + down * np.sin(angle)
    aside = down * np.cos(angle) - across * np.sin(angle)
    return (along / radii[0]) ** 2 + (aside / radii[1]) ** 2 <= 1


def runs(picture):
    """See davisScores."""
    pixels = picture.ravel()
    starts = np.flatnonzero(np.append(True, pixels[1:] != pixels[:-1]))
    lengths = np.diff(np.append(starts, pixels.size))
    return " ".join(f"{pixels[start]}{length}" for start, length in zip(starts, lengths))


def sequence(size, frames, with_void):
    """Two ellipses; the result lags behind, is ragged, loses the second one in the end, and knows no void."""
    height, width = size
    truth, result = [], []
    for frame in range(frames):
        lag = frame * 0.8
        true = np.full(size, ".")
        drawn = np.full(size, ".")
        for name, at, radii in [("1", (0.2, 0.35), (0.16, 0.2)), ("2", (0.55, 0.65), (0.12, 0.22))]:
            centre = (width * at[0] + frame * 2.5, height * at[1])
            radii = (radii[0] * width, radii[1] * height)
            true[ellipse(size, centre, radii, 0.1 * frame)] = name
            noise = random.normal(0, 1.2, 2)
            moved = (centre[0] - lag + noise[0], centre[1] + noise[1])
            if name == "1" or frame < frames - 2:
                drawn[ellipse(size, moved, radii, 0.07 * frame)] = name
        drawn[random.random(size) < 0.004] = "1"
        if with_void:
            true[height // 3 : height // 2, width // 2 : width // 2 + 12] = "x"
        truth.append(runs(true))
        result.append(runs(drawn))
    return {"size": size, "truth": truth, "result": result}


sequences = [sequence((45, 80), 9, False), sequence((60, 60), 14, True)]
OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text(json.dumps([{**one, "scores": scores(one)} for one in sequences]))
