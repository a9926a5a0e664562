"""Measures masks with scikit-image: reads JSON {"width", "height", "masks": [[0, 1, ...], ...]} and writes a list."""
import json
import sys

import numpy as np
from skimage.measure import euler_number, label, perimeter_crofton, regionprops


def measure(mask):
    (region,) = regionprops(mask)
    y, x = region.centroid
    pieces = label(mask, connectivity=2).max()
    top, left, bottom, right = region.bbox
    return {
        "area": float(region.area),
        # scikit-image counts from the middle of the first pixel.
        "centroidX": float(x) + 0.5,
        "centroidY": float(y) + 0.5,
        "box": [int(left), int(top), int(right), int(bottom)],
        "perimeter": float(perimeter_crofton(mask, directions=4)),
        "equivalentDiameter": float(region.equivalent_diameter_area),
        "majorAxis": float(region.axis_major_length),
        "minorAxis": float(region.axis_minor_length),
        "eccentricity": float(region.eccentricity),
        # From the first axis (rows, downwards) to the major axis, counter-clockwise.
        "orientation": float(np.degrees(region.orientation)),
        "pieces": int(pieces),
        "holes": int(pieces - euler_number(mask, connectivity=2)),
    }


source = json.load(sys.stdin)
shape = (source["height"], source["width"])
masks = [np.array(values, dtype=np.uint8).reshape(shape) for values in source["masks"]]
json.dump([measure(mask) for mask in masks], sys.stdout)
