"""XMem's inference as plainly as it can be written, and a small golden made by it: `python xmem_reference.py`.

One memory column at a time, in lists: slow, and easy to check against the description of the memory. The run has what
the published reference outputs lack: a label that joins later, a frame annotated ahead, and labels that are known on
different frames. Writes src/engine/xmem/__fixtures__/miniGolden.json.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from maskflow_export import clip
from xmem import MEAN, STD, seeded_network

OUT = Path(__file__).parents[2] / 'src' / 'engine' / 'xmem' / '__fixtures__' / 'miniGolden.json'
WIDTH, HEIGHT = 90, 58
DISC, BOX = 1, 2
FRAMES = 14
SAMPLE = 6
LIMIT = 6
CONFIG = {
    'topK': 10, 'memoryEvery': 2, 'maxWorkingFrames': 4, 'minWorkingFrames': 2, 'prototypes': 6,
    'maxLongTermElements': 16,
}  # fmt: skip
# What is true: label -> frames. The disc is given at first and again on frame 8, the box joins on frame 5.
TRUTH = {0: [DISC], 5: [BOX], 8: [DISC]}


@dataclass
class Column:
    key: np.ndarray
    shrinkage: float
    selection: np.ndarray | None
    values: dict[int, np.ndarray]
    use: float = 0.0
    life: float = 1e-7

    @property
    def usage(self) -> float:
        return self.use / self.life


def similarity(column: Column, key: np.ndarray, selection: np.ndarray) -> float:
    return float(-column.shrinkage / 8 * (selection * (column.key - key) ** 2).sum())


def softmax(values: list[float]) -> np.ndarray:
    powers = np.exp(np.array(values) - max(values))
    return powers / powers.sum()


class Memory:
    def __init__(self):
        self.permanent: list[list[Column]] = []
        self.working: list[list[Column]] = []
        self.long: list[Column] = []

    def columns(self) -> list[Column]:
        return [c for frame in self.permanent for c in frame] + self.long + [c for frame in self.working for c in frame]

    def read(self, keys: np.ndarray, selection: np.ndarray, objects: list[int]) -> np.ndarray:
        """[cells, 64] each -> [objects, 512, cells]; counts what was read."""
        everything = self.columns()
        owners: dict[tuple, list[int]] = {}
        for label in objects:
            owners.setdefault(tuple(label in column.values for column in everything), []).append(label)
        readout = np.zeros((len(objects), 512, len(keys)), np.float64)
        for valid, labels in owners.items():
            own = [column for column, is_valid in zip(everything, valid, strict=True) if is_valid]
            for cell in range(len(keys)):
                scores = [similarity(column, keys[cell], selection[cell]) for column in own]
                best = np.argsort(-np.array(scores), kind='stable')[: CONFIG['topK']]
                weights = softmax([scores[i] for i in best])
                for weight, i in zip(weights, best, strict=True):
                    own[i].use += weight / len(owners)
                    for label in labels:
                        readout[objects.index(label), :, cell] += weight * own[i].values[label]
        for column in everything:
            column.life += 1
        return readout.astype(np.float32)

    def add_working(self, frame: list[Column]) -> None:
        self.working.append(frame)
        if len(self.working) + 1 >= CONFIG['maxWorkingFrames']:
            self.consolidate(len(self.working) - (CONFIG['minWorkingFrames'] - 1))

    def consolidate(self, count: int) -> None:
        room = CONFIG['maxLongTermElements'] - CONFIG['prototypes']
        if len(self.long) > room:
            gone = sorted(column.usage for column in self.long)[: len(self.long) - room]
            self.long = [column for column in self.long if column.usage > gone[-1]]
        candidates = [column for frame in self.working[:count] for column in frame]
        self.working = self.working[count:]
        chosen = sorted(candidates, key=lambda column: -column.usage)[: CONFIG['prototypes']]
        made = []
        for prototype in chosen:
            shares = softmax([similarity(column, prototype.key, prototype.selection) for column in candidates])
            values = {}
            for label in prototype.values:
                owned = [(s, c.values[label]) for s, c in zip(shares, candidates, strict=True) if label in c.values]
                values[label] = sum(s * v for s, v in owned) / sum(s for s, _ in owned)
            shrinkage = float(sum(s * c.shrinkage for s, c in zip(shares, candidates, strict=True)))
            made.append(Column(prototype.key, shrinkage, None, values))
        self.long += made


def picture(t: int) -> torch.Tensor:
    small = clip.frame(t)[::2, ::2][:HEIGHT, :WIDTH].astype(np.float32) / 255
    return padded((small - np.float32(MEAN)) / np.float32(STD)).permute(2, 0, 1)[None]


def padded(plane: np.ndarray) -> torch.Tensor:
    height, width = plane.shape[:2]
    missing = (-height % 16, -width % 16)
    before = (missing[0] // 2, missing[1] // 2)
    around = [(before[i], missing[i] - before[i]) for i in (0, 1)] + [(0, 0)] * (plane.ndim - 2)
    return torch.from_numpy(np.pad(plane, around).astype(np.float32))


def mask(t: int, label: int) -> torch.Tensor:
    return padded((clip.labels(t)[::2, ::2][:HEIGHT, :WIDTH] == label).astype(np.float32))


def aggregate(chances: list[torch.Tensor]) -> torch.Tensor:
    """Log-odds of the background and of each label, which compete by a softmax."""
    stack = torch.stack(chances)
    everything = torch.cat([(1 - stack).prod(0, keepdim=True), stack]).clamp(1e-7, 1 - 1e-7)
    return torch.softmax(torch.log(everything / (1 - everything)), 0)


class Run:
    def __init__(self):
        self.network = seeded_network()
        self.memory = Memory()
        self.objects: list[int] = []
        self.hidden = torch.zeros(0, 64, 4, 6)
        self.last_memory = 0

    def remember(self, frame: int, planes: torch.Tensor, objects: list[int], hidden, features) -> tuple[list, torch.Tensor]:
        """The frame's columns without values, its values [objects][cells, 512], and the hidden state."""
        key, shrinkage, selection, f16 = features[:4]
        masks = planes[1 : len(objects) + 1]
        others = planes[1:].sum(0, keepdim=True) - masks
        value, hidden = self.network.value(picture(frame), f16, masks[:, None], others[:, None], hidden)
        rows = [tensor[0].flatten(1).T.numpy().astype(np.float64) for tensor in (key, shrinkage, selection)]
        columns = [Column(k, float(s[0]), e, {}) for k, s, e in zip(*rows, strict=True)]
        values = [entry.flatten(1).T.numpy().astype(np.float64) for entry in value]
        return columns, values, hidden

    def learn(self, frame: int) -> None:
        labels = TRUTH[frame]
        planes = aggregate([mask(frame, label) for label in labels])
        features = self.network.key(picture(frame))
        columns, values, _ = self.remember(frame, planes, labels, torch.zeros(len(labels), 64, 4, 6), features)
        self.memory.permanent.append(with_values(columns, labels, values))

    def step(self, t: int, is_last: bool) -> torch.Tensor:
        given = TRUTH.get(t, [])
        features = self.network.key(picture(t))
        key, _, selection, f16, f8, f4 = features
        is_memory = (bool(given) or t - self.last_memory >= CONFIG['memoryEvery']) and not is_last
        objects = self.objects + [label for label in given if label not in self.objects]
        planes = None
        if self.objects and len(given) < len(objects):
            cells = [tensor[0].flatten(1).T.numpy().astype(np.float64) for tensor in (key, selection)]
            readout = self.memory.read(*cells, self.objects).reshape(-1, 512, 4, 6)
            logits, hidden = self.network.decode(f16, f8, f4, torch.from_numpy(readout), self.hidden)
            planes = aggregate(list(torch.sigmoid(logits[:, 0])))
            if not is_memory and not is_last:
                self.hidden = hidden
        if given:
            true = {label: mask(t, label) for label in given}
            taken = torch.stack(list(true.values())).amax(0) > 0
            chances = []
            for index, label in enumerate(objects):
                chances.append(true[label] if label in true else planes[index + 1].masked_fill(taken, 0))
            planes = aggregate(chances)
        self.hidden = torch.cat([self.hidden, torch.zeros(len(objects) - len(self.hidden), 64, 4, 6)])
        self.objects = objects
        if is_memory:
            columns, values, self.hidden = self.remember(t, planes, objects, self.hidden, features)
            kept = {label: value for label, value in zip(objects, values, strict=True) if t == 0 or label not in given}
            if kept:
                frame = with_values(columns, list(kept), list(kept.values()))
                if t == 0:
                    self.memory.permanent.append(frame)
                else:
                    self.memory.add_working(frame)
            self.last_memory = t
        return planes


