"""Writes public/models/xmem: `python xmem.py` in this folder, with nothing but the packages of requirements.txt.

    python xmem.py                 writes the graphs and their manifest, and checks them on seeded weights
    python xmem.py --parity DIR    checks the PyTorch network against the reference outputs in DIR (golden.safetensors)
    python xmem.py --save FILE     saves the seeded network as a checkpoint in PyTorch's format
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from maskflow_export import weightless
from maskflow_export.from_torch import foreign_operators
from maskflow_export.official_files import sha256_of, size_of
from maskflow_export.seeded import normals, seed_state_dict, uniforms
from xmem_graphs import xmem_graphs
from xmem_network import XMem

OUT = Path(__file__).parents[2] / 'public' / 'models' / 'xmem'
MEAN = [0.485, 0.456, 0.406]
STD = [0.229, 0.224, 0.225]

# Names of BatchNorm's parameters end like those of a convolution: where in the network they are tells them apart.
RULES = [
    ('*num_batches_tracked', 'zero', 1.0),
    ('*running_mean', 'bn_mean', 1.0),
    ('*running_var', 'bn_var', 1.0),
    ('*bn?.weight', 'bn_weight', 1.0),
    ('*layer?.?.downsample.1.weight', 'bn_weight', 1.0),
    ('*res2.?.downsample.1.weight', 'bn_weight', 1.0),
    ('key_proj.*.weight', 'weight', 0.1),
    ('decoder.pred.weight', 'weight', 0.1),
    ('*.weight', 'weight', 1.0),
    ('*.bias', 'bias', 1.0),
]

CONFIG = {
    'keyDim': 64,
    'valueDim': 512,
    'hiddenDim': 64,
    'mean': MEAN,
    'std': STD,
    'topK': 30,
    'memoryEvery': 5,
    'maxWorkingFrames': 10,
    'minWorkingFrames': 5,
    'prototypes': 128,
    'maxLongTermElements': 10000,
}

LAYOUTS = [
    # Checkpoints of a training run keep the network under `network`.
    {'id': 'pytorch', 'container': 'pytorch', 'roots': ['', 'network'], 'ignored': ['*.num_batches_tracked']}
]

URL = 'https://github.com/hkchengrex/XMem/releases/download/v1.0/XMem.pth'
SOURCES = [
    {
        'layout': 'pytorch',
        'kind': 'link',
        'url': URL,
        'fileName': 'XMem.pth',
        'sizeBytes': size_of(URL),
        'sha256': sha256_of(URL),
        'sha256Prefix': None,
        'licence': 'MIT',
    }
]


def seeded_network() -> XMem:
    network = XMem().eval()
    seed_state_dict(network, RULES)
    return network


def state_of(network: XMem) -> dict[str, np.ndarray]:
    return {name: tensor.numpy() for name, tensor in network.state_dict().items() if tensor.ndim > 0}


def write(network: XMem) -> None:
    graphs, origins = xmem_graphs(state_of(network))
    for name, graph in graphs.items():
        assert foreign_operators(graph) == [], (name, foreign_operators(graph))
    used = {origin['name'] for origin in origins.values()}
    assert used == set(state_of(network)), used ^ set(state_of(network))
    # The square of the distance may exceed what half precision holds; similarities need all their digits.
    precise = {node.name for node in graphs['key'].graph.node if node.output[0] == 'shrinkage'}
    precise |= {node.name for node in graphs['read'].graph.node}
    precise |= {node.name for node in graphs['key'].graph.node if len(set(node.input)) == 1 and node.op_type == 'Mul'}
    weightless.write_model(
        OUT, 'xmem', 'XMem', 'xmem', graphs, {name: {'pytorch': origin} for name, origin in origins.items()},
        LAYOUTS, SOURCES, CONFIG, 'MIT', 'https://github.com/hkchengrex/XMem at f3b841d',
        half_options={'keep_nodes': precise},
    )  # fmt: skip


def check(network: XMem) -> None:
    """The written graphs, hydrated from the checkpoint, against the network."""
    generator = torch.Generator().manual_seed(6)
    for height, width, objects in ((112, 160, 2), (96, 64, 3)):
        cells = (height // 16, width // 16)
        image = torch.randn(1, 3, height, width, generator=generator)
        mask, others = torch.rand(2, objects, 1, height, width, generator=generator)
        readout = torch.randn(objects, 512, *cells, generator=generator)
        hidden = torch.randn(objects, 64, *cells, generator=generator)
        with torch.no_grad():
            key = network.key(image)
            f16, f8, f4 = key[3:]
            runs = {
                'key': ({'image': image}, key),
                'value': (
                    {'image': image, 'f16': f16, 'mask': mask, 'others': others, 'hidden': hidden},
                    network.value(image, f16, mask, others, hidden),
                ),
                'decode': (
                    {'f16': f16, 'f8': f8, 'f4': f4, 'readout': readout, 'hidden': hidden},
                    network.decode(f16, f8, f4, readout, hidden),
                ),
            }
        for variant, tolerance in (('fp32', 1e-4), ('fp16', 2e-2)):
            with tempfile.TemporaryDirectory() as folder:
                state = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
                weightless.hydrate(OUT, folder, variant, 'pytorch', state)
                for name, (feeds, wanted) in runs.items():
                    given = {key: value.numpy() for key, value in feeds.items()}
                    errors = weightless.compare(folder, name, variant, given, [value.numpy() for value in wanted])
                    print(f'{variant} {name} {height}x{width}, {objects} objects: {max(errors):.1e} relative')
                    assert max(errors) < tolerance, errors


def check_parity(network: XMem, folder: Path) -> None:
    """One pass of the three networks on frame 1 against what the original network made of it."""
    from PIL import Image
    from safetensors.numpy import load_file

    golden = load_file(folder / 'golden.safetensors')
    picture = np.asarray(Image.open(folder / 'frame_01.png').convert('RGB')).astype(np.float32) / 255
    normalised = (picture - np.float32(MEAN)) / np.float32(STD)
    image = torch.from_numpy(np.pad(normalised, ((6, 6), (5, 5), (0, 0))).transpose(2, 0, 1)[None].copy())
    height, width = image.shape[2:]
    masks = np.stack([uniforms('mask', height * width, lane) for lane in (0, 1)]).astype(np.float32)
    mask = torch.from_numpy(masks.reshape(2, 1, height, width))
    cells = (height // 16, width // 16)
    readout = torch.from_numpy(normals('readout', 2 * 512 * cells[0] * cells[1]).astype(np.float32))
    with torch.no_grad():
        key, shrinkage, selection, f16, f8, f4 = network.key(image)
        value, hidden_value = network.value(image, f16, mask, mask.flip(0), torch.zeros(2, 64, *cells))
        logits, hidden = network.decode(f16, f8, f4, readout.reshape(2, 512, *cells), hidden_value)
        chance = torch.sigmoid(logits[:, 0])
        chances = torch.cat([(1 - chance).prod(0, keepdim=True), chance]).clamp(1e-7, 1 - 1e-7)
        odds = torch.log(chances / (1 - chances))
    made = {
        'key': key, 'shrinkage': shrinkage, 'selection': selection, 'f16': f16[:, ::64], 'f8': f8[:, ::64],
        'f4': f4[:, ::64, ::2, ::2], 'value': value[:, ::16], 'hidden_value': hidden_value[:, ::8],
        'hidden_decoder': hidden[:, ::8], 'logits': odds[:, ::4, ::4],
    }  # fmt: skip
    for name, tensor in made.items():
        wanted = golden[f'graph_{name}']
        error = weightless.differences([tensor.numpy().reshape(wanted.shape)], [wanted])[0]
        print(f'{name}: {error:.1e} relative')
        assert error < 1e-3, name


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('--parity', type=Path)
    parser.add_argument('--save', type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    network = seeded_network()
    if options.parity:
        check_parity(network, options.parity)
    elif options.save:
        torch.save(network.state_dict(), options.save)
    else:
        write(network)
        check(network)


if __name__ == '__main__':
    main()
