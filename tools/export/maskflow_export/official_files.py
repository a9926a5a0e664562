"""Sizes and SHA-256 of the official files, as published, and where: a value stands here when its host states it, or two
sources that do not copy each other. What is not published is None, and the page asks the host before a download."""

from __future__ import annotations

_HUB = "https://huggingface.co/facebook"
_SAM = "https://dl.fbaipublicfiles.com/segment_anything"
_SAM2 = "https://dl.fbaipublicfiles.com/segment_anything_2/092824"

_TINY = (156008466, "7402e0d864fa82708a20fbd15bc84245c2f26dff0eb43a4b5b93452deb34be69")
_SMALL = (184416285, "6d1aa6f30de5c92224f8172114de081d104bbd23dd9dc5c58996f0cad5dc4d38")
_BASE_PLUS = (323606802, "a2345aede8715ab1d5d31b4a509fb160c5a4af1970f199d9054ccfb746c004c5")
_EDGETAM = (56116523, "ed2d4850b8792c239689b043c47046ec239b6e808a3d9b6ae676c803fd8780df")

# Address: (bytes, SHA-256).
PUBLISHED: dict[str, tuple[int | None, str]] = {
    # Sums of SAM 2.1's .pt files: micro-sam (micro_sam/v2/util.py), and public projects that pin file and size, such as
    # those that state facebook/sam2.1-hiera-tiny at de431c4 and -base-plus at b732075. Both hosts have the same file.
    f"{_HUB}/sam2.1-hiera-tiny/resolve/main/sam2.1_hiera_tiny.pt": _TINY,
    f"{_HUB}/sam2.1-hiera-small/resolve/main/sam2.1_hiera_small.pt": _SMALL,
    f"{_HUB}/sam2.1-hiera-base-plus/resolve/main/sam2.1_hiera_base_plus.pt": _BASE_PLUS,
    f"{_SAM2}/sam2.1_hiera_tiny.pt": _TINY,
    f"{_SAM2}/sam2.1_hiera_small.pt": _SMALL,
    f"{_SAM2}/sam2.1_hiera_base_plus.pt": _BASE_PLUS,
    # Sums of their .safetensors: public projects that pin them by commit (de431c4, ee5bba1 and e07df6a, b732075). Sizes:
    # the same; with those of the .pt files they make the totals that other projects state of each repository.
    f"{_HUB}/sam2.1-hiera-tiny/resolve/main/model.safetensors": (
        155908064, "48c14467e5cf9e51870511feb72c89688e82dd74523142c0538b663e193ac2a7",
    ),
    f"{_HUB}/sam2.1-hiera-small/resolve/main/model.safetensors": (
        184305280, "0a4067b11ce1e23d5229203f11c718a823060d15a4b23fa2372a7d4b77cbbc60",
    ),
    f"{_HUB}/sam2.1-hiera-base-plus/resolve/main/model.safetensors": (
        323476296, "2012733a0de5d03efd1bba550a2847c4551be9ef2e0d497c83074df66189f780",
    ),
    # The page of edgetam.pt in huggingface.co/spaces/merve/EdgeTAM; pinned for facebook/EdgeTAM at 14d7ecc and 14b1b75,
    # and for facebookresearch/EdgeTAM at 7711e01 (BoxMOT, LibreYOLO).
    f"{_HUB}/EdgeTAM/resolve/main/edgetam.pt": _EDGETAM,
    "https://github.com/facebookresearch/EdgeTAM/raw/main/checkpoints/edgetam.pt": _EDGETAM,
    # Pages of the files on huggingface.co/facebook/sam-vit-*, which state the sum in full and the size in round
    # numbers (1.25 GB, 2.56 GB); that of base is pinned to the byte by projects that state 70c1a07.
    f"{_HUB}/sam-vit-base/resolve/main/model.safetensors": (
        374979480, "892c410e496344e527255ccdcb2cb7244a609acb5389c7c4fdba1288f861c579",
    ),
    f"{_HUB}/sam-vit-large/resolve/main/model.safetensors": (
        None, "a57e1b13cd1545938dfcbc9fb26df7f60de6650237a9383382a874a623564b81",
    ),
    f"{_HUB}/sam-vit-huge/resolve/main/model.safetensors": (
        None, "edfb0462392541fca9af44ff039bfb32dbd0c939997f3abb77a26e23af7afd7c",
    ),
    f"{_SAM}/sam_vit_b_01ec64.pth": (
        375042383, "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912",
    ),
    f"{_SAM}/sam_vit_l_0b3195.pth": (
        1249524607, "3adcc4315b642a4d2101128f611684e8734c41232a17c648ed1693702a49a622",
    ),
    f"{_SAM}/sam_vit_h_4b8939.pth": (
        2564550879, "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e",
    ),
    # huggingface.co/lniki/track-anything-annotate (checkpoints/XMem.pth), and projects that fetch the release and pin it.
    "https://github.com/hkchengrex/XMem/releases/download/v1.0/XMem.pth": (
        249026057, "27776291d2f0639b4e6b372a67651579b51180aa4d8f8f89bbff2dcc09ebf6f9",
    ),
}  # fmt: skip


def size_of(url: str) -> int | None:
    return PUBLISHED.get(url, (None, None))[0]


def sha256_of(url: str) -> str | None:
    return PUBLISHED.get(url, (None, None))[1]