def with_values(columns: list[Column], labels: list[int], values: list[np.ndarray]) -> list[Column]:
    for cell, column in enumerate(columns):
        column.values = {label: value[cell] for label, value in zip(labels, values, strict=True)}
    return columns


def described(t: int, planes: torch.Tensor, objects: list[int]) -> dict:
    """Of each label that is drawn: its margin over the best other class, sampled, and its expected IoU."""
    top, left = (-HEIGHT % 16) // 2, (-WIDTH % 16) // 2
    cut = planes[:, top : top + HEIGHT, left : left + WIDTH].double()
    logits = torch.log(cut[1:] / cut[:1])
    given = TRUTH.get(t, [])
    taken = torch.stack([cut[0] * 0 - math.inf] + [(unpadded(mask(t, g)) > 0) * 1e9 - 1e8 for g in given]).amax(0)
    drawn = {}
    for index, label in enumerate(objects):
        if label in given:
            continue
        others = [logits[i] for i in range(len(objects)) if i != index]
        rival = torch.stack([torch.zeros_like(logits[0]), taken, *others]).amax(0)
        margin = (logits[index] - rival).clamp(-LIMIT, LIMIT)
        best = cut[index + 1] > torch.cat([cut[: index + 1], cut[index + 2 :]]).amax(0)
        own = cut[index + 1]
        both, union = own[best].sum(), best.sum() + own[~best].sum()
        confidence = float(both / union) if best.any() else 1 - float(own.max())
        sampled = margin[::SAMPLE, ::SAMPLE].flatten().tolist()
        drawn[str(label)] = {'confidence': round(confidence, 5), 'margins': [round(v, 3) for v in sampled]}
    return drawn


def unpadded(plane: torch.Tensor) -> torch.Tensor:
    top, left = (-HEIGHT % 16) // 2, (-WIDTH % 16) // 2
    return plane[top : top + HEIGHT, left : left + WIDTH]


def main() -> None:
    torch.set_num_threads(1)
    run = Run()
    frames = []
    with torch.no_grad():
        for frame in (5, 8):
            run.learn(frame)
        for t in range(FRAMES):
            planes = run.step(t, t == FRAMES - 1)
            drawn = described(t, planes, run.objects)
            sizes = [sum(map(len, run.memory.permanent)) + sum(map(len, run.memory.working)), len(run.memory.long)]
            print(t, {label: entry['confidence'] for label, entry in drawn.items()}, sizes)
            frames.append(drawn)
    golden = {
        'width': WIDTH, 'height': HEIGHT, 'sample': SAMPLE, 'config': CONFIG,
        'truth': {str(frame): labels for frame, labels in TRUTH.items()}, 'frames': frames,
    }  # fmt: skip
    OUT.write_text(json.dumps(golden, separators=(',', ':')) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
