"""MobileSAM's image encoder (TinyViT-5M) in PyTorch, for inference; every BatchNorm is part of its convolution."""

from __future__ import annotations

import torch
from sam_decoder import LayerNorm2d
from torch import Tensor, nn
from torch.nn import functional as F

DIMS = (64, 128, 160, 320)
DEPTHS = (2, 2, 6, 2)
HEADS = (2, 4, 5, 10)
WINDOWS = (7, 7, 14, 7)
EXPANSION = 4


def conv(channels: int, out: int, side: int = 1, stride: int = 1, groups: int = 1) -> nn.Conv2d:
    return nn.Conv2d(channels, out, side, stride, side // 2, groups=groups)


class MBConv(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        hidden = channels * EXPANSION
        self.conv1 = conv(channels, hidden)
        self.conv2 = conv(hidden, hidden, 3, groups=hidden)
        self.conv3 = conv(hidden, channels)

    def forward(self, x: Tensor) -> Tensor:
        return F.gelu(x + self.conv3(F.gelu(self.conv2(F.gelu(self.conv1(x))))))


class PatchMerging(nn.Module):
    def __init__(self, channels: int, out: int) -> None:
        super().__init__()
        self.conv1 = conv(channels, out)
        # The last stage keeps its resolution.
        self.conv2 = conv(out, out, 3, 1 if out == DIMS[-1] else 2, groups=out)
        self.conv3 = conv(out, out)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv3(F.gelu(self.conv2(F.gelu(self.conv1(x)))))


class Attention(nn.Module):
    """Over the windows given: [windows, places, C]."""

    def __init__(self, channels: int, heads: int, window: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(channels)
        self.qkv = nn.Linear(channels, 3 * channels)
        self.proj = nn.Linear(channels, channels)
        # The official table of biases by distance, spread over all pairs of places.
        self.bias = nn.Parameter(torch.zeros(heads, window**2, window**2))

    def forward(self, x: Tensor) -> Tensor:
        windows, places, channels = x.shape
        width = channels // self.heads
        # Head by head: its queries, keys and values lie together.
        qkv = self.qkv(self.norm(x)).reshape(windows, places, self.heads, 3 * width).transpose(1, 2)
        q, k, v = qkv.split(width, -1)
        scores = (q * width**-0.5) @ k.transpose(2, 3) + self.bias
        return self.proj((scores.softmax(-1) @ v).transpose(1, 2).reshape(windows, places, channels))


class Mlp(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.fc1 = nn.Linear(channels, 4 * channels)
        self.fc2 = nn.Linear(4 * channels, channels)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(self.norm(x))))


class Block(nn.Module):
    def __init__(self, channels: int, heads: int, window: int) -> None:
        super().__init__()
        self.window = window
        self.attn = Attention(channels, heads, window)
        self.local_conv = conv(channels, channels, 3, groups=channels)
        self.mlp = Mlp(channels)

    def forward(self, x: Tensor) -> Tensor:
        """[1, side, side, C]."""
        side, channels, window = x.shape[1], x.shape[3], self.window
        count = -(-side // window)
        pad = count * window - side
        rows = F.pad(x, (0, 0, 0, pad, 0, pad)) if pad else x
        rows = rows.reshape(count, window, count, window, channels).transpose(1, 2)
        rows = self.attn(rows.reshape(count * count, window * window, channels))
        rows = rows.reshape(count, count, window, window, channels).transpose(1, 2)
        x = x + rows.reshape(1, count * window, count * window, channels)[:, :side, :side]
        x = self.local_conv(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return x + self.mlp(x)


class ConvStage(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(MBConv(DIMS[0]) for _ in range(DEPTHS[0]))
        self.downsample = PatchMerging(DIMS[0], DIMS[1])

    def forward(self, x: Tensor) -> Tensor:
        for block in self.blocks:
            x = block(x)
        return self.downsample(x)


class Stage(nn.Module):
    def __init__(self, index: int) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(
            Block(DIMS[index], HEADS[index], WINDOWS[index]) for _ in range(DEPTHS[index])
        )
        if index + 1 < len(DIMS):
            self.downsample = PatchMerging(DIMS[index], DIMS[index + 1])

    def forward(self, x: Tensor) -> Tensor:
        x = x.permute(0, 2, 3, 1)
        for block in self.blocks:
            x = block(x)
        x = x.permute(0, 3, 1, 2)
        return self.downsample(x) if hasattr(self, 'downsample') else x


class PatchEmbed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = conv(3, DIMS[0] // 2, 3, 2)
        self.conv2 = conv(DIMS[0] // 2, DIMS[0], 3, 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv2(F.gelu(self.conv1(x)))


class TinyViT(nn.Module):
    """[1, 3, 1024, 1024] -> [1, 256, 64, 64]."""

    def __init__(self) -> None:
        super().__init__()
        self.patch_embed = PatchEmbed()
        self.layers = nn.ModuleList([ConvStage(), *(Stage(index) for index in range(1, len(DIMS)))])
        self.neck = nn.Sequential(
            nn.Conv2d(DIMS[-1], 256, 1, bias=False), LayerNorm2d(256),
            nn.Conv2d(256, 256, 3, padding=1, bias=False), LayerNorm2d(256),
        )  # fmt: skip

    def forward(self, picture: Tensor) -> Tensor:
        x = self.patch_embed(picture)
        for layer in self.layers:
            x = layer(x)
        return self.neck(x)
