"""Where the official files of family sam2 are, as far as that is known: what is not known is null."""

from __future__ import annotations

from maskflow_export.official_files import sha256_of, size_of

_SAM2 = "https://dl.fbaipublicfiles.com/segment_anything_2/092824/"
_HUB = "https://huggingface.co/facebook/"


def _source(layout: str, kind: str, url: str) -> dict:
    return {
        "layout": layout, "kind": kind, "url": url, "fileName": url.rsplit("/", 1)[1], "sizeBytes": size_of(url),
        "sha256": sha256_of(url), "sha256Prefix": None, "licence": "Apache-2.0",
    }  # fmt: skip


def _sam2(size: str) -> list[dict]:
    hub = f"{_HUB}sam2.1-hiera-{size.replace('_', '-')}/resolve/main/"
    return [
        _source("safetensors", "download", hub + "model.safetensors"),
        _source("pytorch", "download", f"{hub}sam2.1_hiera_{size}.pt"),
        _source("pytorch", "link", f"{_SAM2}sam2.1_hiera_{size}.pt"),
    ]


SOURCES = {
    "sam2.1-tiny": _sam2("tiny"),
    "sam2.1-small": _sam2("small"),
    "sam2.1-base-plus": _sam2("base_plus"),
    "edgetam": [
        _source("pytorch", "download", f"{_HUB}EdgeTAM/resolve/main/edgetam.pt"),
        _source("pytorch", "link", "https://github.com/facebookresearch/EdgeTAM/raw/main/checkpoints/edgetam.pt"),
    ],
}

ORIGIN = {
    "edgetam": "https://github.com/facebookresearch/EdgeTAM, network as in transformers 5.18.0 (edgetam_video)",
    "sam2": "https://github.com/facebookresearch/sam2, network as in transformers 5.18.0 (sam2_video)",
}
LICENCE = "Apache-2.0"


def about(id: str, edge: bool) -> dict:
    """Licence and origin for the manifest."""
    return {"licence": LICENCE, "source": ORIGIN["edgetam" if edge else "sam2"]}
