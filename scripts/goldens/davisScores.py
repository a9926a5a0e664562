"""J, F, their means, recall and decay as the DAVIS 2017 evaluation defines them, written anew with numpy and SciPy.

Reads a JSON list of sequences from standard input and prints one of results. A sequence is
{"size": [height, width], "truth": [runs...], "result": [runs...]}: for each frame one string of row-major runs, each a
character and how often it comes, with blanks between: ".12 13 x2" ('.' background, '1'.. an object, 'x' void in the
truth). Definitions: Perazzi et al. (CVPR 2016); Pont-Tuset et al. (2017);
https://github.com/davisvideochallenge/davis2017-evaluation (read, not copied).
"""

import json
import sys

import numpy as np
from scipy import ndimage

TOLERANCE = 0.008


def picture(runs, size):
    return np.array(list("".join(run[0] * int(run[1:]) for run in runs.split()))).reshape(size)


def outline(mask):
    """A pixel is outline where its right, lower, or lower right neighbour has another value; edges look inwards only."""
    padded = np.pad(mask, ((0, 1), (0, 1)), mode="edge")
    east, south, both = padded[:-1, 1:], padded[1:, :-1], padded[1:, 1:]
    edge = (mask != east) | (mask != south) | (mask != both)
    edge[-1, :] = mask[-1, :] != east[-1, :]
    edge[:, -1] = mask[:, -1] != south[:, -1]
    edge[-1, -1] = False
    return edge


def disk(radius):
    y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    return x * x + y * y <= radius * radius


def region_similarity(result, truth, void):
    common = np.sum(result & truth & ~void)
    either = np.sum((result | truth) & ~void)
    return 1.0 if either == 0 else common / either


def contour_accuracy(result, truth, void):
    radius = int(np.ceil(TOLERANCE * np.hypot(*truth.shape)))
    found, true = outline(result & ~void), outline(truth & ~void)
    near_true = ndimage.binary_dilation(true, disk(radius))
    near_found = ndimage.binary_dilation(found, disk(radius))
    if not found.any() or not true.any():
        return 1.0 if found.any() == true.any() else 0.0
    precision = np.sum(found & near_true) / np.sum(found)
    recall = np.sum(true & near_found) / np.sum(true)
    return 0.0 if precision + recall == 0 else 2 * precision * recall / (precision + recall)


def statistics(values):
    values = np.array(values)
    borders = np.round(np.linspace(1, len(values), 5) + 1e-10).astype(int) - 1
    first = values[borders[0] : borders[1] + 1]
    last = values[borders[3] : borders[4] + 1]
    return {"mean": values.mean(), "recall": np.mean(values > 0.5), "decay": first.mean() - last.mean()}


def scores(sequence):
    truths = [picture(runs, sequence["size"]) for runs in sequence["truth"]]
    results = [picture(runs, sequence["size"]) for runs in sequence["result"]]
    objects = sorted({name for truth in truths for name in np.unique(truth)} - set(".x"))
    found = []
    for name in objects:
        masks = [(result == name, truth == name, truth == "x") for result, truth in zip(results, truths)]
        j = [region_similarity(*frame) for frame in masks]
        f = [contour_accuracy(*frame) for frame in masks]
        # The evaluation leaves out the first and the last frame.
        found.append({"object": name, "j": j, "f": f, "J": statistics(j[1:-1]), "F": statistics(f[1:-1])})
    return found


if __name__ == "__main__":
    json.dump([scores(sequence) for sequence in json.load(sys.stdin)], sys.stdout)
