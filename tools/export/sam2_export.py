"""Writes the graphs and manifests of EdgeTAM and SAM 2.1: `python sam2_export.py [id ...]`, all without arguments."""

from __future__ import annotations

import sys
from pathlib import Path

from sam2 import graphs, models, modules, sources

ROOT = Path(__file__).resolve().parents[2]


def folder_of(id: str) -> Path:
    """Where a network's graphs lie: the shelf, or the fixtures for the small configurations."""
    if id.endswith("-mini"):
        return ROOT / "src/engine/sam2/__fixtures__" / id
    return ROOT / "public/models" / id


def main(ids: list[str]) -> None:
    modules.use_chunked_attention()
    for id in ids or list(models.KINDS):
        model = models.build(id)
        made = {key: graphs.export(id, key, model) for key in graphs.OUTPUTS}
        about = sources.about(id, models.KINDS[id].edge)
        manifest = graphs.write(id, folder_of(id), model, made, sources.SOURCES.get(id, []), about)
        for variant, parts in manifest["variants"].items():
            sizes = {key: graph["sizeBytes"] for key, graph in parts["graphs"].items()}
            print(id, variant, sizes, [file["sizeBytes"] for file in parts["weightFiles"]], flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
