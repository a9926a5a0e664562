"""The parity clip: a small non-square clip computed from integers, so that TypeScript draws the very same pixels."""

from __future__ import annotations

import numpy as np

WIDTH = 192
HEIGHT = 128
FRAMES = 20
DISC_RADIUS = 18
BOX_HALF = (16, 11)
PILLAR = (84, 144)


def disc_centre(t: int) -> tuple[int, int]:
    """Centre of object 1, a disc that passes behind the pillar (wholly hidden in frames 9 to 12)."""
    return 40 + 7 * t, 42 + t


def box_centre(t: int) -> tuple[int, int]:
    """Centre of object 2, a box that moves left in front of the pillar."""
    return 156 - 5 * t, 100 - (t * 3) // 2


def labels(t: int) -> np.ndarray:
    """Visible objects of frame `t`, uint8 [HEIGHT, WIDTH]: 0 nothing, 1 disc, 2 box."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.int64)
    cx, cy = disc_centre(t)
    bx, by = box_centre(t)
    out = np.zeros((HEIGHT, WIDTH), np.uint8)
    out[(x - cx) ** 2 + (y - cy) ** 2 <= DISC_RADIUS**2] = 1
    out[(x >= PILLAR[0]) & (x < PILLAR[1])] = 0
    out[(abs(x - bx) <= BOX_HALF[0]) & (abs(y - by) <= BOX_HALF[1])] = 2
    return out


def frame(t: int) -> np.ndarray:
    """Frame `t`, uint8 [HEIGHT, WIDTH, 3]."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.int64)
    cell = ((x >> 2) * 73 + (y >> 2) * 151 + (x >> 2) * (y >> 2) * 37) & 31
    rgb = np.stack([70 + cell + (x >> 2), 90 + cell + (y >> 2), 80 + cell], -1)
    cx, cy = disc_centre(t)
    bx, by = box_centre(t)
    disc = (x - cx) ** 2 + (y - cy) ** 2 <= DISC_RADIUS**2
    stripe = (((x - cx + 64) >> 2) & 1) * 40
    rgb[disc] = np.stack([200 + 0 * x, 90 + stripe, 40 + 0 * x], -1)[disc]
    pillar = (x >= PILLAR[0]) & (x < PILLAR[1])
    grain = ((x * 5 + y * 3) & 7) * 4
    rgb[pillar] = np.stack([120 + grain, 124 + grain, 118 + grain], -1)[pillar]
    box = (abs(x - bx) <= BOX_HALF[0]) & (abs(y - by) <= BOX_HALF[1])
    check = ((((x - bx + 64) >> 3) + ((y - by + 64) >> 3)) & 1) * 60
    rgb[box] = np.stack([30 + 0 * x, 70 + check, 190 + 0 * x], -1)[box]
    return rgb.astype(np.uint8)
