"""XMem's three networks in PyTorch, under the names of the official checkpoint; for parity checks and goldens.

Written from the paper (Cheng and Schwing, ECCV 2022) and from a description of the published inference code's
behaviour. Shapes: n objects, height and width multiples of 16, h = height / 16, w = width / 16.
"""

import torch
import torch.nn.functional as F
from torch import nn

KEY_DIM = 64
VALUE_DIM = 512
HIDDEN_DIM = 64


class Bottleneck(nn.Module):
    """A residual block of ResNet-50; the stride is in the 3x3 convolution (v1.5)."""

    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        outputs = 4 * width
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut(inputs, outputs, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


class BasicBlock(nn.Module):
    """A residual block of ResNet-18."""

    def __init__(self, inputs: int, outputs: int, stride: int):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = shortcut(inputs, outputs, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.downsample(x))


def shortcut(inputs: int, outputs: int, stride: int) -> nn.Module:
    if inputs == outputs and stride == 1:
        return nn.Identity()
    return nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))


def stage(block, inputs: int, width: int, outputs: int, count: int, stride: int) -> nn.Sequential:
    first = block(inputs, width, stride)
    return nn.Sequential(first, *(block(outputs, width, 1) for _ in range(count - 1)))


class GroupResBlock(nn.Module):
    """Two 3x3 convolutions, each after a ReLU, and a shortcut (a 3x3 convolution where the width changes)."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.downsample = None if inputs == outputs else nn.Conv2d(inputs, outputs, 3, padding=1)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)

    def forward(self, x):
        y = self.conv2(F.relu(self.conv1(F.relu(x))))
        return y + (x if self.downsample is None else self.downsample(x))


class ChannelGate(nn.Module):
    def __init__(self, channels: int):
        super().__init__()
        self.mlp = nn.Sequential(
            nn.Flatten(), nn.Linear(channels, channels // 16), nn.ReLU(), nn.Linear(channels // 16, channels)
        )

    def forward(self, x):
        gate = torch.sigmoid(self.mlp(x.mean((2, 3))) + self.mlp(x.amax((2, 3))))
        return x * gate[:, :, None, None]


class SpatialGate(nn.Module):
    def __init__(self):
        super().__init__()
        self.spatial = nn.Module()
        self.spatial.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        pooled = torch.cat([x.amax(1, keepdim=True), x.mean(1, keepdim=True)], 1)
        return x * torch.sigmoid(self.spatial.conv(pooled))


class Cbam(nn.Module):
    """Convolutional block attention (Woo et al., ECCV 2018)."""

    def __init__(self, channels: int):
        super().__init__()
        self.ChannelGate = ChannelGate(channels)
        self.SpatialGate = SpatialGate()

    def forward(self, x):
        return self.SpatialGate(self.ChannelGate(x))


class Fusion(nn.Module):
    """The image's features [1, 1024, h, w] with each object's own [n, ., h, w]."""

    def __init__(self, own: int):
        super().__init__()
        self.block1 = GroupResBlock(1024 + own, 512)
        self.attention = Cbam(512)
        self.block2 = GroupResBlock(512, 512)

    def forward(self, image, own):
        both = torch.cat([image.expand(own.shape[0], -1, -1, -1), own], 1)
        mixed = self.block1(both)
        return self.block2(mixed + self.attention(mixed))


def gated_update(values, hidden):
    forget, update, new = values.split(HIDDEN_DIM, 1)
    update = torch.sigmoid(update)
    return torch.sigmoid(forget) * hidden * (1 - update) + update * torch.tanh(new)


class HiddenReinforcer(nn.Module):
    def __init__(self):
        super().__init__()
        self.transform = nn.Conv2d(VALUE_DIM + HIDDEN_DIM, 3 * HIDDEN_DIM, 3, padding=1)

    def forward(self, value, hidden):
        return gated_update(self.transform(torch.cat([value, hidden], 1)), hidden)


class HiddenUpdater(nn.Module):
    def __init__(self):
        super().__init__()
        self.g16_conv = nn.Conv2d(512, 256, 1)
        self.g8_conv = nn.Conv2d(256, 256, 1)
        self.g4_conv = nn.Conv2d(257, 256, 1)
        self.transform = nn.Conv2d(256 + HIDDEN_DIM, 3 * HIDDEN_DIM, 3, padding=1)

    def forward(self, g16, g8, g4, hidden):
        g = self.g16_conv(g16) + self.g8_conv(F.avg_pool2d(g8, 2)) + self.g4_conv(F.avg_pool2d(g4, 4))
        return gated_update(self.transform(torch.cat([g, hidden], 1)), hidden)


class KeyEncoder(nn.Module):
    """ResNet-50 up to 1/16."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.res2 = stage(Bottleneck, 64, 64, 256, 3, 1)
        self.layer2 = stage(Bottleneck, 256, 128, 512, 4, 2)
        self.layer3 = stage(Bottleneck, 512, 256, 1024, 6, 2)

    def forward(self, image):
        f4 = self.res2(F.max_pool2d(F.relu(self.bn1(self.conv1(image))), 3, 2, 1))
        f8 = self.layer2(f4)
        return self.layer3(f8), f8, f4


