"""Rewrites a float32 graph to half precision: float32 at its edges and in whatever needs the range or the digits."""

from __future__ import annotations

from collections import deque

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper, shape_inference

FLOAT = TensorProto.FLOAT
HALF = TensorProto.FLOAT16
KEEP_FLOAT32 = {
    "Softmax", "LogSoftmax", "LayerNormalization", "InstanceNormalization", "GroupNormalization",
    "ReduceMean", "ReduceSum", "ReduceL2", "ReduceSumSquare", "Pow", "Sqrt", "Reciprocal", "Exp", "Log",
    "Sin", "Cos", "CumSum", "Range", "TopK", "RandomNormal", "ConstantOfShape",
}  # fmt: skip
"""Operators computed in float32: sums over many values, divisions by small ones, and what feeds an index."""

FOLLOW_INPUT = {
    "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Slice", "Split", "Identity", "Expand", "Gather", "Tile",
    "Shape", "Size", "Pad",
}  # fmt: skip
"""Operators that only move values: they keep the precision of their first input."""

SMALL_OPERAND_ONLY = {"Resize": {1, 2, 3}, "Pad": {1, 3}, "Clip": set()}
"""Inputs that are parameters, not data: never converted."""

_BETWEEN_SIMILARITY_AND_SOFTMAX = {
    "Mul", "Div", "Add", "Sub", "Reshape", "Transpose", "Unsqueeze", "Squeeze", "Cast", "Concat", "Where", "Identity",
}  # fmt: skip


def similarities(graph: onnx.GraphProto) -> set[int]:
    """Indices of the MatMuls (and what lies between) whose result reaches a Softmax: kept in float32."""
    producer = {name: index for index, node in enumerate(graph.node) for name in node.output}
    found: set[int] = set()
    for node in graph.node:
        if node.op_type != "Softmax":
            continue
        queue = deque([node.input[0]])
        while queue:
            index = producer.get(queue.popleft())
            if index is None or index in found:
                continue
            before = graph.node[index]
            if before.op_type in {"MatMul", "Gemm", "Einsum"}:
                found.add(index)
            elif before.op_type in _BETWEEN_SIMILARITY_AND_SOFTMAX:
                found.add(index)
                queue.extend(before.input)
    return found


_BEFORE_ANGLE = _BETWEEN_SIMILARITY_AND_SOFTMAX | {"MatMul", "Gemm", "Expand", "Slice", "Gather", "Split"}


def angles(graph: onnx.GraphProto) -> set[int]:
    """Indices of all arithmetic before a Sin or Cos: half precision would round angles, and pixels, by too much."""
    producer = {name: index for index, node in enumerate(graph.node) for name in node.output}
    queue = deque(node.input[0] for node in graph.node if node.op_type in {"Sin", "Cos"})
    found: set[int] = set()
    while queue:
        index = producer.get(queue.popleft())
        if index is not None and index not in found and graph.node[index].op_type in _BEFORE_ANGLE:
            found.add(index)
            queue.extend(graph.node[index].input)
    return found


def interpolations(graph: onnx.GraphProto) -> set[int]:
    """Indices of the Resizes that mix values: ONNX Runtime's WebGPU has no cubic one in half precision that compiles."""
    return {
        index
        for index, node in enumerate(graph.node)
        if node.op_type == "Resize" and any(a.name == "mode" and a.s != b"nearest" for a in node.attribute)
    }


def _elem_types(model: onnx.ModelProto) -> dict[str, int]:
    inferred = shape_inference.infer_shapes(model, data_prop=False)
    types: dict[str, int] = {}
    for info in [*inferred.graph.value_info, *inferred.graph.input, *inferred.graph.output]:
        types[info.name] = info.type.tensor_type.elem_type
    for tensor in inferred.graph.initializer:
        types[tensor.name] = tensor.data_type
    return types


def _half(array: np.ndarray) -> np.ndarray:
    return np.clip(array, -65504.0, 65504.0).astype(np.float16)


def _stored(tensor: TensorProto, wanted: int) -> TensorProto:
    """A weight in the precision it is stored in; one that is given as a shape without values stays that."""
    if not tensor.raw_data and not tensor.float_data:
        return TensorProto(name=tensor.name, dims=tensor.dims, data_type=wanted)
    values = numpy_helper.to_array(tensor)
    return numpy_helper.from_array(_half(values) if wanted == HALF else values, tensor.name)


