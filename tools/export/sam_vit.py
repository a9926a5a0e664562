"""SAM's image encoders (ViT-B, L, H) in PyTorch, for inference of one picture, under segment-anything's names."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from sam_decoder import GRID, LayerNorm2d
from torch import Tensor, nn
from torch.nn import functional as F

PATCH = 16


@dataclass(frozen=True)
class VitConfig:
    dim: int
    depth: int
    heads: int
    # Blocks that look at the whole picture; the others at windows.
    whole: tuple[int, ...]
    window: int = 14
    out: int = 256


CONFIGS = {
    'sam-vit-b': VitConfig(768, 12, 12, (2, 5, 8, 11)),
    'sam-vit-l': VitConfig(1024, 24, 16, (5, 11, 17, 23)),
    'sam-vit-h': VitConfig(1280, 32, 16, (7, 15, 23, 31)),
    # The same code with little to compute: heads of ViT-H's width, a window and a whole block.
    'small': VitConfig(160, 2, 2, (1,)),
}


def distances(side: int) -> Tensor:
    """int64[side * side]: for a query and a key of one axis, the row of the table of relative positions."""
    places = torch.arange(side)
    return (places[:, None] - places[None, :] + side - 1).reshape(-1)


class Attention(nn.Module):
    """Attention over windows of `side` x `side` places, [windows, places, C], with relative positions by axis."""

    def __init__(self, dim: int, heads: int, side: int) -> None:
        super().__init__()
        self.heads, self.side = heads, side
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)
        self.rel_pos_h = nn.Parameter(torch.zeros(2 * side - 1, dim // heads))
        self.rel_pos_w = nn.Parameter(torch.zeros(2 * side - 1, dim // heads))
        self.register_buffer('rows', distances(side), persistent=False)

    def _table(self, positions: Tensor, width: int) -> Tensor:
        """[side, C/heads, side]: for each query place, its vectors for all key places of the axis."""
        table = positions.index_select(0, self.rows)
        return table.reshape(self.side, self.side, width).transpose(1, 2)

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, tables: tuple[Tensor, Tensor]) -> Tensor:
        """One group of heads: [n, places, C/heads] each."""
        side, width = self.side, q.shape[-1]
        scores = (q * width**-0.5) @ k.transpose(1, 2)
        grid = q.reshape(-1, side, side, width)
        # Down: queries of a row share their table; across: those of a column do.
        down = grid @ tables[0]
        across = (grid.transpose(1, 2) @ tables[1]).transpose(1, 2)
        scores = scores.reshape(-1, side, side, side, side) + down.unsqueeze(-1) + across.unsqueeze(-2)
        return scores.reshape(-1, side * side, side * side).softmax(-1) @ v

    def forward(self, x: Tensor) -> Tensor:
        windows, places, dim = x.shape
        width = dim // self.heads
        qkv = self.qkv(x).reshape(windows, places, 3, self.heads, width).permute(2, 3, 0, 1, 4)
        tables = (self._table(self.rel_pos_h, width), self._table(self.rel_pos_w, width))
        if windows == 1:
            # A head of the whole picture has 4096 x 4096 scores, 64 MiB: one at a time, as graphics cards can bind.
            heads = [self._attend(*(part[head] for part in qkv), tables) for head in range(self.heads)]
            out = torch.cat(heads, -1)
        else:
            q, k, v = qkv.reshape(3, self.heads * windows, places, width).unbind(0)
            out = self._attend(q, k, v, tables).reshape(self.heads, windows, places, width).permute(1, 2, 0, 3)
        return self.proj(out.reshape(windows, places, dim))


class Mlp(nn.Module):
    def __init__(self, dim: int) -> None:
        super().__init__()
        self.lin1 = nn.Linear(dim, 4 * dim)
        self.lin2 = nn.Linear(4 * dim, dim)

    def forward(self, x: Tensor) -> Tensor:
        return self.lin2(F.gelu(self.lin1(x)))


class Block(nn.Module):
    def __init__(self, dim: int, heads: int, window: int | None) -> None:
        super().__init__()
        self.window = window
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim, heads, window or GRID)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim)

    def forward(self, x: Tensor) -> Tensor:
        """[1, GRID, GRID, C]."""
        dim, window = x.shape[-1], self.window
        rows = self.norm1(x)
        if window is None:
            rows = self.attn(rows.reshape(1, GRID * GRID, dim)).reshape(1, GRID, GRID, dim)
        else:
            count = -(-GRID // window)
            pad = count * window - GRID
            rows = F.pad(rows, (0, 0, 0, pad, 0, pad))
            rows = rows.reshape(count, window, count, window, dim).transpose(1, 2)
            rows = self.attn(rows.reshape(count * count, window * window, dim))
            rows = rows.reshape(count, count, window, window, dim).transpose(1, 2)
            rows = rows.reshape(1, count * window, count * window, dim)[:, :GRID, :GRID]
        x = x + rows
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, dim: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, dim, PATCH, PATCH)


class ImageEncoder(nn.Module):
    """[1, 3, 1024, 1024] -> [1, out, 64, 64]."""

    def __init__(self, config: VitConfig) -> None:
        super().__init__()
        dim = config.dim
        self.patch_embed = PatchEmbed(dim)
        self.pos_embed = nn.Parameter(torch.zeros(1, GRID, GRID, dim))
        self.blocks = nn.ModuleList(
            Block(dim, config.heads, None if index in config.whole else config.window) for index in range(config.depth)
        )
        self.neck = nn.Sequential(
            nn.Conv2d(dim, config.out, 1, bias=False), LayerNorm2d(config.out),
            nn.Conv2d(config.out, config.out, 3, padding=1, bias=False), LayerNorm2d(config.out),
        )  # fmt: skip

    def forward(self, picture: Tensor) -> Tensor:
        x = self.patch_embed.proj(picture).permute(0, 2, 3, 1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.neck(x.permute(0, 3, 1, 2))
