"""The graphs of family sam2 as torch modules around the network of transformers: fixed sizes, real arithmetic."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import nn

CHUNK_BYTES = 64 << 20
"""Scores of one attention are computed for as many queries at once as stay below this."""


def attend(query, key, value, scale: float, bias=None, most: int | None = None):
    """softmax(q k^T * scale + bias) v over [batch, heads, tokens, width], a block of queries after another.

    `most`: how many keys there may be, where their number is free. The queries are scaled, not the far larger scores.
    """
    rows, columns = query.shape[-2], most or key.shape[-2]
    pieces = 1
    if isinstance(rows, int) and isinstance(columns, int):
        limit = max(1, CHUNK_BYTES // (4 * columns * query.shape[0] * query.shape[1]))
        while rows // pieces > limit or rows % pieces:
            pieces += 1
    query, turned = query * scale, key.transpose(-2, -1)
    outputs = []
    for part in query.split(rows // pieces, dim=-2) if pieces > 1 else [query]:
        scores = torch.matmul(part, turned)
        if bias is not None:
            scores = scores + bias
        outputs.append(torch.matmul(scores.softmax(-1), value))
    return outputs[0] if pieces == 1 else torch.cat(outputs, dim=-2)


def eager_attention(module, query, key, value, attention_mask, scaling, dropout=0.0, **kwargs):
    """`attend` in the form that the networks of transformers call."""
    return attend(query, key, value, scaling, attention_mask).transpose(1, 2).contiguous(), None


def use_chunked_attention() -> None:
    """Makes the networks of transformers compute attention by `attend` where they are configured as eager."""
    from transformers.models.edgetam_video import modeling_edgetam_video
    from transformers.models.sam2 import modeling_sam2
    from transformers.models.sam2_video import modeling_sam2_video

    for module in (modeling_edgetam_video, modeling_sam2, modeling_sam2_video):
        module.eager_attention_forward = eager_attention


def sine_axis(size: int, features: int) -> torch.Tensor:
    """One axis of the normalised 2-D sine position code: [size, features]."""
    place = torch.arange(1, size + 1, dtype=torch.float32)
    place = place / (place[-1:] + 1e-6) * (2 * math.pi)
    index = torch.arange(features, dtype=torch.int64).to(torch.float32)
    period = 10000 ** (2 * torch.div(index, 2, rounding_mode="floor") / features)
    angle = place[:, None] / period
    return torch.stack((angle[:, 0::2].sin(), angle[:, 1::2].cos()), dim=2).flatten(1)


def sine_grid(axis: torch.Tensor) -> torch.Tensor:
    """The 2-D sine position code [size * size, 2 * features] from one axis of it: rows first, then columns."""
    size, features = axis.shape
    down = axis[:, None, :].expand(size, size, features)
    across = axis[None, :, :].expand(size, size, features)
    return torch.cat((down, across), dim=-1).reshape(size * size, 2 * features)


class VisionEncoder(nn.Module):
    """image -> features, high0, high1."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, image):
        encoder = self.model.vision_encoder
        if hasattr(encoder.backbone, "timm_model"):
            maps = [m.permute(0, 2, 3, 1) for m in encoder.backbone.timm_model(image)]
        else:
            maps = encoder.backbone(image).intermediate_hidden_states
        neck = encoder.neck
        last = len(neck.convs) - 1
        levels = []
        before = None
        for i in range(last, -1, -1):
            level = neck.convs[last - i](maps[i].permute(0, 3, 1, 2))
            if i in neck.fpn_top_down_levels and i != last:
                before = level + F.interpolate(before, scale_factor=2.0, mode="nearest")
            else:
                before = level
            levels.append(before)
        high0, high1, features = levels[-3:][::-1]
        decoder = self.model.mask_decoder
        return features, decoder.conv_s0(high0), decoder.conv_s1(high1)