class _Rewriter:
    def __init__(self, model: onnx.ModelProto, keep: set[str], keep_nodes: set[str], forced: set[str]):
        self.model = model
        self.graph = model.graph
        self.types = _elem_types(model)
        self.keep_ops = keep
        self.kept = {i for i, n in enumerate(self.graph.node) if n.name in keep_nodes}
        self.kept |= similarities(self.graph) | angles(self.graph) | interpolations(self.graph)
        self.forced = forced
        self.state: dict[str, int] = {}
        self.casts: dict[tuple[str, int], str] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.constants = {t.name: t for t in self.graph.initializer}
        self.used_as: dict[str, set[int]] = {}

    def is_float(self, name: str) -> bool:
        return bool(name) and self.types.get(name) == FLOAT

    def as_type(self, name: str, wanted: int) -> str:
        if name in self.constants:
            self.used_as.setdefault(name, set()).add(wanted)
            return f"{name}::as{wanted}"
        if self.state.get(name, FLOAT) == wanted:
            return name
        key = (name, wanted)
        if key not in self.casts:
            cast = f"{name}__{'half' if wanted == HALF else 'float'}"
            self.nodes.append(helper.make_node("Cast", [name], [cast], name=f"cast_{cast}", to=wanted))
            self.casts[key] = cast
        return self.casts[key]

    def compute_type(self, index: int, node: onnx.NodeProto) -> int:
        if node.op_type in FOLLOW_INPUT and self.is_float(node.input[0]):
            source = node.input[0]
            if source in self.constants:
                return FLOAT if index in self.kept else HALF
            return self.state.get(source, FLOAT)
        if index in self.kept or node.op_type in self.keep_ops:
            return FLOAT
        if node.op_type in {"Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Equal"}:
            return FLOAT
        return HALF

    def rewrite(self, index: int, node: onnx.NodeProto) -> None:
        if any(a.type in (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS) for a in node.attribute):
            raise ValueError(f"{node.name}: graphs within graphs are not converted")
        if node.op_type == "Cast":
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            if node.input[0] in self.constants and self.is_float(node.input[0]):
                copy.input[0] = self.as_type(node.input[0], FLOAT)
            self.nodes.append(copy)
            return
        if node.op_type == "Constant":
            copy = onnx.NodeProto()
            copy.CopyFrom(node)
            self.nodes.append(copy)
            return
        wanted = self.compute_type(index, node)
        parameters = SMALL_OPERAND_ONLY.get(node.op_type, set())
        inputs = []
        for position, name in enumerate(node.input):
            if not self.is_float(name):
                inputs.append(name)
            elif position in parameters and node.op_type == "Resize":
                inputs.append(self.as_type(name, FLOAT))
            else:
                inputs.append(self.as_type(name, wanted))
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        del copy.input[:]
        copy.input.extend(inputs)
        self.nodes.append(copy)
        for name in node.output:
            if self.is_float(name):
                self.state[name] = wanted

    def finish(self) -> onnx.ModelProto:
        for output in self.graph.output:
            if self.is_float(output.name) and self.state.get(output.name, FLOAT) == HALF:
                inner = f"{output.name}__half_result"
                for node in self.nodes:
                    for names in (node.input, node.output):
                        for i, name in enumerate(names):
                            if name == output.name:
                                names[i] = inner
                self.nodes.append(helper.make_node("Cast", [inner], [output.name], name=f"cast_{inner}", to=FLOAT))
        stored = []
        renames: dict[str, str] = {}
        first: list[onnx.NodeProto] = []
        for tensor in self.graph.initializer:
            wants = self.used_as.get(tensor.name)
            if wants is None:
                stored.append(tensor)
                continue
            main = FLOAT if wants == {FLOAT} or tensor.name in self.forced else HALF
            stored.append(_stored(tensor, main))
            renames[f"{tensor.name}::as{main}"] = tensor.name
            other = FLOAT if main == HALF else HALF
            if other in wants:
                cast = f"{tensor.name}__{'half' if other == HALF else 'float'}"
                first.append(helper.make_node("Cast", [tensor.name], [cast], name=f"cast_{cast}", to=other))
                renames[f"{tensor.name}::as{other}"] = cast
        for node in self.nodes:
            for i, name in enumerate(node.input):
                node.input[i] = renames.get(name, name)
        del self.graph.node[:]
        self.graph.node.extend([*first, *self.nodes])
        del self.graph.initializer[:]
        self.graph.initializer.extend(stored)
        del self.graph.value_info[:]
        return self.model


def to_half(
    model: onnx.ModelProto,
    keep_operators: set[str] | None = None,
    keep_nodes: set[str] | None = None,
    keep_weights: set[str] | None = None,
) -> onnx.ModelProto:
    """A copy of `model` that computes in float16, with float32 inputs and outputs.

    Float32 stay: `KEEP_FLOAT32` and `keep_operators`, nodes named in `keep_nodes`, every similarity (a product
    that reaches a Softmax), what leads to an angle, and interpolation. A weight is stored as float16
    unless only float32 operators read it or it is named in `keep_weights`.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    rewriter = _Rewriter(copy, KEEP_FLOAT32 | (keep_operators or set()), keep_nodes or set(), keep_weights or set())
    for index, node in enumerate(list(copy.graph.node)):
        rewriter.rewrite(index, node)
    return rewriter.finish()


def float32_weights(model: onnx.ModelProto) -> set[str]:
    """Names of the initialisers that a half-precision graph still stores as float32."""
    return {tensor.name for tensor in model.graph.initializer if tensor.data_type == FLOAT}
