"""Reads an export with one independent library and compares it with the truth: `readBack.py READER FOLDER`.

FOLDER/truth.npy is [frames, height, width] of label numbers, FOLDER/pictures.npy [frames, height, width, 3] the frames.
Everything else in FOLDER is the export. Imports nothing of Maskflow. Prints what it compared; exits with 1 when wrong.
"""
import glob
import json
import os
import sys

import numpy as np

reader, folder = sys.argv[1:3]
path = lambda *parts: os.path.join(folder, *parts)
truth = np.load(path("truth.npy"))
pictures = np.load(path("pictures.npy")) if os.path.exists(path("pictures.npy")) else None
numbers = [number for number in np.unique(truth) if 0 < number < 255]
files = lambda *parts: sorted(glob.glob(glob.escape(folder) + "/" + "/".join(parts)))


def same(name, found, wanted):
    found, wanted = np.asarray(found), np.asarray(wanted)
    if found.shape != wanted.shape or not np.array_equal(found, wanted):
        apart = "" if found.shape != wanted.shape else f", {int((found != wanted).sum())} values apart"
        sys.exit(f"{name}: {found.shape} {found.dtype} is not {wanted.shape} {wanted.dtype}{apart}")
    print(f"{name}: {found.shape} equal")


def with_pillow():
    from PIL import Image

    def stack(names, mode):
        opened = [Image.open(name) for name in names]
        if not opened or any(image.mode not in mode for image in opened):
            sys.exit(f"{names[:1]} has mode {[image.mode for image in opened][:1]}, not {mode}")
        return np.stack([np.array(image) for image in opened])

    for pattern in ("labels/*.png", "davis/Annotations/*/*/*.png", "youtube-vos/train/Annotations/*/*.png"):
        if files(pattern):
            same(pattern, stack(files(pattern), ("P", "I;16", "I")), truth)
    for number in numbers:
        if files(f"binary/{number} *"):
            same(f"binary {number}", stack(files(f"binary/{number} *", "*.png"), "L"), (truth == number) * 255)
        if files(f"cutouts/{number} *"):
            found = stack(files(f"cutouts/{number} *", "*.png"), ("RGBA",))
            same(f"cut-out alpha {number}", found[..., 3], (truth == number) * 255)
            same(f"cut-out colour {number}", found[truth == number][:, :3], pictures[truth == number])
        if files(f"soft/{number} *"):
            found = stack(files(f"soft/{number} *", "*.png"), ("L", "I;16", "I")).astype(float)
            soft = np.load(path(f"soft{number}.npy"))
            white = 65535 if found.max() > 255 else 255
            error = np.abs(found / white - soft).max()
            print(f"soft {number}: {found.shape}, at most {error:.5f} apart")
            if found.shape != soft.shape or error > 0.6 / white + 1e-6:
                sys.exit(f"soft {number} is {error} apart")
    if files("frames/*.png"):
        same("frames", stack(files("frames/*.png"), ("RGB",)), pictures)
    if files("overlay/*.png"):
        found = stack(files("overlay/*.png"), ("RGB",))
        same("overlay outside", found[truth == 0], pictures[truth == 0])
        if np.array_equal(found[truth > 0], pictures[truth > 0]):
            sys.exit("the overlay shows no masks")


def with_tifffile():
    import tifffile

    with tifffile.TiffFile(path("masks.tif")) as tiff:
        if not tiff.is_imagej or len(tiff.pages) != len(truth):
            sys.exit(f"not ImageJ's, or {len(tiff.pages)} pages")
        same("masks.tif", tiff.asarray().reshape(truth.shape), truth)
        print(f"axes {tiff.series[0].axes}, BigTIFF {tiff.is_bigtiff}")


def with_opencv():
    import cv2

    _, pages = cv2.imreadmulti(path("masks.tif"), flags=cv2.IMREAD_UNCHANGED)
    same("masks.tif", np.stack(pages), truth)
    same("binary", np.stack([cv2.imread(name, cv2.IMREAD_UNCHANGED) for name in files(f"binary/{numbers[0]} *", "*.png")]), (truth == numbers[0]) * 255)
    # fillPoly paints the outline, too: on a finer grid that does not reach the middles of pixels.
    fine = 8
    height, width = truth.shape[1:]
    found = np.zeros_like(truth)
    for place, name in enumerate(files("yolo/labels/*.txt")):
        for line in open(name):
            label, *values = line.split()
            corners = np.reshape([float(value) for value in values], (-1, 2)) * (width, height) * fine
            drawn = np.zeros((height * fine, width * fine), np.uint8)
            cv2.fillPoly(drawn, [np.rint(corners).astype(np.int32)], 1)
            found[place][drawn[fine // 2 :: fine, fine // 2 :: fine] == 1] = numbers[int(label)]
    same("yolo", found, truth)


def with_pycocotools():
    import contextlib
    from pycocotools.coco import COCO

    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO(path("coco.json"))
    found = np.zeros_like(truth)
    places = {image["id"]: place for place, image in enumerate(coco.loadImgs(sorted(coco.getImgIds())))}
    for annotation in coco.loadAnns(coco.getAnnIds()):
        mask = coco.annToMask(annotation)
        if mask.sum() != annotation["area"] or annotation["video_id"] != 1:
            sys.exit(f"annotation {annotation['id']} is {mask.sum()} pixels, not {annotation['area']}")
        columns, rows = np.flatnonzero(mask.any(0)), np.flatnonzero(mask.any(1))
        box = [columns[0], rows[0], columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0]]
        if list(map(int, annotation["bbox"])) != [int(side) for side in box]:
            sys.exit(f"annotation {annotation['id']} has the box {annotation['bbox']}, not {box}")
        found[places[annotation["image_id"]]][mask == 1] = annotation["track_id"]
    same("coco.json", found, truth)


def with_numpy():
    arrays = np.load(path("masks.npz"))
    same("masks.npz", arrays["masks"], truth)
    meta = json.load(open(path("labels.json")))
    named = [label for label in meta["labels"] if label["number"]]
    same("label numbers", arrays["label_numbers"], [label["number"] for label in named])
    same("label names", arrays["label_names"], [label["name"] for label in named])
    first = meta["range"]["firstFrame"]
    same("frames", arrays["frames"], np.arange(first, first + len(truth)))
    if arrays["timestamps"].dtype != np.float64 or len(arrays["timestamps"]) != len(truth):
        sys.exit("no times")


{"PIL": with_pillow, "tifffile": with_tifffile, "cv2": with_opencv, "pycocotools": with_pycocotools, "numpy": with_numpy}[reader]()
