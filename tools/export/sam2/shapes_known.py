"""Takes the arithmetic on shapes out of a graph with one free size: where it is reshaped, -1 says the same."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import numpy_helper


def settle(model: onnx.ModelProto) -> None:
    """Gives every Reshape whose shape is computed a constant one, and drops what computed it. Raises where it cannot.

    So no shape travels between a graphics card and the processor while the graph runs.
    """
    graph = model.graph
    producer = {name: node for node in graph.node for name in node.output}
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    for index, node in enumerate([n for n in graph.node if n.op_type == "Reshape"]):
        if node.input[1] in constants:
            continue
        shape = _pieces(node.input[1], producer, constants)
        if shape.count(-1) != 1:
            raise ValueError(f"{node.name}: {shape} has more than one free size")
        name = f"settled_shape_{index}"
        graph.initializer.append(numpy_helper.from_array(np.array(shape, np.int64), name))
        node.input[1] = name
    _drop_unused(graph)


def _pieces(name: str, producer: dict, constants: dict) -> list[int]:
    """The sizes of a computed shape; -1 for one that is not constant."""
    if name in constants:
        return [int(size) for size in constants[name].reshape(-1)]
    node = producer.get(name)
    if node is not None and node.op_type == "Concat":
        return [size for part in node.input for size in _pieces(part, producer, constants)]
    return [-1]


def _drop_unused(graph: onnx.GraphProto) -> None:
    kept: list[onnx.NodeProto] = []
    used = {output.name for output in graph.output}
    for node in reversed(graph.node):
        if any(name in used for name in node.output):
            kept.append(node)
            used.update(node.input)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    tensors = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(tensors)
