"""The memory-bank loop over the graphs alone (numpy and onnxruntime): the proof of the exports and the engine's template."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from maskflow_export import weightless

from . import script


@dataclass
class Entry:
    """What one frame leaves in an object's bank; `logits` only prompt a correction there."""

    memory: np.ndarray
    pointer: np.ndarray
    logits: np.ndarray


@dataclass
class Bank:
    """One object's memory: frames with prompts are kept, the others only matter while they are near."""

    prompted: dict[int, Entry] = field(default_factory=dict)
    tracked: dict[int, Entry] = field(default_factory=dict)


def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    """Rounds float32 to the nearest bfloat16, ties to even, as transformers stores SAM 2.1's memories."""
    bits = values.astype(np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) & np.uint32(0xFFFF0000)).view(np.float32)


class Graphs:
    """The five sessions of a hydrated network."""

    def __init__(self, folder, variant: str, threads: int = 1):
        self.folder, self.variant, self.threads = folder, variant, threads
        self.sessions: dict[str, object] = {}

    def run(self, key: str, outputs: list[str] | None, **feeds) -> list[np.ndarray]:
        if key not in self.sessions:
            self.sessions[key] = weightless.session(self.folder, key, self.variant, self.threads)
        session = self.sessions[key]
        known = {i.name for i in session.get_inputs()}
        given = {n: np.ascontiguousarray(v, np.float32) for n, v in feeds.items() if n in known}
        return session.run(outputs, given)


def choose_maps(bank: Bank, t: int, config: dict, backward: bool) -> list[tuple[int, Entry]]:
    """(temporal row, entry) of the memories that frame `t` looks at."""
    recent = []
    limit = config["maps"]
    prompted = closest(list(bank.prompted), t, limit)
    for distance in range(config["recentMaps"], 0, -1):
        at = t + distance if backward else t - distance
        entry = bank.tracked.get(at)
        if entry is None and at in bank.prompted and at not in prompted:
            entry = bank.prompted[at]
        if entry is not None:
            recent.append((distance - 1, entry))
    prompted = closest(list(bank.prompted), t, limit - len(recent))
    return [(config["temporalRows"] - 1, bank.prompted[f]) for f in prompted] + recent


def closest(frames: list[int], t: int, limit: int) -> list[int]:
    """At most `limit` frames: the closest before, the closest after, then by distance."""
    if len(frames) <= limit:
        return frames
    before = max((f for f in frames if f < t), default=None)
    after = min((f for f in frames if f >= t), default=None)
    chosen = [f for f in (before, after) if f is not None]
    rest = sorted((f for f in frames if f not in chosen), key=lambda f: abs(f - t))
    return (chosen + rest)[:limit]


def choose_pointers(bank: Bank, t: int, frames: int, config: dict, backward: bool) -> list[tuple[float, np.ndarray]]:
    """(time, pointer) of the object pointers that frame `t` looks at; time is 0..1 of the reach."""
    reach = min(frames, config["pointerReach"])
    sign = -1 if backward else 1
    found = [((t - f) * sign, e.pointer) for f, e in bank.prompted.items() if (f >= t if backward else f <= t)]
    for distance in range(1, reach):
        entry = bank.tracked.get(t + distance if backward else t - distance)
        if entry is not None:
            found.append((distance, entry.pointer))
    return [(distance / max(1, reach - 1), pointer) for distance, pointer in found[: config["pointers"]]]


