"""Writes two tiny graphs with the names and shapes of the SAM pair, for tests of everything around the model."""

import hashlib
import json
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "src" / "engine" / "sam" / "__fixtures__"
FLOAT = TensorProto.FLOAT


def value(name, shape):
    return helper.make_tensor_value_info(name, FLOAT, shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def save(name, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    (FIXTURES / f"{name}.onnx").write_bytes(data)
    return {"file": f"{name}.onnx", "sizeBytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def encoder():
    """
    The middle of each 16x16 pixels: channel 0 is the mean of the three colours, the others are red, green and blue in
    turn. Picked, not averaged: software WebGPU takes seconds for a pooling of that size.
    """
    weights = np.eye(3, dtype=np.float32)[np.arange(256) % 3].reshape(256, 3, 1, 1)
    weights[0] = 1 / 3
    nodes = [
        helper.make_node("Slice", ["input", "starts", "ends", "axes", "steps"], ["small"]),
        helper.make_node("Conv", ["small", "weights"], ["output"]),
    ]
    return save(
        "tinyEncoder",
        nodes,
        [value("input", ["batch_size", 3, 1024, 1024])],
        [value("output", ["batch_size", 256, 64, 64])],
        [
            constant("weights", weights),
            constant("starts", np.array([8, 8], np.int64)),
            constant("ends", np.array([1024, 1024], np.int64)),
            constant("axes", np.array([2, 3], np.int64)),
            constant("steps", np.array([16, 16], np.int64)),
        ],
    )


def decoder():
    """
    low_res = brightness of channel 0 within 48 pixels of the span of the prompt's points, -10 outside; the mask prompt, where
    there is one, adds a hundredth of itself. iou_predictions is a half and a trifle. Nothing is reduced over the
    picture: software WebGPU takes seconds for that.
    """
    cells = np.arange(256, dtype=np.float32) * 4 + 2
    f32 = np.float32
    constants = [
        constant("xs", cells.reshape(1, 1, 1, 256)),
        constant("ys", cells.reshape(1, 1, 256, 1)),
        constant("outside", np.array(-10, f32)),
        constant("hundredth", np.array(0.01, f32)),
        constant("reach", np.array(48, f32)),
        constant("zero", np.array([0], np.int64)),
        constant("one", np.array([1], np.int64)),
        constant("noRoi", np.array([], f32)),
        constant("scales", np.array([1, 1, 4, 4], f32)),
        constant("half", np.array([[0.5]], f32)),
        constant("onePixelShape", np.array([1, 1, 1, 1], np.int64)),
        constant("zeroF", np.array(0, f32)),
        constant("cornerShape", np.array([1, 1, 1, 2], np.int64)),
    ]
    node = helper.make_node
    nodes = [
        node("Gather", ["image_embeddings", "zero"], ["channel"], axis=1),
        node("Resize", ["channel", "noRoi", "scales"], ["bright"], mode="nearest",
             coordinate_transformation_mode="asymmetric", nearest_mode="floor"),
        node("Mul", ["mask_input", "has_mask_input"], ["maskUsed"]),
        node("Mul", ["maskUsed", "hundredth"], ["maskPart"]),
        node("Mul", ["point_labels", "hundredth"], ["labelsSmall"]),
        node("ReduceMean", ["labelsSmall"], ["labelMean"], keepdims=0),
        node("Mul", ["labelMean", "hundredth"], ["labelPart"]),
        node("ReduceMin", ["point_coords"], ["lowCorner"], axes=[1], keepdims=1),
        node("ReduceMax", ["point_coords"], ["highCorner"], axes=[1], keepdims=1),
        node("Reshape", ["lowCorner", "cornerShape"], ["low"]),
        node("Reshape", ["highCorner", "cornerShape"], ["high"]),
        node("Gather", ["low", "zero"], ["x0"], axis=3),
        node("Gather", ["low", "one"], ["y0"], axis=3),
        node("Gather", ["high", "zero"], ["x1"], axis=3),
        node("Gather", ["high", "one"], ["y1"], axis=3),
        node("Sub", ["x0", "reach"], ["x0Out"]),
        node("Sub", ["y0", "reach"], ["y0Out"]),
        node("Add", ["x1", "reach"], ["x1Out"]),
        node("Add", ["y1", "reach"], ["y1Out"]),
        node("Greater", ["xs", "x0Out"], ["right"]),
        node("Less", ["xs", "x1Out"], ["left"]),
        node("Greater", ["ys", "y0Out"], ["below"]),
        node("Less", ["ys", "y1Out"], ["above"]),
        node("And", ["right", "left"], ["inX"]),
        node("And", ["below", "above"], ["inY"]),
        node("And", ["inX", "inY"], ["inside"]),
        node("Add", ["bright", "maskPart"], ["withMask"]),
        node("Add", ["withMask", "labelPart"], ["drawn"]),
        node("Where", ["inside", "drawn", "outside"], ["low_res_masks"]),
        node("Add", ["half", "labelPart"], ["iou_predictions"]),
        node("ReduceMax", ["orig_im_size"], ["size"], keepdims=0),
        node("Mul", ["size", "zeroF"], ["nothing"]),
        node("Reshape", ["iou_predictions", "onePixelShape"], ["onePixel"]),
        node("Add", ["onePixel", "nothing"], ["masks"]),
    ]
    return save(
        "tinyDecoder",
        nodes,
        [
            value("image_embeddings", [1, 256, 64, 64]),
            value("point_coords", [1, "num_points", 2]),
            value("point_labels", [1, "num_points"]),
            value("mask_input", [1, 1, 256, 256]),
            value("has_mask_input", [1]),
            value("orig_im_size", [2]),
        ],
        [
            value("masks", [1, 1, None, None]),
            value("iou_predictions", [1, 1]),
            value("low_res_masks", [1, 1, 256, 256]),
        ],
        constants,
    )


def main():
    manifest = {
        "formatVersion": 1,
        "name": "Tiny test model",
        "licence": "MIT",
        "source": "scripts/goldens/makeTinyGraphs.py",
        "encoder": {
            **encoder(),
            "inputs": {"input": [1, 3, 1024, 1024]},
            "outputs": {"output": [1, 256, 64, 64]},
        },
        "decoder": {
            **decoder(),
            "inputs": {
                "image_embeddings": [1, 256, 64, 64],
                "point_coords": [1, None, 2],
                "point_labels": [1, None],
                "mask_input": [1, 1, 256, 256],
                "has_mask_input": [1],
                "orig_im_size": [2],
            },
            "outputs": {
                "masks": [1, 1, None, None],
                "iou_predictions": [1, 1],
                "low_res_masks": [1, 1, 256, 256],
            },
        },
        "normalisation": {"mean": [123.675, 116.28, 103.53], "std": [58.395, 57.12, 57.375]},
    }
    folder = FIXTURES
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n")
    for graph in ("encoder", "decoder"):
        print(manifest[graph]["file"], manifest[graph]["sizeBytes"])


main()
