"""Writes public/models/sam-vit-{b,l,h}: SAM's image encoders and its mask decoder.

    python sam.py                  writes all three
    python sam.py --half           writes manifests and half-precision graphs again, from the float32 graphs that are there
    python sam.py --parity NAME    sets the network and the written graphs of a model against transformers' SamModel,
                                   on seeded weights; `small` is a small network of the same code. ViT-H takes
                                   6 GB of memory, and 4 GB of disk meanwhile
    python sam.py --save NAME FILE saves a model's seeded weights as a checkpoint in the official form
    python sam.py --fixture        writes the small network's graphs, and what transformers computes with them, for tests
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import onnx
import onnx_ir
import onnxscript.optimizer
import sam2.torchvision_ops  # noqa: F401  (before transformers)
import torch
from maskflow_export import weightless
from maskflow_export.from_torch import foreign_operators
from maskflow_export.official_files import sha256_of, size_of
from maskflow_export.seeded import kind_of, seeded_tensor
from onnx import TensorProto, helper
from sam_decoder import SamDecoder
from sam_vit import CONFIGS, Attention, ImageEncoder, VitConfig, distances
from torch import nn

ROOT = Path(__file__).parents[2]
MODELS = ROOT / 'public' / 'models'
FIXTURE = ROOT / 'src' / 'engine' / 'sam' / '__fixtures__' / 'smallSam'
OPSET = 20
NORMALISATION = {'mean': [123.675, 116.28, 103.53], 'std': [58.395, 57.12, 57.375]}
SOURCE = 'https://github.com/facebookresearch/segment-anything at dca509f'

# (name, name at Hugging Face, official file). The hex in the file's name is of its MD5.
OFFICIAL = {
    'sam-vit-b': ('SAM ViT-B', 'sam-vit-base', 'sam_vit_b_01ec64.pth'),
    'sam-vit-l': ('SAM ViT-L', 'sam-vit-large', 'sam_vit_l_0b3195.pth'),
    'sam-vit-h': ('SAM ViT-H', 'sam-vit-huge', 'sam_vit_h_4b8939.pth'),
}

# Seeded weights: products inside a block keep their size, and positions are small beside what is looked at.
RULES = [
    ('*.pos_embed', 'table', 0.1),
    ('*.rel_pos_?', 'table', 0.1),
    ('*neck.1.weight', 'scale', 1.0),
    ('*neck.3.weight', 'scale', 1.0),
]

DECODER_INPUTS = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input']
DECODER_OUTPUTS = ['low_res_masks', 'iou_predictions']


class Sam(nn.Module):
    """Encoder and decoder under the names of segment-anything's checkpoints."""

    def __init__(self, config: VitConfig) -> None:
        super().__init__()
        self.image_encoder = ImageEncoder(config)
        decoder = SamDecoder()
        self.prompt_encoder = decoder.prompt_encoder
        self.mask_decoder = decoder.mask_decoder
        # Not a module of its own: its parts have their names already.
        self.decoders = [decoder]


def unfilled(config: VitConfig) -> Sam:
    """The network with memory for its weights that nobody has touched: 2.6 GB of ViT-H are never written."""
    with torch.device('meta'):
        model = Sam(config)
    model = model.to_empty(device='cpu').eval()
    for module in model.modules():
        if isinstance(module, Attention):
            module.rows = distances(module.side)
    return model


def huggingface_name(name: str) -> str:
    """The name in transformers' checkpoints of a tensor of segment-anything's."""
    for old, new in (
        ('prompt_encoder.pe_layer.positional_encoding_gaussian_matrix', 'shared_image_embedding.positional_embedding'),
        ('image_encoder.patch_embed.proj.', 'vision_encoder.patch_embed.projection.'),
        ('image_encoder.blocks.', 'vision_encoder.layers.'),
        ('image_encoder.neck.0.', 'vision_encoder.neck.conv1.'),
        ('image_encoder.neck.1.', 'vision_encoder.neck.layer_norm1.'),
        ('image_encoder.neck.2.', 'vision_encoder.neck.conv2.'),
        ('image_encoder.neck.3.', 'vision_encoder.neck.layer_norm2.'),
        ('image_encoder.', 'vision_encoder.'),
        ('.norm_final_attn.', '.layer_norm_final_attn.'),
        ('.norm', '.layer_norm'),
        ('prompt_encoder.point_embeddings.', 'prompt_encoder.point_embed.'),
        ('mask_downscaling.0.', 'mask_embed.conv1.'),
        ('mask_downscaling.1.', 'mask_embed.layer_norm1.'),
        ('mask_downscaling.3.', 'mask_embed.conv2.'),
        ('mask_downscaling.4.', 'mask_embed.layer_norm2.'),
        ('mask_downscaling.6.', 'mask_embed.conv3.'),
        ('output_upscaling.0.', 'upscale_conv1.'),
        ('output_upscaling.1.', 'upscale_layer_norm.'),
        ('output_upscaling.3.', 'upscale_conv2.'),
    ):
        name = name.replace(old, new)
    if 'output_hypernetworks_mlps' in name or 'iou_prediction_head' in name:
        for old, new in (('.layers.0.', '.proj_in.'), ('.layers.2.', '.proj_out.'), ('.layers.1.', '.layers.0.')):
            name = name.replace(old, new)
    return name


