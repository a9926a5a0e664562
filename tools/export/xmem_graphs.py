"""XMem's networks as ONNX graphs, node by node: only operators that WebGPU runs, every size and number of objects free.

What depends on the image alone is computed once for all objects: a convolution over `concat[image, own]` is the sum of
two convolutions, one over each part, by the two parts of its weight.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Later sets have no kernels of ReduceMax and Resize on every provider of ONNX Runtime.
OPSET = 18
IR_VERSION = 9
IMAGE_CHANNELS = 1024
HIDDEN_DIM = 64
# Columns of the memory that a cell reads.
TOP_K = 30


@dataclass
class Builder:
    """Collects nodes; weights come from `state` (state_dict of the network) by their official names."""

    state: dict[str, np.ndarray]
    nodes: list = field(default_factory=list)
    weights: dict[str, np.ndarray] = field(default_factory=dict)
    constants: dict[str, np.ndarray] = field(default_factory=dict)
    origins: dict[str, dict] = field(default_factory=dict)

    def op(self, kind: str, *inputs: str, **attributes) -> str:
        output = f'{kind.lower()}_{len(self.nodes)}'
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def rename(self, value: str, name: str) -> None:
        """Gives a node's output its name as an output of the graph."""
        for node in self.nodes:
            node.input[:] = [name if entry == value else entry for entry in node.input]
            node.output[:] = [name if entry == value else entry for entry in node.output]

    def constant(self, name: str, values, dtype) -> str:
        self.constants[name] = np.asarray(values, dtype)
        return name

    def weight(self, name: str, part: str = '', steps: tuple[dict, ...] = ()) -> str:
        """A weight of the checkpoint, or the part of it that `steps` make."""
        own = f'{name}:{part}' if part else name
        source = self.state[name]
        value = source
        for step in steps:
            if step['kind'] == 'slice':
                chosen = [slice(None)] * value.ndim
                chosen[step['axis']] = slice(step['start'], step['end'])
                value = value[tuple(chosen)]
            else:
                value = value.reshape(step['shape'])
        self.weights[own] = np.ascontiguousarray(value)
        self.origins[own] = {'name': name, 'shape': list(source.shape), 'steps': list(steps)}
        return own

    def conv(self, x: str, weight: str, bias: str | None = None, stride: int = 1) -> str:
        kernel = list(self.weights[weight].shape[2:])
        pad = kernel[0] // 2
        inputs = [x, weight] + ([bias] if bias else [])
        return self.op('Conv', *inputs, kernel_shape=kernel, strides=[stride] * 2, pads=[pad] * 4)

    def layer(self, name: str, x: str, stride: int = 1) -> str:
        """A convolution with its bias, where it has one."""
        bias = f'{name}.bias'
        return self.conv(x, self.weight(f'{name}.weight'), self.weight(bias) if bias in self.state else None, stride)

    def layer_of_parts(self, name: str, image: str, own: str, split: int, stride: int = 1) -> str:
        """A convolution over concat[image, own], the image's part done once for all objects."""
        weight = f'{name}.weight'
        end = self.state[weight].shape[1]
        bias = f'{name}.bias'
        image_part = self.weight(weight, 'image', (slice_step(1, 0, split),))
        own_part = self.weight(weight, 'own', (slice_step(1, split, end),))
        of_image = self.conv(image, image_part, self.weight(bias) if bias in self.state else None, stride)
        return self.op('Add', self.conv(own, own_part, None, stride), of_image)

    def norm(self, name: str, x: str) -> str:
        parts = ('weight', 'bias', 'running_mean', 'running_var')
        return self.op('BatchNormalization', x, *(self.weight(f'{name}.{part}') for part in parts), epsilon=1e-5)

    def model(self, name: str, inputs: dict, outputs: dict) -> onnx.ModelProto:
        def info(entries: dict) -> list:
            return [helper.make_tensor_value_info(key, TensorProto.FLOAT, shape) for key, shape in entries.items()]

        values = {**self.constants, **self.weights}
        initialisers = [numpy_helper.from_array(value, key) for key, value in values.items()]
        graph = helper.make_graph(self.nodes, name, info(inputs), info(outputs), initialisers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', OPSET)], ir_version=IR_VERSION)
        model.producer_name = 'maskflow'
        return model


def slice_step(axis: int, start: int, end: int) -> dict:
    return {'kind': 'slice', 'axis': axis, 'start': start, 'end': end}


def residual(b: Builder, name: str, x: str, convolutions: int, stride: int) -> str:
    """A block of a ResNet: of 2 or 3 convolutions; of 3, the middle one has the stride."""
    strided = 1 if convolutions == 2 else 2
    y = x
    for index in range(1, convolutions + 1):
        y = b.norm(f'{name}.bn{index}', b.layer(f'{name}.conv{index}', y, stride if index == strided else 1))
        y = b.op('Relu', y) if index < convolutions else y
    if f'{name}.downsample.0.weight' in b.state:
        x = b.norm(f'{name}.downsample.1', b.layer(f'{name}.downsample.0', x, stride))
    return b.op('Relu', b.op('Add', y, x))


def stage(b: Builder, name: str, x: str, blocks: int, convolutions: int, stride: int) -> str:
    for index in range(blocks):
        x = residual(b, f'{name}.{index}', x, convolutions, stride if index == 0 else 1)
    return x


def max_pool(b: Builder, x: str) -> str:
    return b.op('MaxPool', x, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])