class Loop:
    """Prompts and tracks objects on one clip."""

    def __init__(self, graphs: Graphs, config: dict, frames: int):
        self.graphs, self.config, self.frames = graphs, config, frames
        self.banks: dict[int, Bank] = {}
        self.seen: tuple[int, list[np.ndarray]] | None = None

    def vision(self, t: int) -> list[np.ndarray]:
        if self.seen is None or self.seen[0] != t:
            picture = script.picture(t, self.config["imageSize"])
            self.seen = (t, self.graphs.run("vision_encoder", ["features", "high0", "high1"], image=picture))
        return self.seen[1]

    def bank(self, label: int) -> Bank:
        return self.banks.setdefault(label, Bank())

    def conditioned(self, bank: Bank, t: int, features: np.ndarray, backward: bool) -> np.ndarray:
        c = self.config
        chosen = choose_maps(bank, t, c, backward)
        maps = np.stack([entry.memory[0] for _, entry in chosen])[None]
        rows = np.zeros((len(chosen), c["temporalRows"]), np.float32)
        rows[np.arange(len(chosen)), [row for row, _ in chosen]] = 1
        pointers = np.zeros((1, c["pointers"], c["hiddenSize"]), np.float32)
        times = np.zeros((1, c["pointers"]), np.float32)
        pointer_bias = np.full((1, c["pointers"]), c["maskedBias"], np.float32)
        for slot, (time, pointer) in enumerate(choose_pointers(bank, t, self.frames, c, backward)):
            pointers[0, slot], times[0, slot], pointer_bias[0, slot] = pointer[0], time, 0
        return self.graphs.run(
            "memory_attention", None, features=features, maps=maps, map_rows=rows, pointers=pointers,
            pointer_times=times, pointer_bias=pointer_bias,
        )[0]  # fmt: skip

    def decode(self, features, high, points, labels, without_memory=0.0, mask_input=None, multimask=None) -> dict:
        large = self.config["maskSize"]
        if multimask is None:
            multimask = 1.0 if labels.shape[1] <= 1 else 0.0
        given = np.zeros((1, 1, large, large)) if mask_input is None else mask_input
        names = ["mask", "iou", "object_score", "pointer"]
        values = self.graphs.run(
            "mask_decoder", names, features=features, high0=high[0], high1=high[1], points=points, labels=labels,
            without_memory=np.array([without_memory]), mask_input=given,
            has_mask=np.array([0.0 if mask_input is None else 1.0]), multimask=np.array([multimask]),
        )  # fmt: skip
        return dict(zip(names, values, strict=True))

    def remember(self, features, mask, score, prompted: bool) -> np.ndarray:
        memory = self.graphs.run(
            "memory_encoder", None, features=features, mask=mask, object_score=score,
            binarise=np.array([1.0 if prompted else 0.0]),
        )[0]  # fmt: skip
        return round_to_bfloat16(memory) if self.config["memoryRounding"] == "bfloat16" else memory

    def prompt(self, step: dict) -> dict:
        """An initial prompt or a correction: drops what was tracked from this frame on, then makes it conditioning."""
        bank, t = self.bank(step["object"]), step["frame"]
        bank.tracked = {f: e for f, e in bank.tracked.items() if f < t}
        features, *high = self.vision(t)
        if step["kind"] == "mask":
            found, mask = self.by_mask(step, features, high)
        else:
            points, labels = script.scaled(step, self.config["imageSize"])
            found = self.decode(features, high, points, labels, without_memory=1.0)
            mask = found["mask"]
        memory = self.remember(features, mask, found["object_score"], True)
        bank.prompted[t] = Entry(memory, found["pointer"], found["mask"])
        return self.result(found)

    def correct(self, step: dict) -> dict:
        """A prompt by points on a frame that was tracked: the memory and the logits drawn there take part."""
        bank, t = self.bank(step["object"]), step["frame"]
        earlier = np.clip(bank.tracked[t].logits, -script.SUREST_LOGIT, script.SUREST_LOGIT)
        bank.tracked = {f: e for f, e in bank.tracked.items() if f < t}
        features, *high = self.vision(t)
        conditioned = self.conditioned(bank, t, features, False)
        points, labels = script.scaled(step, self.config["imageSize"])
        found = self.decode(conditioned, high, points, labels, mask_input=earlier)
        memory = self.remember(features, found["mask"], found["object_score"], True)
        bank.prompted[t] = Entry(memory, found["pointer"], found["mask"])
        return self.result(found)

    def by_mask(self, step: dict, features, high) -> tuple[dict, np.ndarray]:
        mask = script.mask_of(step["frame"], step["label"], self.config["imageSize"])
        mask_input, absent = self.graphs.run("mask_prompt", None, mask=mask)
        nothing = (np.zeros((1, 1, 2)), -np.ones((1, 1)))
        found = self.decode(features, high, *nothing, mask_input=mask_input)
        any_pixel = bool(mask.any())
        logits = mask * 20 - 10
        shown = logits.reshape(self.config["maskSize"], 4, self.config["maskSize"], 4).mean((1, 3))
        return {
            "mask": shown[None, None],
            "object_score": np.array([[10.0 if any_pixel else -10.0]]),
            "pointer": found["pointer"] if any_pixel else absent,
            "iou": np.ones((1, 1)),
        }, logits

    def track(self, step: dict):
        bank = self.bank(step["object"])
        backward = step["to"] < step["from"]
        order = range(step["from"], step["to"] - 1, -1) if backward else range(step["from"], step["to"] + 1)
        for t in order:
            features, *high = self.vision(t)
            conditioned = self.conditioned(bank, t, features, backward)
            found = self.decode(conditioned, high, np.zeros((1, 1, 2)), -np.ones((1, 1)))
            memory = self.remember(features, found["mask"], found["object_score"], False)
            bank.tracked[t] = Entry(memory, found["pointer"], found["mask"])
            yield t, self.result(found)

    def result(self, found: dict) -> dict:
        return {
            "mask": found["mask"][0, 0],
            "score": float(found["object_score"].reshape(-1)[0]),
            "pointer": found["pointer"].reshape(-1),
        }


def run(folder, variant: str, config: dict, steps: list[dict], frames: int = script.FRAMES, threads: int = 1):
    """Yields (step index, object, frame, result) like `reference.run`."""
    loop = Loop(Graphs(folder, variant, threads), config, frames)
    for index, step in enumerate(steps):
        if step["do"] in ("prompt", "correct"):
            draw = loop.prompt if step["do"] == "prompt" else loop.correct
            yield index, step["object"], step["frame"], draw(step)
        elif step["do"] == "forget":
            loop.bank(step["object"]).tracked = {}
        else:
            for t, result in loop.track(step):
                yield index, step["object"], t, result