def export(module: nn.Module, prefix: str, args: tuple, inputs: list[str], outputs: list[str], shapes=None) -> onnx.ModelProto:
    """As maskflow_export.from_torch.export_graph, but weights are shapes without values, so that they may be of any size."""
    with torch.no_grad():
        program = torch.onnx.export(
            module, args, input_names=inputs, output_names=outputs, opset_version=OPSET, dynamo=True, optimize=False,
            dynamic_shapes=shapes, verbose=False, external_data=False,
        )  # fmt: skip
    graph = program.model.graph
    stored = dict(module.state_dict())
    weights = [name for name in graph.initializers if name in stored]
    for name in weights:
        value = graph.initializers.pop(name)
        value.const_value = None
        graph.inputs.append(value)
    model = onnxscript.optimizer.optimize(
        onnx_ir.to_proto(program.model), input_size_limit=4096, output_size_limit=4096, inline=True,
        onnx_shape_inference=True,
    )  # fmt: skip
    return _weights_back(model, {name: list(stored[name].shape) for name in weights}, prefix)


def _weights_back(model: onnx.ModelProto, weights: dict[str, list[int]], prefix: str) -> onnx.ModelProto:
    graph = model.graph
    inputs = [value for value in graph.input if value.name not in weights]
    del graph.input[:]
    graph.input.extend(inputs)
    first: dict[bytes, str] = {}
    renames = {name: f'{prefix}{name}' for name in weights}
    constants = []
    for tensor in graph.initializer:
        # Tables of distances are the same in all blocks.
        same = first.setdefault(bytes(str(list(tensor.dims)), 'ascii') + tensor.raw_data, tensor.name)
        if same == tensor.name:
            constants.append(tensor)
        else:
            renames[tensor.name] = same
    for node in graph.node:
        for i, name in enumerate(node.input):
            node.input[i] = renames.get(name, name)
    del graph.initializer[:]
    graph.initializer.extend(constants)
    used = {name for node in graph.node for name in node.input}
    for name, shape in weights.items():
        if renames[name] in used:
            graph.initializer.append(TensorProto(name=renames[name], dims=shape, data_type=TensorProto.FLOAT))
    return model


def decoder_inputs(points: int, generator: torch.Generator) -> tuple[torch.Tensor, ...]:
    coords = torch.rand(1, points, 2, generator=generator) * 1000
    labels = torch.tensor([[1.0, 0.0, 2.0, 3.0, -1.0][:points]])
    mask = torch.randn(1, 1, 256, 256, generator=generator) * 5
    return torch.randn(1, 256, 64, 64, generator=generator) * 0.1, coords, labels, mask, torch.ones(1)


def graphs_of(model: Sam) -> dict[str, onnx.ModelProto]:
    points = torch.export.Dim('points', min=1, max=4096)
    shapes = (None, {1: points}, {1: points}, None, None)
    prompts = decoder_inputs(3, torch.Generator().manual_seed(1))
    picture = (torch.zeros(1, 3, 1024, 1024),)
    graphs = {
        'encoder': export(model.image_encoder, 'image_encoder.', picture, ['picture'], ['image_embeddings']),
        'decoder': export(model.decoders[0], '', prompts, DECODER_INPUTS, DECODER_OUTPUTS, shapes),
    }
    for name, graph in graphs.items():
        assert foreign_operators(graph) == [], (name, foreign_operators(graph))
    return graphs


def layouts() -> list[dict]:
    pytorch = {'id': 'pytorch', 'container': 'pytorch', 'roots': [''], 'ignored': []}
    # The positional table is one tensor under two names; which of them a file keeps was up to who wrote it.
    names = ['shared_image_embedding.positional_embedding', 'prompt_encoder.shared_embedding.positional_embedding']
    return [pytorch] + [
        {'id': f'huggingface{suffix}', 'container': 'safetensors', 'roots': [''], 'ignored': names}
        for suffix in ('', '-prompt')
    ]


