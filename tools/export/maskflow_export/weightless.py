"""Writes graphs without weights and their manifest, and proves them by loading the weights back through it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper

from . import fp16

ALIGNMENT = 64
MAX_FILE_BYTES = 1_900_000_000
FLOAT_TYPES = {TensorProto.FLOAT: ("float32", 4), TensorProto.FLOAT16: ("float16", 2)}
NUMPY_TYPES = {"float32": np.float32, "float16": np.float16}


def apply_steps(array: np.ndarray, steps: list[dict]) -> np.ndarray:
    """The source tensor after a manifest's steps: slice, transpose, reshape, padZeros."""
    for step in steps:
        kind = step["kind"]
        if kind == "slice":
            index = [slice(None)] * array.ndim
            index[step["axis"]] = slice(step["start"], step["end"])
            array = array[tuple(index)]
        elif kind == "transpose":
            array = array.transpose(step["axes"])
        elif kind == "reshape":
            array = array.reshape(step["shape"])
        elif kind == "padZeros":
            widths = [(0, 0)] * array.ndim
            widths[step["axis"]] = (0, step["to"] - array.shape[step["axis"]])
            array = np.pad(array, widths)
        else:
            raise ValueError(f"unknown step {kind!r}")
    return np.ascontiguousarray(array)


def shape_after(shape: list[int], steps: list[dict]) -> list[int]:
    """The shape of a source tensor after the steps, without its values."""
    return list(apply_steps(np.broadcast_to(np.float32(0), tuple(shape)), steps).shape)


def _io(infos) -> dict[str, list[int | None]]:
    return {
        info.name: [d.dim_value if d.HasField("dim_value") else None for d in info.type.tensor_type.shape.dim]
        for info in infos
    }