class MemoryAttention(nn.Module):
    """features, maps, map_rows, pointers, (pointer_times), pointer_bias -> conditioned.

    The number of maps is free, up to `maps`; no shape is computed from it but by reshaping to -1.
    """

    def __init__(self, model, maps: int, pointers: int, edge: bool):
        super().__init__()
        self.model = model
        self.edge = edge
        self.maps = maps
        self.pointers = pointers
        config = model.config
        self.width = config.memory_attention_hidden_size
        self.size = config.memory_attention_rope_feat_sizes[0]
        self.depth = model.mem_dim
        self.splits = max(1, self.width // self.depth)
        self.key_size = config.memory_attention_rope_k_sizes[0] if edge else self.size
        self.latents = config.perceiver_resampler_num_latents if edge else 0
        self.tokens = self.latents + self.key_size**2
        frequencies = model.memory_attention.rotary_emb.inv_freq.detach().clone()
        self.register_buffer("frequencies", frequencies, persistent=False)
        self.register_buffer("query_axis", sine_axis(self.size, self.width // 2), persistent=False)
        self.register_buffer("key_axis", sine_axis(self.key_size, self.depth // 2), persistent=False)
        half = model.hidden_dim // 2
        index = torch.arange(half, dtype=torch.float32)
        self.register_buffer("time_periods", 10000 ** (2 * (index // 2) / half), persistent=False)

    def angles(self, size: int):
        """cos and sin of the axial rotation on a grid: [size * size, width / 2], columns first."""
        line = torch.arange(size, dtype=torch.float32)[:, None] * self.frequencies
        shape = (size, size, line.shape[1])
        result = []
        for table in (line.cos(), line.sin()):
            across = table[None, :, :].expand(shape)
            down = table[:, None, :].expand(shape)
            result.append(torch.cat((across, down), dim=-1).reshape(size * size, self.width // 2))
        return result

    def rotate(self, tokens, cos, sin):
        """Rotates neighbouring pairs of channels of [n, tokens, width]."""
        rows = tokens.shape[-2]
        pairs = tokens.reshape(-1, rows, self.width // 2, 2)
        even, odd = pairs[..., 0], pairs[..., 1]
        turned = torch.stack((even * cos - odd * sin, odd * cos + even * sin), dim=-1)
        return turned.reshape(-1, rows, self.width)

    def rotate_maps(self, keys, cos, sin):
        """Rotates the grid tokens of every map, [M, tokens, width]; the latents without a place stay."""
        if not self.latents:
            return self.rotate(keys, cos, sin)
        return torch.cat((keys[:, : self.latents], self.rotate(keys[:, self.latents :], cos, sin)), dim=1)

    def map_places(self, map_rows):
        """Position code of the tokens of every map: [M, tokens, depth]."""
        place = sine_grid(self.key_axis)
        if self.latents:
            place = torch.cat((torch.zeros(self.latents, self.depth), place), dim=0)
        rows = self.model.memory_temporal_positional_encoding.reshape(-1, self.depth)
        return place[None] + torch.matmul(map_rows, rows)[:, None]

    def pointer_places(self, pointer_times):
        """Position code of the tokens of the pointers: [1, tokens, depth]."""
        if pointer_times is None:
            return torch.zeros(1, self.pointers * self.splits, self.depth)
        angle = pointer_times.reshape(self.pointers, 1) / self.time_periods
        code = torch.cat((angle.sin(), angle.cos()), dim=-1)
        code = self.model.temporal_positional_encoding_projection_layer(code)
        shape = (self.pointers, self.splits, self.depth)
        return code[:, None].expand(shape).reshape(1, self.pointers * self.splits, self.depth)

    def bias(self, map_rows, pointer_bias):
        """The additive bias of every memory token, 0 for those of maps: [1, 1, 1, K]."""
        none = map_rows.sum(1, keepdim=True) * 0 + torch.zeros(1, self.tokens)
        pointers = pointer_bias.reshape(self.pointers, 1).expand(self.pointers, self.splits).reshape(1, -1)
        return torch.cat((none.reshape(1, -1), pointers), dim=1)[:, None, None]

    def forward(self, features, maps, map_rows, pointers, pointer_bias, pointer_times=None):
        attention = self.model.memory_attention
        tokens = features.flatten(2).transpose(1, 2) + 0.1 * sine_grid(self.query_axis)[None]
        split = pointers.reshape(1, self.pointers * self.splits, self.depth)
        memory = torch.cat((maps.reshape(1, -1, self.depth), split), dim=1)
        map_keys = maps.reshape(-1, self.tokens, self.depth) + self.map_places(map_rows)
        pointer_keys = split + self.pointer_places(pointer_times)
        bias = self.bias(map_rows, pointer_bias)
        most = self.maps * self.tokens + self.pointers * self.splits
        cos, sin = self.angles(self.size)
        key_cos, key_sin = self.angles(self.key_size)
        for layer in attention.layers:
            own = layer.self_attn
            x = layer.layer_norm1(tokens)
            query, key, value = (
                self.rotate(own.q_proj(x), cos, sin),
                self.rotate(own.k_proj(x), cos, sin),
                own.v_proj(x),
            )
            tokens = tokens + own.o_proj(attend(query[:, None], key[:, None], value[:, None], own.scaling)[:, 0])
            cross = layer.cross_attn_image
            x = layer.layer_norm2(tokens)
            query = self.rotate(cross.q_proj(x), cos, sin)
            spatial = self.rotate_maps(cross.k_proj(map_keys), key_cos, key_sin).reshape(1, -1, self.width)
            key = torch.cat((spatial, cross.k_proj(pointer_keys)), dim=1)
            value = cross.v_proj(memory)
            seen = attend(query[:, None], key[:, None], value[:, None], cross.scaling, bias, most)[:, 0]
            tokens = tokens + cross.o_proj(seen)
            x = layer.layer_norm3(tokens)
            if hasattr(layer, "mlp"):
                tokens = tokens + layer.mlp.down_proj(layer.mlp.up_proj(x).relu())
            else:
                tokens = tokens + layer.linear2(layer.linear1(x).relu())
        normed = attention.layer_norm(tokens)
        return normed.transpose(1, 2).reshape(1, self.width, self.size, self.size)


class MaskDecoder(nn.Module):
    """Prompt encoder, mask decoder, choice of the mask and its object pointer."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        table = model.prompt_encoder.point_embed.weight.detach()
        self.points_0 = nn.Parameter(table[0:1].clone())
        self.points_1 = nn.Parameter(table[1:2].clone())
        self.points_2 = nn.Parameter(table[2:3].clone())
        self.points_3 = nn.Parameter(table[3:4].clone())
        self.size = model.prompt_encoder.image_embedding_size[0]
        self.image_size = model.prompt_encoder.input_image_size

    def place(self, coordinates):
        """The random-frequency code of coordinates in 0..1: [..., 2] -> [..., C]."""
        angle = torch.matmul(2 * coordinates - 1, self.model.shared_image_embedding.positional_embedding) * (2 * math.pi)
        return torch.cat((angle.sin(), angle.cos()), dim=-1)

    def grid(self):
        """Centres of the feature cells in 0..1: [F, F, 2]."""
        line = (torch.arange(self.size, dtype=torch.float32) + 0.5) / self.size
        across = line[None, :].expand(self.size, self.size)
        down = line[:, None].expand(self.size, self.size)
        return torch.stack((across, down), dim=-1)

    def prompt_tokens(self, points, labels):
        """Codes of the points, and of the point that is none which closes them: [1, N + 1, C]."""
        encoder = self.model.prompt_encoder
        codes = self.place((points + 0.5) / self.image_size)
        kind = labels[..., None]
        nothing = (kind == -1).float()
        tokens = codes * (1 - nothing) + encoder.not_a_point_embed.weight[None] * nothing
        for value, table in enumerate((self.points_0, self.points_1, self.points_2, self.points_3)):
            tokens = tokens + (kind == value).float() * table[None]
        return torch.cat((tokens, encoder.not_a_point_embed.weight[None]), dim=1)

    def stable(self, single):
        """1 where the single mask hardly depends on the threshold, else 0."""
        decoder = self.model.mask_decoder
        delta = decoder.dynamic_multimask_stability_delta
        flat = single.reshape(1, -1)
        inner = (flat > delta).float().sum(-1, keepdim=True)
        outer = (flat > -delta).float().sum(-1, keepdim=True)
        score = torch.where(outer > 0, inner / outer.clamp(min=1.0), torch.ones_like(inner))
        return (score >= decoder.dynamic_multimask_stability_thresh).float()

    def forward(self, features, high0, high1, without_memory, points, labels, mask_input, has_mask, multimask):
        model = self.model
        encoder, decoder = model.prompt_encoder, model.mask_decoder
        image = features + without_memory.reshape(1, 1, 1, 1) * model.no_memory_embedding.reshape(1, -1, 1, 1)
        given = has_mask.reshape(1, 1, 1, 1)
        dense = given * encoder.mask_embed(mask_input)
        image = image + dense + (1 - given) * encoder.no_mask_embed.weight.reshape(1, -1, 1, 1)
        own = torch.cat((decoder.obj_score_token.weight, decoder.iou_token.weight, decoder.mask_tokens.weight), dim=0)
        tokens = torch.cat((own[None], self.prompt_tokens(points, labels)), dim=1)[:, None]
        place = self.place(self.grid()).permute(2, 0, 1)[None]
        tokens, image = decoder.transformer(
            point_embeddings=tokens, image_embeddings=image, image_positional_embeddings=place, attention_similarity=None
        )
        count = decoder.num_mask_tokens
        mask_tokens = tokens[:, 0, 2 : 2 + count]
        image = image[:, 0].transpose(1, 2).reshape(1, -1, self.size, self.size)
        upscaled = decoder.activation(decoder.upscale_layer_norm(decoder.upscale_conv1(image) + high1))
        upscaled = decoder.activation(decoder.upscale_conv2(upscaled) + high0)
        weights = [decoder.output_hypernetworks_mlps[i](mask_tokens[:, i]) for i in range(count)]
        large = 4 * self.size
        masks = torch.matmul(torch.stack(weights, dim=1), upscaled.flatten(2)).reshape(1, count, large, large)
        scores = decoder.iou_prediction_head(tokens[:, 0, 1])
        object_score = decoder.pred_obj_score_head(tokens[:, 0, 0])
        return (*self.choose(masks, scores, object_score, mask_tokens, multimask.reshape(1, 1)), masks, scores)

    def choose(self, masks, scores, object_score, mask_tokens, multimask):
        """mask, iou, object_score, pointer: the best of three, or the single mask unless it is unstable."""
        three = scores[:, 1:]
        best = three.amax(dim=1, keepdim=True)
        first = (three[:, 0:1] >= best).float()
        second = (1 - first) * (three[:, 1:2] >= best).float()
        chosen = torch.cat((torch.zeros_like(first), first, second, 1 - first - second), dim=1)
        single = torch.cat((torch.ones_like(first), torch.zeros_like(three)), dim=1)
        stable = self.stable(masks[:, 0])
        by_points = stable * single + (1 - stable) * chosen
        pick = multimask * chosen + (1 - multimask) * by_points
        mask = (masks * pick[:, :, None, None]).sum(1, keepdim=True)
        iou = (scores * pick).sum(1, keepdim=True)
        seen = (object_score > 0).float()
        mask = mask * seen[:, :, None, None] + (1 - seen[:, :, None, None]) * -1024.0
        token_pick = multimask * chosen + (1 - multimask) * single
        token = (mask_tokens * token_pick[:, :, None]).sum(1)
        pointer = seen * self.model.object_pointer_proj(token) + (1 - seen) * self.model.no_object_pointer
        return mask, iou, object_score, pointer


class MaskPrompt(nn.Module):
    """mask -> mask_input for the decoder, and the pointer of an object that is not there."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, mask):
        return self.model.mask_downsample(mask), self.model.no_object_pointer + 0.0


class MemoryEncoder(nn.Module):
    """features, mask, binarise, (object_score) -> memory."""

    def __init__(self, model, edge: bool):
        super().__init__()
        self.model = model
        self.edge = edge
        self.image_size = model.image_size
        if edge:
            size = model.config.memory_attention_rope_feat_sizes[0]
            self.register_buffer("axis", sine_axis(size, model.mem_dim // 2), persistent=False)

    def perceive(self, memory):
        perceiver = self.model.spatial_perceiver
        tokens = memory.flatten(2).transpose(1, 2)
        place = sine_grid(self.axis)[None]
        without = perceiver.latents_1d[None]
        for layer in perceiver.layers:
            without = layer(without, tokens, place)
        side = int(math.sqrt(perceiver.num_latents_2d))
        window = memory.shape[-1] // side
        depth = memory.shape[1]
        windows = memory.permute(0, 2, 3, 1).reshape(1, side, window, side, window, depth)
        windows = windows.permute(0, 1, 3, 2, 4, 5).reshape(side * side, window * window, depth)
        within = perceiver.latents_2d[:, None]
        for layer in perceiver.layers:
            within = layer(within, windows, positional_encoding=None)
        within = within.reshape(1, side * side, depth)
        return torch.cat((perceiver.layer_norm(without), perceiver.layer_norm(within)), dim=1)

    def forward(self, features, mask, binarise, object_score=None):
        config = self.model.config
        full = F.interpolate(mask, size=(self.image_size, self.image_size), mode="bilinear", align_corners=False)
        hard = binarise.reshape(1, 1, 1, 1)
        share = hard * (full > 0).float() + (1 - hard) * full.sigmoid()
        share = share * config.sigmoid_scale_for_mem_enc + config.sigmoid_bias_for_mem_enc
        encoder = self.model.memory_encoder
        x = encoder.feature_projection(features) + encoder.mask_downsampler(share)
        memory = encoder.projection(encoder.memory_fuser(x))
        if self.edge:
            return self.perceive(memory)
        hidden = 1 - (object_score.reshape(1, 1, 1, 1) > 0).float()
        memory = memory + hidden * self.model.occlusion_spatial_embedding_parameter.reshape(1, -1, 1, 1)
        return memory.flatten(2).transpose(1, 2)
