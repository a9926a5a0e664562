"""SAM's prompt encoder and mask decoder in PyTorch, for inference of one picture, under segment-anything's names."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CHANNELS = 256
GRID = 64
MASKS = 4


class LayerNorm2d(nn.Module):
    """Normalises over channels at each place of [1, C, H, W]."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        # As a LayerNormalization of the last axis, which every provider has as one kernel.
        rows = F.layer_norm(x.permute(0, 2, 3, 1), (self.weight.shape[0],), self.weight, self.bias, 1e-6)
        return rows.permute(0, 3, 1, 2)


class Attention(nn.Module):
    """Eight heads; inside, `inner` channels."""

    def __init__(self, channels: int, inner: int, heads: int = 8) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(channels, inner)
        self.k_proj = nn.Linear(channels, inner)
        self.v_proj = nn.Linear(channels, inner)
        self.out_proj = nn.Linear(inner, channels)

    def _heads(self, x: Tensor) -> Tensor:
        return x.reshape(1, -1, self.heads, x.shape[-1] // self.heads).transpose(1, 2)

    def forward(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        q, k, v = self._heads(self.q_proj(q)), self._heads(self.k_proj(k)), self._heads(self.v_proj(v))
        scores = (q * (1.0 / math.sqrt(q.shape[-1]))) @ k.transpose(2, 3)
        out = scores.softmax(-1) @ v
        return self.out_proj(out.transpose(1, 2).reshape(1, -1, self.heads * q.shape[-1]))


class MLPBlock(nn.Module):
    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.lin1 = nn.Linear(channels, hidden)
        self.lin2 = nn.Linear(hidden, channels)

    def forward(self, x: Tensor) -> Tensor:
        return self.lin2(F.relu(self.lin1(x)))


class TwoWayBlock(nn.Module):
    def __init__(self, channels: int, hidden: int, is_first: bool) -> None:
        super().__init__()
        self.is_first = is_first
        self.self_attn = Attention(channels, channels)
        self.norm1 = nn.LayerNorm(channels)
        self.cross_attn_token_to_image = Attention(channels, channels // 2)
        self.norm2 = nn.LayerNorm(channels)
        self.mlp = MLPBlock(channels, hidden)
        self.norm3 = nn.LayerNorm(channels)
        self.norm4 = nn.LayerNorm(channels)
        self.cross_attn_image_to_token = Attention(channels, channels // 2)

    def forward(self, queries: Tensor, keys: Tensor, query_pe: Tensor, key_pe: Tensor) -> tuple[Tensor, Tensor]:
        if self.is_first:
            queries = self.self_attn(queries, queries, queries)
        else:
            q = queries + query_pe
            queries = queries + self.self_attn(q, q, queries)
        queries = self.norm1(queries)
        k = keys + key_pe
        queries = self.norm2(queries + self.cross_attn_token_to_image(queries + query_pe, k, keys))
        queries = self.norm3(queries + self.mlp(queries))
        keys = self.norm4(keys + self.cross_attn_image_to_token(k, queries + query_pe, queries))
        return queries, keys


class TwoWayTransformer(nn.Module):
    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(TwoWayBlock(channels, hidden, index == 0) for index in range(2))
        self.final_attn_token_to_image = Attention(channels, channels // 2)
        self.norm_final_attn = nn.LayerNorm(channels)

    def forward(self, keys: Tensor, key_pe: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        queries = tokens
        for layer in self.layers:
            queries, keys = layer(queries, keys, tokens, key_pe)
        attended = self.final_attn_token_to_image(queries + tokens, keys + key_pe, keys)
        return self.norm_final_attn(queries + attended), keys


class MLP(nn.Module):
    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(channels, width) for width in (channels, channels, out))

    def forward(self, x: Tensor) -> Tensor:
        return self.layers[2](F.relu(self.layers[1](F.relu(self.layers[0](x)))))


class Embedding(nn.Module):
    """A table of learned vectors."""

    def __init__(self, rows: int, channels: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(rows, channels))


class PositionEmbedding(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        # Named so that a state_dict has the official name; a parameter, so that it is stored as one.
        self.positional_encoding_gaussian_matrix = nn.Parameter(torch.zeros(2, channels // 2))

    def of(self, angle: Tensor) -> Tensor:
        angle = angle * (2 * math.pi)
        return torch.cat([angle.sin(), angle.cos()], -1)

    def points(self, coords: Tensor) -> Tensor:
        """[1, n, 2] in 0..1 -> [1, n, C]."""
        return self.of((coords * 2 - 1) @ self.positional_encoding_gaussian_matrix)

    def grid(self) -> Tensor:
        """[1, GRID * GRID, C], row by row."""
        places = ((torch.arange(GRID, dtype=torch.float32) + 0.5) / GRID * 2 - 1).reshape(-1, 1)
        across, down = self.positional_encoding_gaussian_matrix.split(1)
        angles = (places * down).unsqueeze(1) + (places * across).unsqueeze(0)
        return self.of(angles.reshape(1, GRID * GRID, -1))


class PromptEncoder(nn.Module):
    def __init__(self, channels: int, mask_channels: int = 16) -> None:
        super().__init__()
        self.pe_layer = PositionEmbedding(channels)
        self.point_embeddings = nn.ModuleList(Embedding(1, channels) for _ in range(4))
        self.not_a_point_embed = Embedding(1, channels)
        self.no_mask_embed = Embedding(1, channels)
        self.mask_downscaling = nn.Sequential(
            nn.Conv2d(1, mask_channels // 4, 2, 2), LayerNorm2d(mask_channels // 4), nn.GELU(),
            nn.Conv2d(mask_channels // 4, mask_channels, 2, 2), LayerNorm2d(mask_channels), nn.GELU(),
            nn.Conv2d(mask_channels, channels, 1),
        )  # fmt: skip

    def points(self, coords: Tensor, labels: Tensor) -> Tensor:
        """Labels: -1 padding, 0 and 1 clicks, 2 and 3 corners of a box."""
        labels = labels.unsqueeze(-1)
        is_point = (labels != -1).float()
        found = self.pe_layer.points((coords + 0.5) / (GRID * 16)) * is_point
        found = found + self.not_a_point_embed.weight * (1 - is_point)
        for label, embedding in enumerate(self.point_embeddings):
            found = found + embedding.weight * (labels == label).float()
        return found

    def mask(self, mask: Tensor, has_mask: Tensor) -> Tensor:
        """[1, 1, 256, 256] -> [1, GRID * GRID, C]."""
        rows = self.mask_downscaling(mask).flatten(2).transpose(1, 2)
        has_mask = has_mask.reshape(1, 1, 1)
        return rows * has_mask + self.no_mask_embed.weight * (1 - has_mask)


class MaskDecoder(nn.Module):
    def __init__(self, channels: int, hidden: int) -> None:
        super().__init__()
        self.transformer = TwoWayTransformer(channels, hidden)
        self.iou_token = Embedding(1, channels)
        self.mask_tokens = Embedding(MASKS, channels)
        self.output_upscaling = nn.Sequential(
            nn.ConvTranspose2d(channels, channels // 4, 2, 2), LayerNorm2d(channels // 4), nn.GELU(),
            nn.ConvTranspose2d(channels // 4, channels // 8, 2, 2), nn.GELU(),
        )  # fmt: skip
        self.output_hypernetworks_mlps = nn.ModuleList(MLP(channels, channels // 8) for _ in range(MASKS))
        self.iou_prediction_head = MLP(channels, MASKS)

    def forward(self, image: Tensor, image_pe: Tensor, points: Tensor) -> tuple[Tensor, Tensor]:
        tokens = torch.cat([self.iou_token.weight, self.mask_tokens.weight]).unsqueeze(0)
        tokens, image = self.transformer(image, image_pe, torch.cat([tokens, points], 1))
        rows = [mlp(tokens[:, 1 + index]) for index, mlp in enumerate(self.output_hypernetworks_mlps)]
        picture = self.output_upscaling(image.transpose(1, 2).reshape(1, -1, GRID, GRID))
        masks = torch.stack(rows, 1) @ picture.flatten(2)
        return masks.reshape(1, MASKS, GRID * 4, GRID * 4), self.iou_prediction_head(tokens[:, 0])


class SamDecoder(nn.Module):
    """Embedding and prompt -> four masks: the first for a clear prompt, the others for one that may mean three things."""

    def __init__(self, channels: int = CHANNELS, hidden: int = 2048) -> None:
        super().__init__()
        self.prompt_encoder = PromptEncoder(channels)
        self.mask_decoder = MaskDecoder(channels, hidden)

    def forward(
        self, image_embeddings: Tensor, point_coords: Tensor, point_labels: Tensor, mask_input: Tensor, has_mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        image = image_embeddings.flatten(2).transpose(1, 2) + self.prompt_encoder.mask(mask_input, has_mask)
        points = self.prompt_encoder.points(point_coords, point_labels)
        return self.mask_decoder(image, self.prompt_encoder.pe_layer.grid(), points)