def group_block(b: Builder, name: str, x: str) -> str:
    y = b.layer(f'{name}.conv2', b.op('Relu', b.layer(f'{name}.conv1', b.op('Relu', x))))
    has_shortcut = f'{name}.downsample.weight' in b.state
    return b.op('Add', y, b.layer(f'{name}.downsample', x) if has_shortcut else x)


def attention(b: Builder, name: str, x: str) -> str:
    def dense(layer: str, value: str) -> str:
        weight = f'{name}.ChannelGate.mlp.{layer}.weight'
        shape = [*b.state[weight].shape, 1, 1]
        as_kernel = b.weight(weight, 'kernel', ({'kind': 'reshape', 'shape': shape},))
        return b.conv(value, as_kernel, b.weight(f'{name}.ChannelGate.mlp.{layer}.bias'))

    space = b.constant('space_axes', [2, 3], np.int64)
    pooled = [b.op(kind, x, space, keepdims=1) for kind in ('ReduceMean', 'ReduceMax')]
    votes = [dense('3', b.op('Relu', dense('1', value))) for value in pooled]
    x = b.op('Mul', x, b.op('Sigmoid', b.op('Add', *votes)))
    channel = b.constant('channel_axis', [1], np.int64)
    maps = [b.op(kind, x, channel, keepdims=1) for kind in ('ReduceMax', 'ReduceMean')]
    gate = b.layer(f'{name}.SpatialGate.spatial.conv', b.op('Concat', *maps, axis=1))
    return b.op('Mul', x, b.op('Sigmoid', gate))


def fusion(b: Builder, name: str, image: str, own: str) -> str:
    """`image` is never negative, so that it needs no ReLU before its part of the first convolution."""
    block = f'{name}.block1'
    first = b.layer_of_parts(f'{block}.conv1', image, b.op('Relu', own), IMAGE_CHANNELS)
    shortcut = b.layer_of_parts(f'{block}.downsample', image, own, IMAGE_CHANNELS)
    mixed = b.op('Add', b.layer(f'{block}.conv2', b.op('Relu', first)), shortcut)
    return group_block(b, f'{name}.block2', b.op('Add', mixed, attention(b, f'{name}.attention', mixed)))


def gated_update(b: Builder, name: str, x: str, hidden: str) -> str:
    """sigmoid(f) * hidden * (1 - sigmoid(u)) + sigmoid(u) * tanh(c), with f, u and c by a convolution each."""
    both = b.op('Concat', x, hidden, axis=1)

    def part(index: int, title: str) -> str:
        steps = (slice_step(0, index * HIDDEN_DIM, (index + 1) * HIDDEN_DIM),)
        return b.conv(both, b.weight(f'{name}.weight', title, steps), b.weight(f'{name}.bias', title, steps))

    forget = b.op('Sigmoid', part(0, 'forget'))
    update = b.op('Sigmoid', part(1, 'update'))
    new = b.op('Mul', update, b.op('Tanh', part(2, 'new')))
    kept = b.op('Sub', b.constant('one', 1.0, np.float32), update)
    return b.op('Add', b.op('Mul', b.op('Mul', forget, hidden), kept), new)


def enlarge(b: Builder, x: str, scale: int) -> str:
    scales = b.constant(f'scales_{scale}', [1, 1, scale, scale], np.float32)
    return b.op('Resize', x, '', scales, mode='linear', coordinate_transformation_mode='half_pixel')


def key_graph(state) -> tuple[onnx.ModelProto, dict]:
    b = Builder(state)
    x = b.op('Relu', b.norm('key_encoder.bn1', b.layer('key_encoder.conv1', 'image', 2)))
    f4 = stage(b, 'key_encoder.res2', max_pool(b, x), 3, 3, 1)
    f8 = stage(b, 'key_encoder.layer2', f4, 4, 3, 2)
    f16 = stage(b, 'key_encoder.layer3', f8, 6, 3, 2)
    key = b.layer('key_proj.key_proj', f16)
    distance = b.layer('key_proj.d_proj', f16)
    one = b.constant('one', 1.0, np.float32)
    shrinkage = b.op('Add', b.op('Mul', distance, distance), one)
    selection = b.op('Sigmoid', b.layer('key_proj.e_proj', f16))
    values = {'key': key, 'shrinkage': shrinkage, 'selection': selection, 'f16': f16, 'f8': f8, 'f4': f4}
    for name, value in values.items():
        b.rename(value, name)
    outputs = {
        'key': [1, 64, 'h16', 'w16'],
        'shrinkage': [1, 1, 'h16', 'w16'],
        'selection': [1, 64, 'h16', 'w16'],
        'f16': [1, IMAGE_CHANNELS, 'h16', 'w16'],
        'f8': [1, 512, 'h8', 'w8'],
        'f4': [1, 256, 'h4', 'w4'],
    }
    return b.model('xmem_key', {'image': [1, 3, 'height', 'width']}, outputs), b.origins