def _plain(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy without what differs between runs or tells of the machine: doc strings, metadata, producer, shapes within."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    copy.producer_name, copy.producer_version, copy.doc_string = "maskflow", "", ""
    del copy.metadata_props[:]
    graph = copy.graph
    graph.doc_string = ""
    graph.name = "graph"
    del graph.metadata_props[:]
    del graph.value_info[:]
    for index, node in enumerate(graph.node):
        node.doc_string = ""
        del node.metadata_props[:]
        node.name = f"{node.op_type}_{index}"
    for info in [*graph.input, *graph.output]:
        info.doc_string = ""
        del info.metadata_props[:]
    for tensor in graph.initializer:
        tensor.doc_string = ""
        del tensor.metadata_props[:]
    return copy


def _check_constants(key: str, model: onnx.ModelProto, names: dict, limit: int) -> None:
    for tensor in model.graph.initializer:
        size = int(np.prod(tensor.dims, dtype=np.int64)) * 4
        if tensor.name not in names and size > limit:
            raise ValueError(f"{key}: {tensor.name} {list(tensor.dims)} is no weight but has {size} bytes")
    for node in model.graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t") and np.prod(attribute.t.dims, dtype=np.int64) * 4 > limit:
                raise ValueError(f"{key}: constant {node.output[0]} {list(attribute.t.dims)} is too large")


class _Store:
    """Places tensors in weight files, each once, in the order they are met."""

    def __init__(self, variant: str):
        self.variant = variant
        self.sizes: list[int] = [0]
        self.entries: dict[str, dict] = {}

    def path(self, file: int) -> str:
        return f"weights.{self.variant}.{file}.bin"

    def place(self, tensor: onnx.TensorProto, origin: dict) -> dict:
        dtype, width = FLOAT_TYPES[tensor.data_type]
        shape = list(tensor.dims)
        known = self.entries.get(tensor.name)
        if known:
            if known["dtype"] != dtype or known["shape"] != shape:
                raise ValueError(f"{tensor.name} differs between graphs")
            return known
        length = int(np.prod(shape, dtype=np.int64)) * width
        offset = -(-self.sizes[-1] // ALIGNMENT) * ALIGNMENT
        if offset + length > MAX_FILE_BYTES:
            self.sizes.append(0)
            offset = 0
        for layout, source in origin.items():
            if shape_after(source["shape"], source["steps"]) != shape:
                raise ValueError(f"{tensor.name}: {layout} gives another shape than {shape}")
        entry = {"name": tensor.name, "dtype": dtype, "shape": shape, "file": len(self.sizes) - 1, "offset": offset}
        entry["from"] = {k: {"name": v["name"], "shape": list(v["shape"]), "steps": v["steps"]} for k, v in origin.items()}
        self.sizes[-1] = offset + length
        self.entries[tensor.name] = entry
        return entry


def _take_weights_out(model: onnx.ModelProto, names: dict, store: _Store) -> None:
    for tensor in model.graph.initializer:
        if tensor.name not in names:
            continue
        entry = store.place(tensor, names[tensor.name])
        width = FLOAT_TYPES[tensor.data_type][1]
        for field in ("raw_data", "float_data", "int32_data", "external_data"):
            tensor.ClearField(field)
        tensor.data_location = TensorProto.EXTERNAL
        length = int(np.prod(entry["shape"], dtype=np.int64)) * width
        for key, value in (("location", store.path(entry["file"])), ("offset", entry["offset"]), ("length", length)):
            item = tensor.external_data.add()
            item.key, item.value = key, str(value)


def _variants(graphs: dict, variants, half_options: dict) -> dict[str, dict[str, onnx.ModelProto]]:
    made: dict[str, dict[str, onnx.ModelProto]] = {}
    for variant in variants:
        if variant == "fp32":
            made[variant] = {key: _plain(model) for key, model in graphs.items()}
            continue
        options = half_options
        half = {key: fp16.to_half(model, **options) for key, model in graphs.items()}
        # A weight that one graph needs in float32 is stored so for all of them.
        keep = set().union(*(fp16.float32_weights(model) for model in half.values()))
        merged = {**options, "keep_weights": keep | options.get("keep_weights", set())}
        made[variant] = {key: _plain(fp16.to_half(model, **merged)) for key, model in graphs.items()}
    return made


def lines_of(manifest: dict) -> str:
    """JSON with one line a tensor: readable differences without thousands of lines."""
    marks: list[str] = []

    def mark(item: dict) -> str:
        marks.append(json.dumps(item, separators=(", ", ": ")))
        return f"@@{len(marks) - 1}@@"

    shown = json.loads(json.dumps(manifest))
    for variant in shown["variants"].values():
        variant["tensors"] = [mark(t) for t in variant["tensors"]]
        variant["graphs"] = {k: mark(g) for k, g in variant["graphs"].items()}
        variant["weightFiles"] = [mark(f) for f in variant["weightFiles"]]
    shown["layouts"] = [mark(layout) for layout in shown["layouts"]]
    shown["sources"] = [mark(source) for source in shown["sources"]]
    text = json.dumps(shown, indent=1, ensure_ascii=False)
    for index in range(len(marks) - 1, -1, -1):
        text = text.replace(f'"@@{index}@@"', marks[index], 1)
    return text + "\n"


def write_model(
    out_dir: str | Path,
    id: str,
    name: str,
    family: str,
    graphs: dict[str, onnx.ModelProto],
    names: dict[str, dict[str, dict]],
    layouts: list[dict],
    sources: list[dict],
    config: dict,
    licence: str,
    source: str,
    variants: tuple[str, ...] = ("fp32", "fp16"),
    constant_limit: int = 4096,
    half_options: dict | None = None,
    tested_with: str = "seeded weights",
) -> dict:
    """Writes `<key>.<variant>.onnx` and manifest.json into `out_dir`; returns the manifest.

    `graphs` are float32 and complete; `names` says of every weight in them where each layout keeps it:
    `{initialiser: {layout: {"name", "shape", "steps"}}}`. An initialiser that is no weight must be small.
    """
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    for key, model in graphs.items():
        _check_constants(key, model, names, constant_limit)
    manifest = {
        "formatVersion": 1, "id": id, "name": name, "family": family, "licence": licence, "source": source,
        "config": config, "layouts": layouts, "sources": sources, "variants": {},
    }  # fmt: skip
    for variant, models in _variants(graphs, variants, half_options or {}).items():
        store = _Store(variant)
        described = {}
        for key, model in models.items():
            _take_weights_out(model, names, store)
            data = model.SerializeToString(deterministic=True)
            file = f"{key}.{variant}.onnx"
            (out / file).write_bytes(data)
            described[key] = {
                "file": file, "sizeBytes": len(data), "sha256": hashlib.sha256(data).hexdigest(),
                "inputs": _io(model.graph.input), "outputs": _io(model.graph.output),
            }  # fmt: skip
        files = [{"path": store.path(i), "sizeBytes": size} for i, size in enumerate(store.sizes)]
        manifest["variants"][variant] = {
            "graphs": described, "weightFiles": files, "tensors": list(store.entries.values())
        }  # fmt: skip
    manifest["provenance"] = {"testedWith": tested_with}
    (out / "manifest.json").write_text(lines_of(manifest), encoding="utf-8")
    return manifest


def hydrate(model_dir: str | Path, out_dir: str | Path, variant: str, layout: str, tensors: dict[str, np.ndarray]) -> None:
    """What the application does with an official file: copies the graphs and writes their external-data files."""
    source, out = Path(model_dir), Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    chosen = json.loads((source / "manifest.json").read_text(encoding="utf-8"))["variants"][variant]
    for graph in chosen["graphs"].values():
        (out / graph["file"]).write_bytes((source / graph["file"]).read_bytes())
    for index, file in enumerate(chosen["weightFiles"]):
        with open(out / file["path"], "wb") as handle:
            handle.truncate(file["sizeBytes"])
            for entry in chosen["tensors"]:
                if entry["file"] != index:
                    continue
                origin = entry["from"][layout]
                array = np.asarray(tensors[origin["name"]])
                if list(array.shape) != origin["shape"]:
                    raise ValueError(f"{origin['name']} has shape {list(array.shape)}, not {origin['shape']}")
                array = apply_steps(array, origin["steps"])
                if list(array.shape) != entry["shape"]:
                    raise ValueError(f"{entry['name']} has shape {list(array.shape)}, not {entry['shape']}")
                handle.seek(entry["offset"])
                handle.write(array.astype(NUMPY_TYPES[entry["dtype"]]).tobytes())


def session(hydrated_dir: str | Path, key: str, variant: str = "fp32", threads: int = 1):
    """An onnxruntime session of one hydrated graph, on the CPU."""
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return ort.InferenceSession(str(Path(hydrated_dir) / f"{key}.{variant}.onnx"), options, ["CPUExecutionProvider"])


def differences(got: list[np.ndarray], wanted: list[np.ndarray]) -> list[float]:
    """For each output, the largest absolute difference over the largest absolute value wanted."""
    return [
        float(np.abs(np.asarray(g, np.float64) - np.asarray(w, np.float64)).max() / max(1e-12, np.abs(w).max()))
        for g, w in zip(got, wanted, strict=True)
    ]


def compare(hydrated_dir, key: str, variant: str, feeds: dict[str, np.ndarray], wanted: list[np.ndarray]) -> list[float]:
    """`differences` between what onnxruntime computes from a hydrated graph and what torch computed."""
    return differences(session(hydrated_dir, key, variant).run(None, feeds), wanted)


def names_by_rule(graphs: dict[str, onnx.ModelProto], layouts: dict[str, object], weights: set[str]) -> dict[str, dict]:
    """`names` for `write_model` when every graph initialiser in `weights` lies unchanged in each layout.

    `layouts` maps a layout id to a function from the initialiser's name to the official name.
    """
    found: dict[str, dict] = {}
    for model in graphs.values():
        for tensor in model.graph.initializer:
            if tensor.name in weights:
                shape = list(tensor.dims)
                found[tensor.name] = {
                    layout: {"name": rename(tensor.name), "shape": shape, "steps": []} for layout, rename in layouts.items()
                }
    return found


def weight_values(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """The initialisers of a complete graph, as arrays."""
    return {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
