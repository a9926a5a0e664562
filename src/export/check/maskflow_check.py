#!/usr/bin/env python3
"""Checks a Maskflow export, and reads all of it back into NumPy.

    python maskflow_check.py EXPORT [--video CLIP]

EXPORT is the folder or the ZIP file; the folder of this file by itself if left out. CLIP is the video that was
segmented, or the folder of its images: then every mask is proved to belong to the frame that ffmpeg or OpenCV reads
under the same number. Needs NumPy, and Pillow or OpenCV; ffmpeg, or OpenCV, for videos. Exits with 1 when anything
does not fit.

As a module: `export = Export('clip-masks.zip')`, then `export.label_maps()`, `export.soft_masks(1)`,
`export.arrays()`, `export.tiff_stack()`, `export.coco_maps()`, `export.yolo_maps()`, `export.pictures('frames')` ...
Frames come in the order of `export.frames`, whose rows are those of frames.csv.
"""
import argparse
import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import numpy as np

try:
    from PIL import Image, ImageSequence
    Image.MAX_IMAGE_PIXELS = None
except ImportError:
    Image = None
try:
    import cv2
except ImportError:
    cv2 = None

GRID = (9, 16)
PICTURES = (".png", ".jpg", ".jpeg")
NEIGHBOURS = 3


def palette_colours():
    """The 256 colours of Pascal VOC, in which label maps are shown."""
    numbers = np.arange(256)
    colours = np.zeros((256, 3), np.uint8)
    for bit in range(8):
        for channel in range(3):
            colours[:, channel] |= (((numbers >> (3 * bit + channel)) & 1) << (7 - bit)).astype(np.uint8)
    return colours


def read_picture(data):
    """Indices of palette pictures, else greys, RGB or RGBA as they are in the file."""
    if Image:
        return np.array(Image.open(io.BytesIO(data)))
    if not cv2:
        raise SystemExit("Install Pillow (pip install pillow) or OpenCV.")
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    is_palette = data[:4] == b"\x89PNG" and data[25] == 3
    if is_palette:
        packed = picture[..., 2].astype(int) << 16 | picture[..., 1].astype(int) << 8 | picture[..., 0]
        keys = palette_colours().astype(int) @ (1 << 16, 1 << 8, 1)
        order = np.argsort(keys)
        return order[np.searchsorted(keys[order], packed)].astype(np.uint8)
    if picture.ndim == 3:
        picture = picture[..., [2, 1, 0, 3][: picture.shape[2]]]
    return picture


def read_rle(segmentation):
    """COCO's run lengths, as a string or as counts, to [height, width] of bool."""
    height, width = segmentation["size"]
    counts = segmentation["counts"]
    if isinstance(counts, str):
        found, at = [], 0
        while at < len(counts):
            value, shift, more = 0, 0, True
            while more:
                code = ord(counts[at]) - 48
                value |= (code & 31) << shift
                more = bool(code & 32)
                at += 1
                shift += 5
                if not more and code & 16:
                    value |= -1 << shift
            found.append(value + (found[-2] if len(found) > 2 else 0))
        counts = found
    values = np.arange(len(counts)) % 2 == 1
    return np.repeat(values, counts).reshape((width, height)).T


def fill_polygons(polygons, height, width):
    """Even-odd filling of polygons along pixel edges: each upright edge turns the pixels to its right over."""
    mask = np.zeros((height, width), bool)
    for polygon in polygons:
        turns = np.zeros((height, width + 1), bool)
        corners = np.rint(np.reshape(polygon, (-1, 2))).astype(int)
        for (x0, y0), (x1, y1) in zip(corners, np.roll(corners, -1, axis=0)):
            if x0 == x1:
                turns[min(y0, y1) : max(y0, y1), x0] ^= True
        mask |= np.logical_xor.accumulate(turns, axis=1)[:, :width]
    return mask