def value_graph(state) -> tuple[onnx.ModelProto, dict]:
    b = Builder(state)
    masks = b.op('Concat', 'mask', 'others', axis=1)
    x = b.norm('value_encoder.bn1', b.layer_of_parts('value_encoder.conv1', 'image', masks, 3, 2))
    x = b.op('Relu', max_pool(b, x))
    for index, stride in ((1, 1), (2, 2), (3, 2)):
        x = stage(b, f'value_encoder.layer{index}', x, 2, 2, stride)
    value = fusion(b, 'value_encoder.fuser', 'f16', x)
    new_hidden = gated_update(b, 'value_encoder.hidden_reinforce.transform', value, 'hidden')
    b.rename(value, 'value')
    b.rename(new_hidden, 'new_hidden')
    inputs = {
        'image': [1, 3, 'height', 'width'],
        'f16': [1, IMAGE_CHANNELS, 'h16', 'w16'],
        'mask': ['objects', 1, 'height', 'width'],
        'others': ['objects', 1, 'height', 'width'],
        'hidden': ['objects', HIDDEN_DIM, 'h16', 'w16'],
    }
    outputs = {'value': ['objects', 512, 'h16', 'w16'], 'new_hidden': ['objects', HIDDEN_DIM, 'h16', 'w16']}
    return b.model('xmem_value', inputs, outputs), b.origins


def decode_graph(state) -> tuple[onnx.ModelProto, dict]:
    b = Builder(state)
    g16 = fusion(b, 'decoder.fuser', 'f16', b.op('Concat', 'readout', 'hidden', axis=1))
    g8 = up(b, 'decoder.up_16_8', 'f8', g16)
    g4 = up(b, 'decoder.up_8_4', 'f4', g8)
    logit = b.layer('decoder.pred', b.op('Relu', g4))
    b.rename(enlarge(b, logit, 4), 'logits')
    parts = [
        b.layer('decoder.hidden_update.g16_conv', g16),
        b.layer('decoder.hidden_update.g8_conv', shrink(b, g8, 2)),
        b.layer('decoder.hidden_update.g4_conv', shrink(b, b.op('Concat', g4, logit, axis=1), 4)),
    ]
    mixed = b.op('Add', b.op('Add', parts[0], parts[1]), parts[2])
    b.rename(gated_update(b, 'decoder.hidden_update.transform', mixed, 'hidden'), 'new_hidden')
    inputs = {
        'f16': [1, IMAGE_CHANNELS, 'h16', 'w16'],
        'f8': [1, 512, 'h8', 'w8'],
        'f4': [1, 256, 'h4', 'w4'],
        'readout': ['objects', 512, 'h16', 'w16'],
        'hidden': ['objects', HIDDEN_DIM, 'h16', 'w16'],
    }
    outputs = {'logits': ['objects', 1, 'height', 'width'], 'new_hidden': ['objects', HIDDEN_DIM, 'h16', 'w16']}
    return b.model('xmem_decode', inputs, outputs), b.origins


def up(b: Builder, name: str, skip: str, x: str) -> str:
    return group_block(b, f'{name}.out_conv', b.op('Add', enlarge(b, x, 2), b.layer(f'{name}.skip_conv', skip)))


def shrink(b: Builder, x: str, scale: int) -> str:
    return b.op('AveragePool', x, kernel_shape=[scale] * 2, strides=[scale] * 2)


def read_graph() -> onnx.ModelProto:
    """For each row of `queries` the rows of `keys` (30 at least) with the highest products, highest first."""
    b = Builder({})
    products = b.op('Gemm', 'queries', 'keys', transB=1)
    top_k = b.constant('top_k', [TOP_K], np.int64)
    b.nodes.append(helper.make_node('TopK', [products, top_k], ['scores', 'index'], axis=1))
    # As float32, in which indices up to 2^24 are exact.
    b.rename(b.op('Cast', 'index', to=TensorProto.FLOAT), 'columns')
    inputs = {'queries': ['cells', 'channels'], 'keys': ['columns_held', 'channels']}
    return b.model('xmem_read', inputs, {'scores': ['cells', TOP_K], 'columns': ['cells', TOP_K]})


def xmem_graphs(state: dict[str, np.ndarray]) -> tuple[dict[str, onnx.ModelProto], dict[str, dict]]:
    """The graphs with their weights, and of each weight where in the checkpoint it comes from."""
    graphs: dict[str, onnx.ModelProto] = {}
    origins: dict[str, dict] = {}
    for name, make in (('key', key_graph), ('value', value_graph), ('decode', decode_graph)):
        model, names = make(state)
        onnx.checker.check_model(model)
        graphs[name] = model
        origins.update(names)
    graphs['read'] = read_graph()
    return graphs, origins
