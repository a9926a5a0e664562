"""Runs the script of the parity clip with the video model of transformers: the reference for graphs and engine."""

from __future__ import annotations

import functools

import numpy as np
import torch
from maskflow_export import clip
from transformers import EdgeTamVideoInferenceSession, Sam2VideoInferenceSession

from . import models, script


class Reference:
    """One inference session an object: transformers treats objects of one session together where masks are encoded."""

    def __init__(self, id: str, model, frames: int):
        self.model, self.frames, self.size = model, frames, model.image_size
        self.kind = EdgeTamVideoInferenceSession if models.KINDS[id].edge else Sam2VideoInferenceSession
        self.video = torch.cat([torch.from_numpy(script.picture(t, self.size)) for t in range(frames)])
        self.sessions: dict[int, object] = {}

    def session(self, label: int):
        if label not in self.sessions:
            made = self.kind(
                video=self.video, video_height=clip.HEIGHT, video_width=clip.WIDTH, dtype=torch.float32,
                max_vision_features_cache_size=2,
            )  # fmt: skip
            made.obj_id_to_idx(label)
            self.sessions[label] = made
        return self.sessions[label]

    def forget(self, label: int, start: int) -> None:
        session = self.session(label)
        kept = session.output_dict_per_obj[0]["non_cond_frame_outputs"]
        for t in [t for t in kept if t >= start]:
            del kept[t]
        session.frames_tracked_per_obj[0] = {}

    def prompt(self, step: dict) -> dict:
        session, t = self.session(step["object"]), step["frame"]
        self.forget(step["object"], t)
        if step["kind"] == "mask":
            mask = torch.from_numpy(script.mask_of(t, step["label"], self.size))
            session.add_mask_inputs(0, t, mask)
            session.obj_with_new_inputs = [step["object"]]
        else:
            self.point_at(session, step)
        self.model(session, frame_idx=t)
        return self.result(session, t, True)

    def correct(self, step: dict) -> dict:
        """A prompt by points on a frame that was tracked: its memory and the logits drawn there take part.

        transformers can do it (`prev_sam_mask_logits`) but never does; the published predictor always does. As there
        with `add_all_frames_to_correct_as_cond`, the frame is conditioning from then on.
        """
        session, t = self.session(step["object"]), step["frame"]
        earlier = session.get_output(0, t, "pred_masks", is_conditioning_frame=False)
        size = self.model.prompt_encoder.mask_input_size
        earlier = earlier.float().reshape(1, 1, *size).clamp(-script.SUREST_LOGIT, script.SUREST_LOGIT)
        self.forget(step["object"], t)
        session.frames_tracked_per_obj[0][t] = {"reverse": False}
        self.point_at(session, step)
        plain = self.model._run_single_frame_inference
        self.model._run_single_frame_inference = functools.partial(plain, prev_sam_mask_logits=earlier)
        try:
            self.model(session, frame_idx=t)
        finally:
            self.model._run_single_frame_inference = plain
        outputs = session.output_dict_per_obj[0]
        outputs["cond_frame_outputs"][t] = outputs["non_cond_frame_outputs"].pop(t)
        return self.result(session, t, True)

    def point_at(self, session, step: dict) -> None:
        points, labels = script.scaled(step, self.size)
        given = {"point_coords": torch.from_numpy(points)[None], "point_labels": torch.from_numpy(labels).int()[None]}
        session.add_point_inputs(0, step["frame"], given)
        session.obj_with_new_inputs = [step["object"]]

    def track(self, step: dict):
        session = self.session(step["object"])
        backward = step["to"] < step["from"]
        order = range(step["from"], step["to"] - 1, -1) if backward else range(step["from"], step["to"] + 1)
        for t in order:
            prompted = t in session.output_dict_per_obj[0]["cond_frame_outputs"]
            self.model(session, frame_idx=t, reverse=backward)
            yield t, self.result(session, t, prompted)

    def result(self, session, t: int, prompted: bool) -> dict:
        def get(name):
            return session.get_output(0, t, name, is_conditioning_frame=prompted).float().numpy()

        return {
            "mask": get("pred_masks").reshape(self.size // 4, self.size // 4),
            "score": float(get("object_score_logits").reshape(-1)[0]),
            "pointer": get("object_pointer").reshape(-1),
        }


def run(id: str, model, steps: list[dict], frames: int = script.FRAMES):
    """Yields (step index, object, frame, result) for every frame that the script computes."""
    reference = Reference(id, model, frames)
    with torch.inference_mode():
        for index, step in enumerate(steps):
            if step["do"] in ("prompt", "correct"):
                draw = reference.prompt if step["do"] == "prompt" else reference.correct
                yield index, step["object"], step["frame"], draw(step)
            elif step["do"] == "forget":
                reference.forget(step["object"], 0)
            else:
                for t, result in reference.track(step):
                    yield index, step["object"], t, result


def area_share(result: dict) -> float:
    """The share of the picture that a result's mask covers."""
    return float(np.mean(result["mask"] > 0))
