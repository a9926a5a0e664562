"""Lets torchvision be imported beside a CPU build of torch that cannot load its compiled operators: none is used here."""

import torch

_LIBRARY = torch.library.Library("torchvision", "FRAGMENT")


def declare() -> None:
    """Declares, where they are missing, the operators that importing torchvision looks for."""
    for name in ("nms", "qnms"):
        if not hasattr(torch.ops.torchvision, name):
            _LIBRARY.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")


declare()
