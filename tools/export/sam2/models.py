"""The networks of family sam2: their configurations, seeded weights, and the transformers classes that hold them."""

from __future__ import annotations

from dataclasses import dataclass

import sam2.torchvision_ops  # noqa: F401  (before transformers)
import torch
from maskflow_export import seeded
from transformers import (
    EdgeTamVideoConfig,
    EdgeTamVideoModel,
    EdgeTamVisionConfig,
    Sam2HieraDetConfig,
    Sam2VideoConfig,
    Sam2VideoModel,
    Sam2VisionConfig,
    TimmWrapperConfig,
)
from transformers.models.edgetam_video.configuration_edgetam_video import (
    EdgeTamVideoMaskDecoderConfig,
    EdgeTamVideoPromptEncoderConfig,
)
from transformers.models.sam2_video.configuration_sam2_video import (
    Sam2VideoMaskDecoderConfig,
    Sam2VideoPromptEncoderConfig,
)

# Printing this configuration (also in a type check) would else build its default, which is loaded from the network.
EdgeTamVisionConfig.has_no_defaults_at_init = True
EdgeTamVideoConfig.has_no_defaults_at_init = True

MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]

_BODY = "vision_encoder.backbone.timm_model."
_CROSS = "memory_attention.layers.*.cross_attn_image."
RULES: list[seeded.Rule] = [
    ("*positional_embedding", "table", 1.0),
    ("*pos_embed", "table", 0.2),
    ("*pos_embed_window", "table", 0.2),
    # A deep body whose activations neither vanish nor explode.
    (_BODY + "*.bn.weight", "scale", 1.0),
    (_BODY + "stem*.c.weight", "weight", 1.0),
    (_BODY + "*downsample*.c.weight", "weight", 0.7),
    (_BODY + "*.c.weight", "weight", 0.4),
    (_BODY + "*token_mixer.conv1.weight", "weight", 0.4),
    # The mask has a say in the memory, and the memory in what is seen: else no golden would notice a wrong bank.
    ("memory_encoder.mask_downsampler.final_conv.weight", "weight", 8.0),
    ("memory_encoder.feature_projection.weight", "weight", 0.5),
    ("memory_encoder.projection.weight", "weight", 0.3),
    ("memory_encoder.memory_fuser.layers.*.scale", "scale", 1.0),
    ("spatial_perceiver.latents*", "table", 0.3),
    ("spatial_perceiver.*.q_proj.weight", "linear", 3.0),
    ("spatial_perceiver.*.k_proj.weight", "linear", 3.0),
    ("spatial_perceiver.*.v_proj.weight", "linear", 2.0),
    ("spatial_perceiver.*.o_proj.weight", "linear", 2.0),
    (_CROSS + "q_proj.weight", "linear", 1.5),
    (_CROSS + "k_proj.weight", "linear", 1.5),
    (_CROSS + "v_proj.weight", "linear", 2.0),
    (_CROSS + "o_proj.weight", "linear", 2.0),
    ("memory_temporal_positional_encoding", "table", 0.5),
    # One of the three masks is clearly the best: a near tie would turn rounding into another mask.
    ("mask_decoder.iou_prediction_head.proj_out.bias", "table", 1.0),
    ("mask_decoder.pred_obj_score_head.proj_out.weight", "linear", 3.0),
    ("*_token.weight", "table", 1.0),
    ("*_tokens.weight", "table", 1.0),
    ("*_embed.weight", "table", 1.0),
]
"""How a name is seeded where its name and shape alone would not do; the same in TypeScript, from the golden files."""


def _score(bias: float) -> tuple[seeded.Rule, ...]:
    """A bias of the object score with which an object is now seen, now hidden."""
    return (("mask_decoder.pred_obj_score_head.proj_out.bias", "constant", bias),)


STEADY: list[seeded.Rule] = [
    *_score(4.0),
    (_CROSS + "?_proj.weight", "linear", 1.0),
    ("spatial_perceiver.*.?_proj.weight", "linear", 1.0),
]
"""Before a network's rules: every object is clearly seen, and what is looked up in memory is not amplified, so that half
precision draws the same masks from one frame to the next as single precision."""


@dataclass(frozen=True)
class Sam2Kind:
    """One network: what it is called, where it comes from, and how many maps and pointers one look takes in at most.

    With 11 maps of SAM 2.1 a block of 256 queries scores 256 * (11 * 4096 + 72) keys, 44 MiB of `CHUNK_BYTES`; in the
    middle of a run 5 annotated frames stand beside the 6 before.
    """

    id: str
    name: str
    edge: bool
    maps: int
    pointers: int
    rules: tuple[seeded.Rule, ...] = ()


KINDS = {
    "edgetam": Sam2Kind(
        "edgetam", "EdgeTAM", True, 11, 20,
        (*_score(1.0), ("mask_decoder.conv_s0.weight", "weight", 4.0),
         ("mask_decoder.output_hypernetworks_mlps.*.proj_out.bias", "constant", -0.2213)),
    ),  # fmt: skip
    "sam2.1-tiny": Sam2Kind("sam2.1-tiny", "SAM 2.1 tiny", False, 11, 18, _score(1.0)),
    "sam2.1-small": Sam2Kind("sam2.1-small", "SAM 2.1 small", False, 11, 18, _score(4.0)),
    "sam2.1-base-plus": Sam2Kind("sam2.1-base-plus", "SAM 2.1 base+", False, 11, 18),
    "edgetam-mini": Sam2Kind("edgetam-mini", "EdgeTAM, small configuration for tests", True, 9, 18, _score(-0.235)),
    "sam2.1-mini": Sam2Kind("sam2.1-mini", "SAM 2.1, small configuration for tests", False, 9, 18, _score(0.31)),
}

