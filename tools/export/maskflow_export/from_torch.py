"""Exports a torch module so that every weight keeps its own name and is never folded into another."""

from __future__ import annotations

import onnx
from onnx import TensorProto, helper

GPU_OPERATORS = {
    "Abs", "Add", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Constant", "ConstantOfShape", "Conv",
    "ConvTranspose", "Cos", "Div", "Einsum", "Equal", "Erf", "Exp", "Expand", "Flatten", "Floor", "Gather",
    "GatherElements", "Gelu", "Gemm", "GlobalAveragePool", "Greater", "GreaterOrEqual", "GridSample", "Identity",
    "InstanceNormalization", "LayerNormalization", "LeakyRelu", "Less", "LessOrEqual", "MatMul", "Max", "MaxPool", "Min",
    "Mul", "Neg", "Not", "Pad", "Pow", "Range", "Reciprocal", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd",
    "ReduceSum", "Relu", "Reshape", "Resize", "ScatterElements", "Shape", "Sigmoid", "Sin", "Slice", "Softmax", "Split",
    "Sqrt", "Squeeze", "Sub", "Tanh", "Tile", "TopK", "Transpose", "Unsqueeze", "Where",
}  # fmt: skip
"""Operators that the WebGPU provider runs; see tools/export/README.md."""


def export_graph(
    module,
    args: tuple,
    input_names: list[str],
    output_names: list[str],
    strip: str = "",
    opset: int = 18,
    dynamic_shapes=None,
    fold_limit: int = 4096,
) -> onnx.ModelProto:
    """A complete float32 graph of `module`. Initialisers are named as its parameters, less the prefix `strip`.

    Weights are made inputs while the graph is simplified, so that only constants of the code are ever folded.
    """
    import onnxscript.optimizer
    import torch

    module.eval()
    with torch.no_grad():
        program = torch.onnx.export(
            module, args, input_names=input_names, output_names=output_names, opset_version=opset, dynamo=True,
            optimize=False, dynamic_shapes=dynamic_shapes, verbose=False, external_data=False,
        )  # fmt: skip
    model = program.model_proto
    stored = {name for name, _ in module.state_dict().items()}
    weights = [t for t in model.graph.initializer if t.name in stored]
    others = [t for t in model.graph.initializer if t.name not in stored]
    del model.graph.initializer[:]
    model.graph.initializer.extend(others)
    known = {i.name for i in model.graph.input}
    for tensor in weights:
        if tensor.name not in known:
            model.graph.input.append(helper.make_tensor_value_info(tensor.name, tensor.data_type, list(tensor.dims)))
    model = onnxscript.optimizer.optimize(
        model, input_size_limit=fold_limit, output_size_limit=fold_limit, inline=True, onnx_shape_inference=True
    )
    return _with_weights(model, {t.name: t for t in weights}, strip)


def _with_weights(model: onnx.ModelProto, weights: dict[str, onnx.TensorProto], strip: str) -> onnx.ModelProto:
    graph = model.graph
    inputs = [i for i in graph.input if i.name not in weights]
    del graph.input[:]
    graph.input.extend(inputs)
    used = {name for node in graph.node for name in node.input}
    for name, tensor in weights.items():
        if name in used:
            graph.initializer.append(tensor)
    keep = [t for t in graph.initializer if t.name in used]
    del graph.initializer[:]
    graph.initializer.extend(keep)
    renames = {name: name.removeprefix(strip) for name in weights}
    for tensor in graph.initializer:
        tensor.name = renames.get(tensor.name, tensor.name)
    for node in graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renames.get(name, name)
    onnx.checker.check_model(model, full_check=False)
    return model


def foreign_operators(model: onnx.ModelProto) -> list[str]:
    """Operators of a graph that the WebGPU provider does not run, and int64 arithmetic, as short descriptions."""
    found: list[str] = []
    inferred = onnx.shape_inference.infer_shapes(model)
    types = {i.name: i.type.tensor_type.elem_type for i in [*inferred.graph.value_info, *inferred.graph.input]}
    for node in model.graph.node:
        if node.op_type not in GPU_OPERATORS or node.domain not in ("", "ai.onnx"):
            found.append(f"{node.domain}:{node.op_type} {node.name}")
        if node.op_type == "Resize" and any(a.name == "antialias" and a.i for a in node.attribute):
            found.append(f"Resize with antialias {node.name}")
        if node.op_type in {"Add", "Sub", "Mul", "Div"} and types.get(node.output[0]) == TensorProto.INT64:
            found.append(f"int64 {node.op_type} {node.name}")
    return found