class Export:
    """A folder or ZIP that Maskflow wrote."""

    def __init__(self, path):
        self.path = path
        self.zip = None if os.path.isdir(path) else zipfile.ZipFile(path)
        self.labels = json.loads(self.read("labels.json"))
        self.contents = {part["format"]: part for part in json.loads(self.read("export.json"))["contents"]}
        self.frames = list(csv.DictReader(io.StringIO(self.read("frames.csv").decode("utf-8"), newline="")))
        self.stems = [os.path.splitext(row["file"].split("/")[-1])[0] for row in self.frames]
        footage = self.labels["footage"]
        self.height, self.width = footage["height"], footage["width"]
        self.numbered = {label["number"]: label for label in self.labels["labels"] if label["number"]}
        self.objects = [label for label in self.labels["labels"] if label["role"] == "object"]

    def read(self, name):
        if self.zip:
            return self.zip.read(name)
        with open(os.path.join(self.path, *name.split("/")), "rb") as file:
            return file.read()

    def names(self):
        if self.zip:
            return self.zip.namelist()
        found = []
        for folder, _, files in os.walk(self.path):
            base = os.path.relpath(folder, self.path).replace(os.sep, "/")
            found += [file if base == "." else f"{base}/{file}" for file in files]
        return found

    def folder(self, kind):
        return self.contents[kind]["path"]

    def label_folder(self, kind, number):
        """Of a format with a folder for each label; names are made safe, so the number tells."""
        start = f"{self.folder(kind)}{number} "
        folders = {name[: name.rindex("/") + 1] for name in self.names() if name.startswith(start)}
        if len(folders) != 1:
            raise ValueError(f"{start}* is not one folder but {len(folders)}")
        return folders.pop()

    def pictures(self, kind, number=None):
        """[frames, height, width(, channels)]; `number` for formats with a folder for each label."""
        folder = self.folder(kind) if number is None else self.label_folder(kind, number)
        return np.stack([read_picture(self.read(f"{folder}{stem}.png")) for stem in self.stems])

    def label_maps(self):
        return self.pictures("palette")

    def soft_masks(self, number):
        """Probabilities, 0..1."""
        greys = self.pictures("soft", number)
        return greys / float(np.iinfo(greys.dtype).max if greys.dtype != np.int32 else 65535)

    def arrays(self):
        """masks [frames, height, width], frames, timestamps, label_numbers, label_names."""
        with np.load(io.BytesIO(self.read(self.folder("npz")))) as file:
            return {name: file[name] for name in file.files}

    def tiff_stack(self):
        data = self.read(self.folder("tiff"))
        if Image:
            return np.stack([np.array(page) for page in ImageSequence.Iterator(Image.open(io.BytesIO(data)))])
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "masks.tif")
            with open(path, "wb") as file:
                file.write(data)
            return np.stack(cv2.imreadmulti(path, flags=cv2.IMREAD_UNCHANGED)[1])

    def empty_maps(self):
        wide = any(number > 255 for number in self.numbered)
        shape = (len(self.frames), self.height, self.width)
        return np.zeros(shape, np.uint16 if wide else np.uint8)

    def coco_maps(self):
        coco = json.loads(self.read(self.folder("coco")))
        place = {int(row["frame"]): index for index, row in enumerate(self.frames)}
        maps = self.empty_maps()
        for annotation in coco["annotations"]:
            found = annotation["segmentation"]
            mask = read_rle(found) if isinstance(found, dict) else fill_polygons(found, self.height, self.width)
            if mask.sum() != annotation["area"]:
                raise ValueError(f"annotation {annotation['id']} has {mask.sum()} pixels, not {annotation['area']}")
            maps[place[annotation["frame_index"]]][mask] = annotation["track_id"]
        return maps

    def yolo_maps(self):
        """Without void regions, which YOLO does not know."""
        maps = self.empty_maps()
        scale = (self.width, self.height)
        for index, stem in enumerate(self.stems):
            for line in self.read(f"{self.folder('yolo')}labels/{stem}.txt").decode().splitlines():
                place, *values = line.split()
                polygon = np.reshape([float(value) for value in values], (-1, 2)) * scale
                mask = fill_polygons([polygon], self.height, self.width)
                maps[index][mask] = self.objects[int(place)]["number"]
        return maps

    def annotation_maps(self, kind):
        """Of DAVIS and YouTube-VOS folders."""
        found = [name for name in self.names() if name.startswith(self.folder(kind)) and "/Annotations/" in name]
        named = {os.path.splitext(name.split("/")[-1])[0]: name for name in found}
        missing = [stem for stem in self.stems if stem not in named]
        if missing:
            raise ValueError(f"{kind} has no annotation named {', '.join(missing)}")
        return np.stack([read_picture(self.read(named[stem])) for stem in self.stems])

    def film(self, kind):
        """Frames of an exported video, [frames, height, width, 3]."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, os.path.basename(self.folder(kind)))
            with open(path, "wb") as file:
                file.write(self.read(self.folder(kind)))
            return np.stack(list(video_frames(path)))


def natural(name):
    return [int(part) if part.isdigit() else part.lower() for part in re.split(r"(\d+)", name)]


def video_frames(path):
    """RGB pictures of a video (OpenCV, else ffmpeg) or of a folder of images, in order."""
    if os.path.isdir(path):
        for name in sorted((name for name in os.listdir(path) if name.lower().endswith(PICTURES)), key=natural):
            with open(os.path.join(path, name), "rb") as file:
                picture = read_picture(file.read())
            yield picture[..., :3] if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2)
        return
    if cv2:
        capture = cv2.VideoCapture(path)
        while True:
            is_read, picture = capture.read()
            if not is_read:
                return
            yield picture[..., ::-1]
    if not shutil.which("ffmpeg"):
        raise SystemExit("Reading videos needs OpenCV (pip install opencv-python-headless) or ffmpeg.")
    command = ["ffmpeg", "-v", "error", "-i", path, "-map", "0:v:0", "-vsync", "0", "-f", "image2pipe", "-c:v", "ppm", "-"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        while process.stdout.readline() == b"P6\n":
            width, height = map(int, process.stdout.readline().split())
            process.stdout.readline()
            data = process.stdout.read(width * height * 3)
            yield np.frombuffer(data, np.uint8).reshape(height, width, 3)
    finally:
        # Killed before its pipe is closed, ffmpeg does not complain of frames that nobody wanted.
        process.kill()
        process.stdout.close()
        process.wait()


def video_times(path):
    """Presentation times by ffprobe, from the first frame on; None without ffprobe."""
    if os.path.isdir(path) or not shutil.which("ffprobe"):
        return None
    command = ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "csv=p=0"]
    command += ["-show_entries", "frame=best_effort_timestamp_time", path]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    times = np.array([float(line.strip(",")) for line in lines if line.strip(",")])
    return times - times[0]


def luma_grid(picture):
    """Mean luma of 16 x 9 cells; frames.csv has the same of the frame that was segmented."""
    height, width = picture.shape[:2]
    luma = picture[..., :3] @ np.array([0.299, 0.587, 0.114], np.float32)
    rows = np.eye(GRID[0], dtype=np.float32)[np.arange(height) * GRID[0] // height]
    columns = np.eye(GRID[1], dtype=np.float32)[np.arange(width) * GRID[1] // width]
    counts = np.outer(rows.sum(0), columns.sum(0))
    return rows.T @ luma @ columns / np.maximum(counts, 1)


class Report:
    def __init__(self):
        self.failures = 0

    def say(self, is_right, text):
        self.failures += 0 if is_right else 1
        print(f"{'ok  ' if is_right else 'FAIL'}  {text}")

    def note(self, text):
        print(f"      {text}")


def check_masks(export, report):
    """Every format that holds masks must hold the same ones."""
    readers = {
        "palette": export.label_maps,
        "npz": lambda: export.arrays()["masks"],
        "tiff": export.tiff_stack,
        "coco": export.coco_maps,
        "davis": lambda: export.annotation_maps("davis"),
        "youtubeVos": lambda: export.annotation_maps("youtubeVos"),
    }
    maps = {kind: read() for kind, read in readers.items() if kind in export.contents}
    for kind, found in maps.items():
        shape = (len(export.frames), export.height, export.width)
        report.say(found.shape == shape, f"{kind}: {found.shape[0]} label maps of {found.shape[2]} x {found.shape[1]}")
        known = set(np.unique(found).tolist()) <= {0, *export.numbered}
        report.say(known, f"{kind}: no numbers but those of labels.json")
    first = next(iter(maps), None)
    for kind, found in maps.items():
        if kind != first:
            report.say(np.array_equal(found, maps[first]), f"{kind}: the same masks as {first}")
    reference = maps.get(first)
    if "yolo" in export.contents:
        found = export.yolo_maps()
        numbers = [label["number"] for label in export.objects]
        wanted = None if reference is None else np.where(np.isin(reference, numbers), reference, 0)
        report.say(wanted is None or np.array_equal(found, wanted), "yolo: polygons fill the same pixels")
    for label in export.objects:
        for kind in ("binary", "soft", "cutout"):
            if kind in export.contents:
                check_label(export, report, kind, label, reference)
    if "npz" in export.contents:
        arrays = export.arrays()
        right = arrays["frames"].tolist() == [int(row["frame"]) for row in export.frames]
        times = np.array([float(row["time_seconds"]) for row in export.frames])
        report.say(right and np.allclose(arrays["timestamps"], times, atol=1e-6), "npz: frames and times of frames.csv")


def check_label(export, report, kind, label, reference):
    number, name = label["number"], f"{kind}, label {label['number']}"
    found = export.pictures(kind, number)
    wanted = None if reference is None else reference == number
    if kind == "binary":
        is_right = set(np.unique(found).tolist()) <= {0, 255}
        report.say(is_right and (wanted is None or np.array_equal(found > 0, wanted)), f"{name}: the same pixels")
    elif kind == "cutout":
        hard = export.contents[kind]["options"].get("edge") != "soft"
        opaque = found[..., 3] > (0 if hard else 127)
        report.say(wanted is None or np.array_equal(opaque, wanted), f"{name}: opaque in the mask")
    else:
        probabilities = export.soft_masks(number)
        is_right = bool((probabilities >= 0).all() and (probabilities <= 1).all())
        report.say(is_right, f"{name}: probabilities of {len(found)} frames, {found.dtype.itemsize * 8} bits a pixel")
        is_right = wanted is None or np.array_equal(probabilities >= 0.5, wanted)
        report.say(is_right, f"{name}: cut at 0.5, the same pixels")
        hard = label.get("soft", {}).get("binaryFrames", [])
        if hard:
            report.note(f"{name}: a hard mask only (painted or imported) on frames {', '.join(map(str, hard))}")


def check_frames(export, report):
    """The exported frames must be those that were segmented, bit for bit."""
    for kind in ("frames",):
        if kind in export.contents:
            hashes = [row["rgb_sha256"] for row in export.frames]
            found = [hashlib.sha256(read_picture(export.read(f"{export.folder(kind)}{stem}.png")).tobytes()).hexdigest() for stem in export.stems]
            report.say(found == hashes, f"{kind}: every picture has the SHA-256 of frames.csv")
    for kind in ("overlayVideo", "alphaVideo"):
        if kind in export.contents:
            count = len(export.film(kind))
            report.say(count == len(export.frames), f"{kind}: {count} frames")


def check_video(export, report, path):
    """The frame of each row must look like that frame of the video, and more so than its neighbours do."""
    numbers = np.array([int(row["frame"]) for row in export.frames])
    times = video_times(path)
    if times is not None:
        wanted = np.array([float(row["time_seconds"]) for row in export.frames])
        is_right = numbers.max() < len(times) and np.abs(times[numbers] - wanted).max() < 0.0015
        report.say(is_right, "times of frames.csv are those that ffprobe reads")
    if not all(row["luma_16x9"] for row in export.frames):
        report.note("frames.csv has no fingerprints: the footage could not be read when it was written")
        return
    cells = GRID[0] * GRID[1]
    own = np.array([[int(row["luma_16x9"][4 * i : 4 * i + 4], 16) / 256 for i in range(cells)] for row in export.frames])
    first, last = numbers.min() - NEIGHBOURS, numbers.max() + NEIGHBOURS
    seen, same = {}, 0
    hash_of = {int(row["frame"]): row["rgb_sha256"] for row in export.frames}
    for index, picture in enumerate(video_frames(path)):
        if index > last:
            break
        if index >= first:
            seen[index] = luma_grid(picture).ravel()
            same += hashlib.sha256(np.ascontiguousarray(picture).tobytes()).hexdigest() == hash_of.get(index)
    report.say(all(number in seen for number in numbers), "the video has all frames of frames.csv")
    report.note(f"{same} of {len(numbers)} frames are identical to the bit (decoders differ by a few levels of colour)")
    # What decoders make of colours differs by much the same everywhere; what changes over time does not.
    shift = np.mean([own[place] - seen[number] for place, number in enumerate(numbers) if number in seen], axis=0)
    offsets = range(-NEIGHBOURS, NEIGHBOURS + 1)
    costs = np.array([[np.abs(own[place] - shift - seen[number + offset]).mean() if number + offset in seen else np.inf
                       for offset in offsets] for place, number in enumerate(numbers)])
    here = costs[:, NEIGHBOURS]
    others = np.where(np.isinf(costs), np.nan, costs)[:, [offset != 0 for offset in offsets]]
    nearest = np.nanmin(others, axis=1) if len(seen) > 1 else np.full(len(here), np.inf)
    report.say(here.max() < 8, f"frames look like those of the video (at most {here.max():.2f} levels apart)")
    still = nearest < 0.05
    wrong = numbers[(here > nearest + 0.05) & ~still]
    report.say(len(wrong) == 0, f"no frame looks more like a neighbour{': ' + ', '.join(map(str, wrong)) if len(wrong) else ''}")
    told = int((nearest > here + 0.05).sum())
    report.note(f"{told} of {len(numbers)} frames differ enough from their neighbours to be told apart")


def main():
    parser = argparse.ArgumentParser(description="Checks a Maskflow export.")
    parser.add_argument("export", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--video", help="the video that was segmented, or the folder of its images")
    options = parser.parse_args()
    export = Export(options.export)
    report = Report()
    check_masks(export, report)
    check_frames(export, report)
    if options.video:
        check_video(export, report, options.video)
    else:
        report.note("no --video given: whether masks and frames line up was not checked")
    print("Everything fits." if report.failures == 0 else f"{report.failures} checks failed.")
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
