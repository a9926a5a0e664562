"""What is done with the parity clip in the goldens of family sam2: prompts, passes, corrections, a backward stretch."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from maskflow_export import clip

from . import models

FRAMES = 16
"""Frames of the clip that are used: the number also scales the times of object pointers."""

SUREST_LOGIT = 32.0
"""Logits drawn before are clamped to this when they prompt a correction, as in the published predictor."""


def picture(t: int, size: int) -> np.ndarray:
    """Frame `t` as the network's input [1, 3, size, size]: bilinear, half-pixel centres, no rounding in between."""
    rgb = torch.from_numpy(clip.frame(t)).permute(2, 0, 1)[None].float() / 255
    square = F.interpolate(rgb, size=(size, size), mode="bilinear", align_corners=False)
    mean, std = torch.tensor(models.MEAN).reshape(1, 3, 1, 1), torch.tensor(models.STD).reshape(1, 3, 1, 1)
    return ((square - mean) / std).numpy()


def mask_of(t: int, label: int, size: int) -> np.ndarray:
    """The mask of an object on frame `t` as 0 and 1, [1, 1, size, size]: nearest pixel, floor((i + 0.5) * scale)."""
    source = clip.labels(t) == label
    rows = ((np.arange(size) + 0.5) * clip.HEIGHT / size).astype(np.int64)
    columns = ((np.arange(size) + 0.5) * clip.WIDTH / size).astype(np.int64)
    return source[rows][:, columns].astype(np.float32)[None, None]


def points_at(places: list[tuple[float, float, int]]) -> dict:
    """A prompt by points in pixels of the clip: (x, y, label), box corners (labels 2 and 3) first."""
    return {"kind": "points", "points": [[x, y] for x, y, _ in places], "labels": [label for _, _, label in places]}


def steps(last: int = FRAMES - 1, short: bool = False) -> list[dict]:
    """The steps, in order: {"object", "do": "prompt" | "correct" | "track" | "forget", "frame" or "from"/"to", ...}.

    `prompt` makes a frame conditioning, without memory, after the object's later unprompted entries are dropped;
    `track` runs frames one after the other (backward where "to" lies before "from"); `forget` drops all unprompted.
    """
    disc, box = clip.disc_centre(0), clip.box_centre(2)
    first = [
        {"object": 1, "do": "prompt", "frame": 0, **points_at([(disc[0] + 3, disc[1] - 2, 1)])},
        {"object": 1, "do": "track", "from": 1, "to": 3 if short else last},
    ]
    if short:
        return [*first, {"object": 1, "do": "prompt", "frame": 3, "kind": "mask", "label": 1},
                {"object": 1, "do": "track", "from": 4, "to": 4}]  # fmt: skip
    later = clip.box_centre(9)
    corners = [(box[0] - 17, box[1] - 12, 2), (box[0] + 17, box[1] + 12, 3)]
    return [
        *first,
        {"object": 1, "do": "prompt", "frame": 8, "kind": "mask", "label": 1},
        {"object": 1, "do": "track", "from": 9, "to": last},
        {"object": 1, "do": "prompt", "frame": 11, "kind": "mask", "label": 1},
        {"object": 1, "do": "track", "from": 12, "to": last},
        {"object": 2, "do": "prompt", "frame": 2,
         **points_at([*corners, (box[0] + 2, box[1], 1), (box[0] - 30, box[1] - 20, 0)])},
        {"object": 2, "do": "track", "from": 3, "to": last},
        {"object": 2, "do": "prompt", "frame": 9, **points_at([(later[0], later[1], 1), (later[0] + 30, later[1] - 25, 0)])},
        {"object": 2, "do": "track", "from": 10, "to": last},
        {"object": 2, "do": "forget"},
        {"object": 2, "do": "track", "from": 8, "to": 3},
    ]  # fmt: skip


def corrections(last: int = FRAMES - 1) -> list[dict]:
    """An object that is tracked for some frames, corrected there by clicks for and against, tracked on, and so again.

    `correct` is a prompt on a frame that was tracked: its memory and the logits drawn there take part; then the frame is
    conditioning. The second one is a click alone: the best of three masks.
    """
    first, second, third = clip.box_centre(0), clip.box_centre(5), clip.box_centre(10)
    corners = [(first[0] - 17, first[1] - 12, 2), (first[0] + 17, first[1] + 12, 3)]
    return [
        {"object": 2, "do": "prompt", "frame": 0, **points_at(corners)},
        {"object": 2, "do": "track", "from": 1, "to": 6},
        {"object": 2, "do": "correct", "frame": 5,
         **points_at([(second[0] - 4, second[1] + 3, 1), (second[0] - 40, second[1] - 20, 0)])},
        {"object": 2, "do": "track", "from": 6, "to": 11},
        {"object": 2, "do": "correct", "frame": 10, **points_at([(third[0] + 6, third[1] - 4, 1)])},
        {"object": 2, "do": "track", "from": 11, "to": last},
    ]  # fmt: skip


def scaled(step: dict, size: int) -> tuple[np.ndarray, np.ndarray]:
    """The points of a prompt in the network's pixels [1, N, 2], and their labels [1, N]."""
    scale = np.array([size / clip.WIDTH, size / clip.HEIGHT], np.float32)
    return np.array(step["points"], np.float32)[None] * scale, np.array(step["labels"], np.float32)[None]
