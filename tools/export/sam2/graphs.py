"""Exports the five graphs of a network of family sam2 and writes them with their manifest."""

from __future__ import annotations

import onnx
import torch
from maskflow_export import from_torch, weightless
from torch import nn
from torch.export import Dim

from . import models, modules, names, shapes_known

INPUTS = {
    "vision_encoder": ["image"],
    "mask_decoder": [
        "features", "high0", "high1", "without_memory", "points", "labels", "mask_input", "has_mask", "multimask",
    ],
    "mask_prompt": ["mask"],
}  # fmt: skip
OUTPUTS = {
    "vision_encoder": ["features", "high0", "high1"],
    "memory_attention": ["conditioned"],
    "mask_decoder": ["mask", "iou", "object_score", "pointer", "masks", "scores"],
    "mask_prompt": ["mask_input", "absent_pointer"],
    "memory_encoder": ["memory"],
}


def config_of(id: str, model) -> dict:
    """The numbers that the engine of this family needs."""
    kind, config = models.KINDS[id], model.config
    side = config.memory_attention_rope_feat_sizes[0]
    edge_tokens = 0
    if kind.edge:
        edge_tokens = config.perceiver_resampler_num_latents + config.perceiver_resampler_num_latents_2d
    return {
        "imageSize": config.image_size,
        "featureSize": side,
        "maskSize": 4 * side,
        "hiddenSize": config.memory_attention_hidden_size,
        "memorySize": model.mem_dim,
        "tokensPerMap": edge_tokens or side * side,
        "maps": kind.maps,
        "pointers": kind.pointers,
        "temporalRows": config.num_maskmem,
        "recentMaps": config.num_maskmem - 1,
        "pointerReach": config.max_object_pointers_in_encoder,
        "pointerTime": not kind.edge,
        "memoryRounding": "none" if kind.edge else "bfloat16",
        "maskedBias": -10000,
        "mean": models.MEAN,
        "std": models.STD,
    }


def examples(key: str, config: dict) -> dict[str, torch.Tensor]:
    """Inputs of the right shapes for one graph, by name, from seeded numbers."""
    from maskflow_export import seeded

    side, width, size = config["featureSize"], config["hiddenSize"], config["imageSize"]
    large, maps, pointers = config["maskSize"], config["maps"], config["pointers"]
    rows = torch.zeros(maps, config["temporalRows"])
    rows[torch.arange(maps), torch.arange(maps) % config["temporalRows"]] = 1
    shapes = {
        "image": (1, 3, size, size),
        "features": (1, width, side, side),
        "high0": (1, width // 8, 4 * side, 4 * side),
        "high1": (1, width // 4, 2 * side, 2 * side),
        "maps": (1, maps, config["tokensPerMap"], config["memorySize"]),
        "pointers": (1, pointers, width),
        "pointer_times": (1, pointers),
        "mask_input": (1, 1, large, large),
        "mask": (1, 1, size, size) if key == "mask_prompt" else (1, 1, large, large),
    }
    given = {n: torch.from_numpy(seeded.normals(f"example {n}", _count(s))).float().reshape(s) for n, s in shapes.items()}
    given["map_rows"] = rows
    given["pointer_bias"] = torch.where(torch.arange(pointers) < pointers - 5, 0.0, -10000.0)[None]
    given["points"] = torch.tensor([[[0.3, 0.4], [0.6, 0.7], [0.5, 0.2]]]) * size
    given["labels"] = torch.tensor([[2.0, 3.0, 1.0]])
    given["without_memory"] = torch.ones(1)
    given["has_mask"] = torch.zeros(1)
    given["multimask"] = torch.zeros(1)
    given["binarise"] = torch.zeros(1)
    given["object_score"] = torch.full((1, 1), -0.5)
    return {n: given[n] for n in input_names(key, config)}


def _count(shape: tuple[int, ...]) -> int:
    total = 1
    for part in shape:
        total *= part
    return total


def input_names(key: str, config: dict) -> list[str]:
    """The inputs of a graph, in order."""
    if key == "memory_attention":
        base = ["features", "maps", "map_rows", "pointers", "pointer_bias"]
        return [*base, "pointer_times"] if config["pointerTime"] else base
    if key == "memory_encoder":
        base = ["features", "mask", "binarise"]
        return [*base, "object_score"] if config["pointerTime"] else base
    return INPUTS[key]


def module_of(id: str, key: str, model) -> nn.Module:
    """The torch module of one graph."""
    kind = models.KINDS[id]
    if key == "memory_attention":
        return modules.MemoryAttention(model, kind.maps, kind.pointers, kind.edge)
    if key == "memory_encoder":
        return modules.MemoryEncoder(model, kind.edge)
    return {"vision_encoder": modules.VisionEncoder, "mask_decoder": modules.MaskDecoder, "mask_prompt": modules.MaskPrompt}[
        key
    ](model)


def _free_sizes(key: str, config: dict) -> dict[str, dict]:
    if key == "memory_attention":
        count = Dim("maps", min=1, max=config["maps"])
        return {"maps": {1: count}, "map_rows": {0: count}}
    if key == "mask_decoder":
        count = Dim("count", min=1, max=64)
        return {"points": {1: count}, "labels": {1: count}}
    if key == "memory_encoder":
        return {"mask": {2: Dim("mask_height", min=16, max=4096), 3: Dim("mask_width", min=16, max=4096)}}
    return {}


def export(id: str, key: str, model) -> onnx.ModelProto:
    """One complete float32 graph."""
    config = config_of(id, model)
    given = examples(key, config)
    free = _free_sizes(key, config)
    shapes = tuple(free.get(name) for name in given) if free else None
    graph = from_torch.export_graph(
        module_of(id, key, model), tuple(given.values()), list(given), OUTPUTS[key], strip="model.", dynamic_shapes=shapes
    )
    shapes_known.settle(graph)
    foreign = from_torch.foreign_operators(graph)
    if foreign:
        raise ValueError(f"{key}: operators that a GPU does not run: {foreign}")
    return graph


def write(id: str, out_dir, model, graphs: dict[str, onnx.ModelProto], sources: list[dict], about: dict) -> dict:
    """Writes the graphs and the manifest of a network."""
    config = config_of(id, model)
    weights = set(model.state_dict()) | {f"points_{i}" for i in range(4)}
    origins = {}
    for graph in graphs.values():
        for tensor in graph.graph.initializer:
            if tensor.name in weights:
                origins[tensor.name] = names.origin_of(tensor.name, list(tensor.dims), config["hiddenSize"])
    unused = ["*.num_batches_tracked"] if models.KINDS[id].edge else []
    never = ["no_memory_positional_encoding", "prompt_encoder.shared_embedding.positional_embedding"]
    layouts = [
        {"id": "pytorch", "container": "pytorch", "roots": ["model"], "ignored": ["no_mem_pos_enc", *unused]},
        {"id": "safetensors", "container": "safetensors", "roots": [""], "ignored": [*never, *unused]},
    ]
    return weightless.write_model(
        out_dir, id, models.KINDS[id].name, "sam2", graphs, origins, layouts, sources, config,
        constant_limit=1 << 16, **about,
    )  # fmt: skip