class KeyProjection(nn.Module):
    def __init__(self):
        super().__init__()
        self.key_proj = nn.Conv2d(1024, KEY_DIM, 3, padding=1)
        self.d_proj = nn.Conv2d(1024, 1, 3, padding=1)
        self.e_proj = nn.Conv2d(1024, KEY_DIM, 3, padding=1)

    def forward(self, f16):
        return self.key_proj(f16), self.d_proj(f16) ** 2 + 1, torch.sigmoid(self.e_proj(f16))


class ValueEncoder(nn.Module):
    """ResNet-18 on the image with an object's mask and the other objects' masks, fused with the image's features."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(5, 64, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(64)
        self.layer1 = stage(BasicBlock, 64, 64, 64, 2, 1)
        self.layer2 = stage(BasicBlock, 64, 128, 128, 2, 2)
        self.layer3 = stage(BasicBlock, 128, 256, 256, 2, 2)
        self.fuser = Fusion(256)
        self.hidden_reinforce = HiddenReinforcer()

    def forward(self, image, f16, mask, others, hidden):
        g = torch.cat([image.expand(mask.shape[0], -1, -1, -1), mask, others], 1)
        g = F.relu(F.max_pool2d(self.bn1(self.conv1(g)), 3, 2, 1))
        value = self.fuser(f16, self.layer3(self.layer2(self.layer1(g))))
        return value, self.hidden_reinforce(value, hidden)


class Upsampler(nn.Module):
    def __init__(self, skip: int, inputs: int, outputs: int):
        super().__init__()
        self.skip_conv = nn.Conv2d(skip, inputs, 3, padding=1)
        self.out_conv = GroupResBlock(inputs, outputs)

    def forward(self, skip, x):
        return self.out_conv(self.skip_conv(skip) + enlarge(x, 2))


def enlarge(x, scale: int):
    return F.interpolate(x, scale_factor=scale, mode='bilinear', align_corners=False)


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.fuser = Fusion(VALUE_DIM + HIDDEN_DIM)
        self.hidden_update = HiddenUpdater()
        self.up_16_8 = Upsampler(512, 512, 256)
        self.up_8_4 = Upsampler(256, 256, 256)
        self.pred = nn.Conv2d(256, 1, 3, padding=1)

    def forward(self, f16, f8, f4, readout, hidden):
        g16 = self.fuser(f16, torch.cat([readout, hidden], 1))
        g8 = self.up_16_8(f8, g16)
        g4 = self.up_8_4(f4, g8)
        logit = self.pred(F.relu(g4))
        new_hidden = self.hidden_update(g16, g8, torch.cat([g4, logit], 1), hidden)
        return enlarge(logit, 4), new_hidden


class XMem(nn.Module):
    def __init__(self):
        super().__init__()
        self.key_encoder = KeyEncoder()
        self.value_encoder = ValueEncoder()
        self.key_proj = KeyProjection()
        self.decoder = Decoder()

    def key(self, image):
        """[1, 3, H, W] -> key, shrinkage, selection, f16, f8, f4."""
        f16, f8, f4 = self.key_encoder(image)
        return *self.key_proj(f16), f16, f8, f4

    def value(self, image, f16, mask, others, hidden):
        """Masks [n, 1, H, W] -> value [n, 512, h, w], hidden [n, 64, h, w]."""
        return self.value_encoder(image, f16, mask, others, hidden)

    def decode(self, f16, f8, f4, readout, hidden):
        """Readout [n, 512, h, w] -> logits [n, 1, H, W], hidden [n, 64, h, w]."""
        return self.decoder(f16, f8, f4, readout, hidden)