def origins(state: dict[str, torch.Tensor]) -> dict[str, dict]:
    found = {}
    for name, tensor in state.items():
        shape = list(tensor.shape)
        other = huggingface_name(name)
        tied = other.replace('shared_image_embedding.', 'prompt_encoder.shared_embedding.')
        found[name] = {
            layout: {'name': given, 'shape': shape, 'steps': []}
            for layout, given in (('pytorch', name), ('huggingface', other), ('huggingface-prompt', tied))
        }
    return found


def source(layout: str, kind: str, url: str) -> dict:
    return {
        'layout': layout, 'kind': kind, 'fileName': url.rsplit('/', 1)[1], 'url': url,
        'sizeBytes': size_of(url), 'sha256': sha256_of(url), 'sha256Prefix': None, 'licence': 'Apache-2.0',
    }  # fmt: skip


def sources(id: str) -> list[dict]:
    _, repository, file = OFFICIAL[id]
    return [
        source('huggingface', 'download', f'https://huggingface.co/facebook/{repository}/resolve/main/model.safetensors'),
        source('pytorch', 'link', f'https://dl.fbaipublicfiles.com/segment_anything/{file}'),
    ]


def written(folder: Path) -> dict[str, onnx.ModelProto]:
    """The float32 graphs in a folder, as `graphs_of` made them: weights are shapes without values."""
    graphs = {}
    for name in ('encoder', 'decoder'):
        graphs[name] = onnx.load(folder / f'{name}.fp32.onnx', load_external_data=False)
        for tensor in graphs[name].graph.initializer:
            if tensor.data_location == TensorProto.EXTERNAL:
                tensor.ClearField('external_data')
                tensor.ClearField('data_location')
    return graphs


def write(id: str, out: Path, config: VitConfig, variants: tuple[str, ...] = ('fp32', 'fp16'), again: bool = False) -> None:
    model = unfilled(config)
    weightless.write_model(
        out, id if id in OFFICIAL else 'sam-vit-b', OFFICIAL.get(id, ('Small SAM',))[0], 'sam', written(out) if again else graphs_of(model),
        origins(model.state_dict()), layouts(), sources(id) if id in OFFICIAL else [],
        {'normalisation': NORMALISATION}, 'Apache-2.0', SOURCE, variants=variants, constant_limit=40_000,
    )  # fmt: skip


def seed(model: Sam) -> dict[str, np.ndarray]:
    """Seeds the network tensor by tensor; returns its weights by name, sharing their memory."""
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            kind, gain = kind_of(name, tuple(tensor.shape), RULES)
            tensor.copy_(torch.from_numpy(seeded_tensor(name, tuple(tensor.shape), kind, gain)))
    return {name: tensor.numpy() for name, tensor in model.state_dict().items()}


def reference(config: VitConfig, weights: dict[str, np.ndarray]) -> nn.Module:
    from transformers import SamConfig, SamModel, SamVisionConfig

    vision = SamVisionConfig(
        hidden_size=config.dim, num_hidden_layers=config.depth, num_attention_heads=config.heads,
        mlp_dim=4 * config.dim, global_attn_indexes=list(config.whole), attn_implementation='eager',
    )  # fmt: skip
    # segment-anything's decoder normalises with 1e-5, PyTorch's default; transformers' has 1e-6.
    with torch.device('meta'):
        model = SamModel(SamConfig(vision_config=vision.to_dict(), mask_decoder_config={'layer_norm_eps': 1e-5}))
    state = {huggingface_name(name): torch.from_numpy(values) for name, values in weights.items()}
    positions = state['shared_image_embedding.positional_embedding']
    state['prompt_encoder.shared_embedding.positional_embedding'] = positions
    left = model.load_state_dict(state, strict=True, assign=True)
    assert not left.missing_keys and not left.unexpected_keys, left
    return model.eval()


