"""Writes what transformers' SamModel draws on a real frame with a ViT's seeded weights, for a test on request.

    python sam_frame.py sam-vit-b     src/engine/sam/__fixtures__/sam-vit-b-frame.json

Pictures, prompts and masks are prepared and finished here as segment-anything does it (`ResizeLongestSide`,
`SamPredictor`, `select_masks` of its ONNX example), holes filled, and nothing is taken from the application's code.
"""

from __future__ import annotations

import base64
import json
import sys

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from sam import FIXTURE, NORMALISATION, reference, seed, unfilled
from sam_vit import CONFIGS
from torch import Tensor

FOLDER = FIXTURE.parent
SIDE = 1024
EMBEDDING_STEP = 997
"""Every how many values of the embedding are kept."""
MASK_STEP = 4
"""Every how many rows and columns of a mask at the picture's size are kept."""

PROMPTS = [
    {'name': 'a click', 'points': [[320, 130, 1]], 'box': None, 'mask': None},
    {'name': 'three clicks', 'points': [[320, 130, 1], [320, 20, 0], [100, 300, 1]], 'box': None, 'mask': None},
    {'name': 'a box', 'points': [], 'box': [60, 100, 420, 313], 'mask': None},
    # An ellipse by centre and radii: as a prompt it comes with its tight box.
    {'name': 'a mask', 'points': [], 'box': None, 'mask': [300, 180, 120, 70]},
]


def resized(size: tuple[int, int]) -> tuple[int, int]:
    scale = SIDE / max(size)
    return int(size[0] * scale + 0.5), int(size[1] * scale + 0.5)


def padded(values: np.ndarray) -> Tensor:
    """[h, w, c] -> [1, c, SIDE, SIDE]."""
    square = np.zeros((SIDE, SIDE, values.shape[2]), np.float32)
    square[: values.shape[0], : values.shape[1]] = values
    return torch.from_numpy(square.transpose(2, 0, 1)[None].copy())


def picture_input(picture: Image.Image) -> Tensor:
    values = np.asarray(picture.resize(resized(picture.size), Image.BILINEAR), np.float32)
    mean, std = (np.array(NORMALISATION[key], np.float32) for key in ('mean', 'std'))
    return padded((values - mean) / std)


def ellipse(size: tuple[int, int], given: list[int]) -> np.ndarray:
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    cx, cy, rx, ry = given
    return ((x - cx) * ry) ** 2 + ((y - cy) * rx) ** 2 <= (rx * ry) ** 2


def mask_input(mask: np.ndarray) -> Tensor:
    small = Image.fromarray(mask.astype(np.uint8)).resize(resized(mask.shape[::-1]), Image.BILINEAR)
    quarter = F.interpolate(padded(np.asarray(small, np.float32)[..., None]), size=(256, 256), mode='bilinear')
    return torch.where(quarter > 0, 18.0, -18.0)


def tight_box(mask: np.ndarray) -> list[int]:
    ys, xs = np.nonzero(mask)
    return [int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1]


def draw(model, embedding: Tensor, size: tuple[int, int], prompt: dict) -> tuple[Tensor, Tensor]:
    """All four masks [4, 256, 256] and their IoUs [4]."""
    scale = torch.tensor([width / source for width, source in zip(resized(size), size, strict=True)])
    given: dict = {}
    box, mask = prompt['box'], prompt['mask']
    if mask:
        drawn = ellipse(size, mask)
        box, given['input_masks'] = tight_box(drawn), mask_input(drawn)
    if prompt['points']:
        points = torch.tensor(prompt['points'], dtype=torch.float32)
        given['input_points'] = (points[:, :2] * scale)[None, None]
        given['input_labels'] = points[:, 2].long()[None, None]
    if box:
        given['input_boxes'] = (torch.tensor(box, dtype=torch.float32).reshape(2, 2) * scale).reshape(1, 1, 4)
    found = [model(image_embeddings=embedding, multimask_output=several, **given) for several in (False, True)]
    masks = torch.cat([each.pred_masks for each in found], 2)[0, 0]
    return masks, torch.cat([each.iou_scores for each in found], 2)[0, 0]


def choose(ious: Tensor, prompt: dict) -> int:
    """`select_masks` of segment-anything: a padding point counts, and so do both corners of a box."""
    count = len(prompt['points']) + (2 if prompt['box'] or prompt['mask'] else 1)
    scores = ious + (count - 2.5) * torch.tensor([1000.0, 0, 0, 0])
    return int(scores.argmax())


def at_size(low: Tensor, size: tuple[int, int]) -> np.ndarray:
    large = F.interpolate(low[None, None], size=(SIDE, SIDE), mode='bilinear', align_corners=False)
    width, height = resized(size)
    final = F.interpolate(large[..., :height, :width], size=size[::-1], mode='bilinear', align_corners=False)
    return final[0, 0].numpy() > 0


def without_holes(mask: np.ndarray) -> np.ndarray:
    """Background stays where a chain of neighbours (left, right, above, below) leads from it to the border."""
    outside = np.zeros_like(mask)
    outside[[0, -1]], outside[:, [0, -1]] = ~mask[[0, -1]], ~mask[:, [0, -1]]
    while True:
        grown = outside.copy()
        grown[1:] |= outside[:-1]
        grown[:-1] |= outside[1:]
        grown[:, 1:] |= outside[:, :-1]
        grown[:, :-1] |= outside[:, 1:]
        grown &= ~mask
        if (grown == outside).all():
            return ~outside
        outside = grown


def packed(mask: np.ndarray) -> str:
    return base64.b64encode(np.packbits(mask.ravel(), bitorder='little').tobytes()).decode()


def main(id: str) -> None:
    config = CONFIGS[id]
    model = reference(config, seed(unfilled(config)))
    picture = Image.open(FOLDER / 'dye.png').convert('RGB')
    cases = []
    with torch.no_grad():
        embedding = model.vision_encoder(picture_input(picture)).last_hidden_state
        for prompt in PROMPTS:
            masks, ious = draw(model, embedding, picture.size, prompt)
            chosen = choose(ious, prompt)
            mask = without_holes(at_size(masks[chosen], picture.size))
            print(prompt['name'], 'mask', chosen, 'IoUs', ious.tolist(), f'area {mask.mean():.3f}')
            cases.append({
                **prompt, 'predictedIou': round(float(ious[chosen]), 6),
                'maskEvery4th': packed(mask[::MASK_STEP, ::MASK_STEP]),
            })  # fmt: skip
    golden = {
        'about': "transformers' SamModel on seeded weights, on dye.png; see tools/export/README.md",
        'model': id, 'embeddingStep': EMBEDDING_STEP,
        'embedding': [float(f'{value:.6g}') for value in embedding.flatten()[::EMBEDDING_STEP]],
        'cases': cases,
    }  # fmt: skip
    (FOLDER / f'{id}-frame.json').write_text(json.dumps(golden) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main(sys.argv[1])