_HIERA = {
    "sam2.1-tiny": {},
    "sam2.1-small": {"blocks_per_stage": [1, 2, 11, 2], "global_attention_blocks": [7, 10, 13]},
    "sam2.1-base-plus": {
        "hidden_size": 112,
        "embed_dim_per_stage": [112, 224, 448, 896],
        "num_attention_heads_per_stage": [2, 4, 8, 16],
        "blocks_per_stage": [2, 3, 16, 3],
        "global_attention_blocks": [12, 16, 20],
        "window_positional_embedding_background_size": [14, 14],
    },
    "sam2.1-mini": {
        "hidden_size": 16,
        "image_size": [256, 256],
        "embed_dim_per_stage": [16, 32, 64, 128],
        "num_attention_heads_per_stage": [1, 2, 2, 4],
        "blocks_per_stage": [1, 1, 3, 1],
        "global_attention_blocks": [3],
        "window_size_per_stage": [8, 4, 7, 4],
    },
}
_MINI_SIZE = 256
_MINI_WIDTH = 128


def _mini_common() -> dict:
    return {
        "image_size": _MINI_SIZE,
        "memory_attention_hidden_size": _MINI_WIDTH,
        "memory_attention_rope_feat_sizes": [16, 16],
        "memory_encoder_hidden_size": _MINI_WIDTH,
        "mask_downsampler_embed_dim": _MINI_WIDTH,
        "memory_fuser_embed_dim": _MINI_WIDTH,
        "memory_fuser_intermediate_dim": 128,
        "memory_fuser_num_layers": 1,
    }


def _mini_vision() -> dict:
    return {"fpn_hidden_size": _MINI_WIDTH, "backbone_feature_sizes": [[64, 64], [32, 32], [16, 16]]}


def _edge_config(mini: bool) -> EdgeTamVideoConfig:
    body = {"in_chans": 3, "features_only": True, "out_indices": [0, 1, 2, 3]}
    if mini:
        body |= {"embed_dim": [16, 32, 48, 64], "depth": [1, 1, 2, 1]}
    backbone = TimmWrapperConfig(architecture="repvit_m1", model_args=body)
    if not mini:
        vision = EdgeTamVisionConfig(backbone_config=backbone)
        extra, prompt, decoder = {}, EdgeTamVideoPromptEncoderConfig(), EdgeTamVideoMaskDecoderConfig()
    else:
        vision = EdgeTamVisionConfig(
            backbone_config=backbone, backbone_channel_list=[64, 48, 32, 16], **_mini_vision()
        )
        prompt = EdgeTamVideoPromptEncoderConfig(hidden_size=_MINI_WIDTH, image_size=_MINI_SIZE)
        decoder = EdgeTamVideoMaskDecoderConfig(hidden_size=_MINI_WIDTH, mlp_dim=128, iou_head_hidden_dim=_MINI_WIDTH)
        extra = _mini_common() | {
            "memory_attention_mlp_hidden_size": 128,
            "memory_attention_rope_k_sizes": [8, 8],
            "perceiver_resampler_num_latents": 32,
            "perceiver_resampler_num_latents_2d": 64,
            "perceiver_resampler_mlp_intermediate_size": 64,
        }
    return EdgeTamVideoConfig(
        vision_config=vision, prompt_encoder_config=prompt, mask_decoder_config=decoder,
        enable_temporal_pos_encoding_for_object_pointers=False, enable_occlusion_spatial_embedding=False, **extra,
    )  # fmt: skip


def _sam2_config(id: str) -> Sam2VideoConfig:
    hiera = Sam2HieraDetConfig(**_HIERA[id])
    widths = list(reversed(hiera.embed_dim_per_stage))
    if id != "sam2.1-mini":
        vision = Sam2VisionConfig(backbone_config=hiera, backbone_channel_list=widths)
        prompt, decoder, extra = Sam2VideoPromptEncoderConfig(), Sam2VideoMaskDecoderConfig(), {}
    else:
        vision = Sam2VisionConfig(backbone_config=hiera, backbone_channel_list=widths, **_mini_vision())
        prompt = Sam2VideoPromptEncoderConfig(hidden_size=_MINI_WIDTH, image_size=_MINI_SIZE)
        decoder = Sam2VideoMaskDecoderConfig(hidden_size=_MINI_WIDTH, mlp_dim=128, iou_head_hidden_dim=_MINI_WIDTH)
        extra = _mini_common() | {
            "memory_attention_feed_forward_hidden_size": 128,
            "memory_attention_num_layers": 2,
        }
    return Sam2VideoConfig(
        vision_config=vision, prompt_encoder_config=prompt, mask_decoder_config=decoder,
        enable_temporal_pos_encoding_for_object_pointers=True, enable_occlusion_spatial_embedding=True, **extra,
    )  # fmt: skip


def build(id: str, attention: str = "eager", rules: list[seeded.Rule] | None = None):
    """The network of an id with seeded weights, in evaluation mode; its seeds go by the names in its state_dict."""
    kind = KINDS[id]
    config = _edge_config(id == "edgetam-mini") if kind.edge else _sam2_config(id)
    config._attn_implementation = attention
    torch.manual_seed(0)
    model = (EdgeTamVideoModel if kind.edge else Sam2VideoModel)(config)
    seeded.seed_state_dict(model, rules or rules_of(id), rename=seed_name)
    return model.eval()


def rules_of(id: str) -> list[seeded.Rule]:
    """The seeding rules of a network: its own first."""
    return [*KINDS[id].rules, *RULES]


def seed_name(name: str) -> str:
    """The position matrix is stored twice under two names and must be one matrix."""
    if name == "prompt_encoder.shared_embedding.positional_embedding":
        return "shared_image_embedding.positional_embedding"
    return name