def parity(id: str) -> None:
    config = CONFIGS[id]
    model = unfilled(config)
    weights = seed(model)
    hf = reference(config, weights)
    generator = torch.Generator().manual_seed(6)
    picture = torch.randn(1, 3, 1024, 1024, generator=generator)
    with torch.no_grad():
        theirs = hf.vision_encoder(picture).last_hidden_state
    # The network's own encoder is judged by its graph: another run of it is minutes.
    runs = []
    for points in (1, 2, 4):
        _, coords, labels, mask, _ = decoder_inputs(points, generator)
        labels = labels.clamp(0, 1)
        with torch.no_grad():
            # transformers adds the padding point itself.
            out = [
                hf(
                    image_embeddings=theirs, input_points=coords[None], input_labels=labels[None].long(),
                    input_masks=mask, multimask_output=several,
                )
                for several in (True, False)
            ]  # fmt: skip
            masks = torch.cat([out[1].pred_masks, out[0].pred_masks], 2)[0]
            ious = torch.cat([out[1].iou_scores, out[0].iou_scores], 2)[0]
            coords = torch.cat([coords, torch.zeros(1, 1, 2)], 1)
            labels = torch.cat([labels, torch.full((1, 1), -1.0)], 1)
            given = (theirs, coords, labels, mask, torch.ones(1))
            mine = model.decoders[0](*given)
        print(id, 'network, decoder', points, weightless.differences([t.numpy() for t in mine], [masks.numpy(), ious.numpy()]))
        runs.append((given, [masks.numpy(), ious.numpy()]))
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        source = MODELS / id
        if id not in OFFICIAL:
            source = folder / 'written'
            write(id, source, config)
        for variant in ('fp32', 'fp16'):
            weightless.hydrate(source, folder / variant, variant, 'pytorch', weights)
        # What follows is as large again.
        del hf, model, weights
        for variant in ('fp32', 'fp16'):
            compare_graphs(id, variant, folder / variant, picture.numpy(), theirs.numpy(), runs)


def compare_graphs(id: str, variant: str, hydrated: Path, picture: np.ndarray, embedding: np.ndarray, runs: list) -> None:
    """Prints how far a variant's graphs under onnxruntime are from transformers' outputs; `runs` are of the decoder."""
    start = time.monotonic()
    errors = weightless.compare(hydrated, 'encoder', variant, {'picture': picture}, [embedding])
    print(id, variant, 'encoder', errors, f'in {time.monotonic() - start:.0f} s, loading included', flush=True)
    for given, wanted in runs:
        feeds = dict(zip(DECODER_INPUTS, [t.numpy() for t in given], strict=True))
        print(id, variant, 'decoder', weightless.compare(hydrated, 'decoder', variant, feeds, wanted), flush=True)


def fixture() -> None:
    """Graphs of the small network, and sampled outputs of transformers' on weights and inputs that tests make again."""
    config = CONFIGS['small']
    write('small', FIXTURE, config, ('fp32',))
    hf = reference(config, seed(unfilled(config)))
    y, x = np.mgrid[0:1024, 0:1024]
    planes = [((7 * x + 13 * y + 29 * channel + x * y % 31) % 256 / 128 - 1) for channel in range(3)]
    picture = torch.from_numpy(np.stack(planes)[None].astype(np.float32))
    mask = torch.from_numpy(((y[:256, :256] * 3 + x[:256, :256] * 5) % 64 / 4 - 8).astype(np.float32))[None, None]
    golden: dict = {'embeddingStep': 997, 'maskStep': 1009, 'cases': []}
    with torch.no_grad():
        embedding = hf.vision_encoder(picture).last_hidden_state
        golden['embedding'] = _sampled(embedding, golden['embeddingStep'])
        for points in ([[300, 200, 1]], [[300, 200, 1], [700.5, 500.25, 0], [40, 900, 1]]):
            for given in (None, mask):
                coords = torch.tensor([[[point[:2] for point in points]]])
                labels = torch.tensor([[[int(point[2]) for point in points]]])
                out = [
                    hf(
                        image_embeddings=embedding, input_points=coords, input_labels=labels, input_masks=given,
                        multimask_output=several,
                    )
                    for several in (False, True)
                ]  # fmt: skip
                masks = torch.cat([each.pred_masks for each in out], 2)
                ious = torch.cat([each.iou_scores for each in out], 2)
                golden['cases'].append({
                    'points': points, 'hasMask': given is not None, 'masks': _sampled(masks, golden['maskStep']),
                    'ious': [float(f'{value:.6g}') for value in ious.flatten()],
                })  # fmt: skip
    (FIXTURE / 'golden.json').write_text(json.dumps(golden) + '\n', encoding='utf-8')


def _sampled(tensor: torch.Tensor, step: int) -> list[float]:
    return [float(f'{value:.6g}') for value in tensor.flatten()[::step]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument('--parity', choices=list(CONFIGS))
    parser.add_argument('--fixture', action='store_true')
    parser.add_argument('--half', action='store_true')
    parser.add_argument('--save', nargs=2, metavar=('NAME', 'FILE'))
    given = parser.parse_args()
    if given.fixture:
        fixture()
        return
    if given.parity:
        parity(given.parity)
        return
    if given.save:
        id, file = given.save
        torch.save({name: torch.from_numpy(values) for name, values in seed(unfilled(CONFIGS[id])).items()}, file)
        return
    for id in OFFICIAL:
        write(id, MODELS / id, CONFIGS[id], again=given.half)


if __name__ == '__main__':
    main()
