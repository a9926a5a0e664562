"""Writes the numbers that the engine's golden test compares with. Independent of the app's own code on purpose."""

import json
import pathlib

import numpy as np
import onnxruntime as ort
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODELS = ROOT / "public" / "models" / "mobilesam"
FIXTURES = ROOT / "src" / "engine" / "sam" / "__fixtures__"
MEAN = np.array([123.675, 116.28, 103.53], np.float32)
STD = np.array([58.395, 57.12, 57.375], np.float32)
SIDE = 1024

BOX = [0, 200, 640, 313]
POINTS = [[320, 130, 1], [320, 20, 0], [320, 345, 0]]


def resized_size(width, height):
    scale = SIDE / max(width, height)
    return int(width * scale + 0.5), int(height * scale + 0.5)


def encoder_input(picture):
    resized = picture.resize(resized_size(*picture.size), Image.BILINEAR)
    values = (np.asarray(resized, np.float32) - MEAN) / STD
    padded = np.zeros((SIDE, SIDE, 3), np.float32)
    padded[: values.shape[0], : values.shape[1]] = values
    return padded.transpose(2, 0, 1)[None]


def bilinear(values, height, width):
    """F.interpolate(mode="bilinear", align_corners=False) on a 2D array, axis by axis."""

    def along(array, size, axis):
        length = array.shape[axis]
        at = np.maximum((np.arange(size) + 0.5) * length / size - 0.5, 0)
        low = np.minimum(np.floor(at).astype(int), length - 1)
        high = np.minimum(low + 1, length - 1)
        shape = [1, 1]
        shape[axis] = size
        fraction = (at - low).reshape(shape)
        return np.take(array, low, axis) * (1 - fraction) + np.take(array, high, axis) * fraction

    return along(along(values.astype(np.float64), height, 0), width, 1)


def full_size_logits(low_res, width, height):
    resized_width, resized_height = resized_size(width, height)
    return bilinear(bilinear(low_res, SIDE, SIDE)[:resized_height, :resized_width], height, width)


def mask_prompt(mask):
    """Binary mask at picture size -> 256x256 of +18 and -18."""
    height, width = mask.shape
    resized = Image.fromarray(mask.astype(np.uint8)).resize(resized_size(width, height), Image.BILINEAR)
    padded = np.zeros((SIDE, SIDE), np.float32)
    padded[: resized.size[1], : resized.size[0]] = np.asarray(resized, np.float32)
    return np.where(bilinear(padded, 256, 256) > 0, 18, -18).astype(np.float32)


def decode(decoder, embedding, size, points=(), box=None, mask=None):
    width, height = size
    resized_width, resized_height = resized_size(width, height)
    entries = [(x, y, label) for x, y, label in points]
    if box:
        entries += [(box[0], box[1], 2), (box[2], box[3], 3)]
    coords = np.array([[x * resized_width / width, y * resized_height / height] for x, y, _ in entries])
    labels = [label for *_, label in entries]
    if not box:
        coords = np.concatenate([coords, [[0, 0]]])
        labels = labels + [-1]
    low_res, iou, graph_mask = decoder.run(
        ["low_res_masks", "iou_predictions", "masks"],
        {
            "image_embeddings": embedding,
            "point_coords": coords[None].astype(np.float32),
            "point_labels": np.array([labels], np.float32),
            "mask_input": (np.zeros((256, 256), np.float32) if mask is None else mask)[None, None],
            "has_mask_input": np.array([0 if mask is None else 1], np.float32),
            "orig_im_size": np.array([height, width], np.float32),
        },
    )
    mask = full_size_logits(low_res[0, 0], width, height) > 0
    agreement = (mask & (graph_mask[0, 0] > 0)).sum() / (mask | (graph_mask[0, 0] > 0)).sum()
    assert agreement > 0.9999, f"our post-processing and the graph's differ: {agreement}"
    return low_res[0, 0], float(iou[0, 0]), mask


def coco_counts(mask):
    flat = np.concatenate([[0], mask.flatten(order="F").astype(np.int8)])
    changes = np.flatnonzero(np.diff(flat)) 
    return np.diff(np.concatenate([[0], changes, [mask.size]])).tolist()


def case(name, prompts, result):
    low_res, iou, mask = result
    return {
        "name": name,
        **prompts,
        "predictedIou": round(iou, 5),
        "lowResEvery16th": [round(float(value), 3) for value in low_res[::16, ::16].ravel()],
        "rle": {"size": list(mask.shape), "counts": coco_counts(mask)},
    }


def main():
    picture = Image.open(FIXTURES / "dye.png").convert("RGB")
    encoder = ort.InferenceSession(str(MODELS / "encoder.onnx"), providers=["CPUExecutionProvider"])
    decoder = ort.InferenceSession(str(MODELS / "decoder.onnx"), providers=["CPUExecutionProvider"])
    tensor = encoder_input(picture)
    (embedding,) = encoder.run(None, {"input": tensor})
    box = decode(decoder, embedding, picture.size, box=BOX)
    points = decode(decoder, embedding, picture.size, points=POINTS)
    prompt = mask_prompt(box[2])
    both = decode(decoder, embedding, picture.size, box=BOX, mask=prompt)
    golden = {
        "picture": {"file": "dye.png", "width": picture.size[0], "height": picture.size[1]},
        "inputEvery997th": [round(float(value), 4) for value in tensor.ravel()[::997]],
        "embeddingEvery211th": [round(float(value), 4) for value in embedding.ravel()[::211]],
        "maskPrompt": {"size": list(prompt.shape), "counts": coco_counts(prompt > 0)},
        "cases": [
            case("box", {"box": BOX}, box),
            case("points", {"points": POINTS}, points),
            case("box and mask", {"box": BOX, "maskFrom": "box"}, both),
        ],
    }
    (FIXTURES / "goldens.json").write_text(json.dumps(golden) + "\n")
    for entry in golden["cases"]:
        print(entry["name"], entry["predictedIou"], sum(entry["rle"]["counts"][1::2]))


main()
