"""Where each weight of family sam2 lies: in the original checkpoints and in the files of the Hugging Face repositories."""

from __future__ import annotations

import re

_HEADS = {"proj_in": "layers.0", "layers.0": "layers.1", "proj_out": "layers.2"}
_PLAIN = {
    "no_memory_embedding": "no_mem_embed",
    "no_memory_positional_encoding": "no_mem_pos_enc",
    "memory_temporal_positional_encoding": "maskmem_tpos_enc",
    "no_object_pointer": "no_obj_ptr",
    "occlusion_spatial_embedding_parameter": "no_obj_embed_spatial",
    "shared_image_embedding.positional_embedding": "sam_prompt_encoder.pe_layer.positional_encoding_gaussian_matrix",
}
_PERCEIVER = {
    "latents_1d": "latents",
    "latents_2d": "latents_2d",
    "layer_norm_input": "attn.norm_x",
    "layer_norm_latents": "attn.norm_latents",
    "layer_norm_self": "self_attn.norm",
    "cross_attention.q_proj": "attn.to_q",
    "cross_attention.k_proj": "attn.to_kv",
    "cross_attention.v_proj": "attn.to_kv",
    "cross_attention.o_proj": "attn.to_out",
    "self_attention.q_proj": "self_attn.to_q",
    "self_attention.k_proj": "self_attn.to_kv",
    "self_attention.v_proj": "self_attn.to_kv",
    "self_attention.o_proj": "self_attn.to_out",
    "mlp.layer_norm": "ff.0",
    "mlp.up_proj": "ff.1",
    "mlp.down_proj": "ff.3",
    "layer_norm": "norm",
}
_PROMPT = {"conv1": "0", "layer_norm1": "1", "conv2": "3", "layer_norm2": "4", "conv3": "6"}
_UPSCALING = {"upscale_conv1": "0", "upscale_layer_norm": "1", "upscale_conv2": "3"}
POINT = re.compile(r"^points_(\d)$")


def _head(name: str) -> str:
    for ours, theirs in _HEADS.items():
        if f".{ours}." in name:
            return name.replace(f".{ours}.", f".{theirs}.")
    return name


def _vision(name: str) -> str:
    if name.startswith("neck.convs."):
        return "image_encoder." + re.sub(r"convs\.(\d+)\.", r"convs.\1.conv.", name)
    name = name.removeprefix("backbone.")
    if name.startswith("timm_model."):
        return "image_encoder.trunk.body." + name.removeprefix("timm_model.")
    name = name.replace("patch_embed.projection", "patch_embed.proj").replace("layer_norm", "norm")
    return "image_encoder.trunk." + name.replace("mlp.proj_in", "mlp.layers.0").replace("mlp.proj_out", "mlp.layers.1")


def _decoder(name: str) -> str:
    if name.startswith(("iou_prediction_head", "pred_obj_score_head", "output_hypernetworks_mlps")):
        return "sam_mask_decoder." + _head(name)
    for ours, index in _UPSCALING.items():
        if name.startswith(ours + "."):
            return f"sam_mask_decoder.output_upscaling.{index}." + name.removeprefix(ours + ".")
    name = name.replace("mlp.proj_in", "mlp.layers.0").replace("mlp.proj_out", "mlp.layers.1")
    return "sam_mask_decoder." + name.replace("layer_norm", "norm").replace("o_proj", "out_proj")


def _memory_encoder(name: str, layers: int) -> str:
    sampler = re.match(r"mask_downsampler\.layers\.(\d+)\.(conv|layer_norm)\.(.*)", name)
    if sampler:
        index = 3 * int(sampler[1]) + (1 if sampler[2] == "layer_norm" else 0)
        return f"memory_encoder.mask_downsampler.encoder.{index}.{sampler[3]}"
    name = name.replace("mask_downsampler.final_conv", f"mask_downsampler.encoder.{3 * layers}")
    name = name.replace("feature_projection", "pix_feat_proj").replace("memory_fuser", "fuser")
    name = name.replace("depthwise_conv", "dwconv").replace("pointwise_conv", "pwconv").replace("layer_norm", "norm")
    name = re.sub(r"\.scale$", ".gamma", name)
    return "memory_encoder." + re.sub(r"^projection\.", "out_proj.", name)


def _perceiver(name: str) -> str:
    match = re.match(r"(layers\.\d+\.)?(self_)?(.*)", name)
    prefix, own, rest = match[1] or "", match[2] or "", match[3]
    if own and rest.startswith("attention"):
        rest, own = "self_" + rest, ""
    for ours in sorted(_PERCEIVER, key=len, reverse=True):
        if rest == ours or rest.startswith(ours + "."):
            return f"spatial_perceiver.{prefix}{own}{_PERCEIVER[ours]}{rest.removeprefix(ours)}"
    raise KeyError(name)


def original_name(name: str, sampler_layers: int = 4) -> str:
    """The name in the checkpoint of facebookresearch/sam2 or EdgeTAM of what transformers calls `name`."""
    if name in _PLAIN:
        return _PLAIN[name]
    part, _, rest = name.partition(".")
    if part == "vision_encoder":
        return _vision(rest)
    if part == "mask_decoder":
        return _decoder(rest)
    if part == "memory_encoder":
        return _memory_encoder(rest, sampler_layers)
    if part == "spatial_perceiver":
        return _perceiver(rest)
    if part == "memory_attention":
        rest = rest.replace("mlp.up_proj", "linear1").replace("mlp.down_proj", "linear2")
        return "memory_attention." + rest.replace("layer_norm", "norm").replace("o_proj", "out_proj")
    if part == "prompt_encoder":
        inner = re.match(r"mask_embed\.(\w+)\.(.*)", rest)
        if inner:
            return f"sam_prompt_encoder.mask_downscaling.{_PROMPT[inner[1]]}.{inner[2]}"
        return "sam_prompt_encoder." + rest.replace("shared_embedding.positional_embedding", "pe_layer.positional_encoding_gaussian_matrix")
    if part == "object_pointer_proj":
        return _head(name).replace("object_pointer_proj", "obj_ptr_proj")
    if part == "temporal_positional_encoding_projection_layer":
        return "obj_ptr_tpos_proj." + rest
    return name


def origin_of(name: str, shape: list[int], width: int) -> dict[str, dict]:
    """`{layout: {name, shape, steps}}` of a graph's weight; `width` is the model's hidden size."""
    point = POINT.match(name)
    if point:
        index = int(point[1])
        row = {"kind": "slice", "axis": 0, "start": index, "end": index + 1}
        return {
            "pytorch": {"name": f"sam_prompt_encoder.point_embeddings.{index}.weight", "shape": [1, width], "steps": []},
            "safetensors": {"name": "prompt_encoder.point_embed.weight", "shape": [4, width], "steps": [row]},
        }
    found = {"safetensors": {"name": name, "shape": shape, "steps": []}}
    original = original_name(name)
    joined = re.search(r"(self|cross)_attention\.([kv])_proj\.weight$", name)
    if name.startswith("spatial_perceiver") and joined:
        start = 0 if joined[2] == "k" else shape[0]
        half = {"kind": "slice", "axis": 0, "start": start, "end": start + shape[0]}
        found["pytorch"] = {"name": original, "shape": [2 * shape[0], *shape[1:]], "steps": [half]}
    else:
        found["pytorch"] = {"name": original, "shape": shape, "steps": []}
    return dict(sorted(found.items()))
