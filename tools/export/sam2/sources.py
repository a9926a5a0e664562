"""Where the official files of family sam2 are, as far as that is known: what is not known is null."""

from __future__ import annotations

_SAM2 = "https://dl.fbaipublicfiles.com/segment_anything_2/092824/"
_HUB = "https://huggingface.co/facebook/"


def _sam2(size: str, hub: str) -> list[dict]:
    return [
        {"layout": "safetensors", "kind": "download", "url": f"{_HUB}sam2.1-hiera-{hub}/resolve/main/model.safetensors",
         "fileName": "model.safetensors", "sizeBytes": None, "sha256": None, "sha256Prefix": None, "licence": "Apache-2.0"},
        {"layout": "pytorch", "kind": "link", "url": f"{_SAM2}sam2.1_hiera_{size}.pt",
         "fileName": f"sam2.1_hiera_{size}.pt", "sizeBytes": None, "sha256": None, "sha256Prefix": None,
         "licence": "Apache-2.0"},
    ]  # fmt: skip


SOURCES = {
    "sam2.1-tiny": _sam2("tiny", "tiny"),
    "sam2.1-small": _sam2("small", "small"),
    "sam2.1-base-plus": _sam2("base_plus", "base-plus"),
    "edgetam": [
        {"layout": "pytorch", "kind": "link",
         "url": "https://github.com/facebookresearch/EdgeTAM/raw/main/checkpoints/edgetam.pt",
         "fileName": "edgetam.pt", "sizeBytes": None, "sha256": None, "sha256Prefix": None, "licence": "Apache-2.0"},
    ],
}  # fmt: skip

ORIGIN = {
    "edgetam": "https://github.com/facebookresearch/EdgeTAM, network as in transformers 5.18.0 (edgetam_video)",
    "sam2": "https://github.com/facebookresearch/sam2, network as in transformers 5.18.0 (sam2_video)",
}
LICENCE = "Apache-2.0"


def about(id: str, edge: bool) -> dict:
    """Licence and origin for the manifest."""
    return {"licence": LICENCE, "source": ORIGIN["edgetam" if edge else "sam2"]}
