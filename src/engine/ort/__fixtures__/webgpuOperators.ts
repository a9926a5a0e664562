/**
 * What Maskflow's graphs may ask of ONNX Runtime's WebGPU provider. There is no published list for it:
 * docs/webgpu-operators.md of the package describes its predecessor. So the source is the build itself, which says where
 * it puts nodes (nodePlacements.webgpu.test.ts), and what it computes (shelfGraphs.webgpu.test.ts, xmemGraphs.webgpu.test.ts).
 */

/** Of the package onnxruntime-web; its builds with the WebGPU provider say they are made of f2c39fe2f. */
export const onnxRuntimeVersion = '1.30.0';

type Rule = {
  /** Of the first input, separated by blanks. */
  readonly types: string;
  /** Of the graph, separated by blanks. */
  readonly opsets: string;
};

const floats = 'float16 float32';

/** By operator and what it does in an unusual way (`formOf`). */
export const webgpuOperators: Readonly<Record<string, Rule>> = {
  Add: { types: floats, opsets: '18 20' },
  AveragePool: { types: floats, opsets: '18' },
  BatchNormalization: { types: floats, opsets: '18' },
  Cast: { types: `bool ${floats}`, opsets: '18 20' },
  Clip: { types: floats, opsets: '18' },
  Concat: { types: floats, opsets: '18 20' },
  Conv: { types: floats, opsets: '18 20' },
  'Conv group=n': { types: floats, opsets: '18 20' },
  ConvTranspose: { types: floats, opsets: '18 20' },
  Cos: { types: 'float32', opsets: '18 20' },
  Div: { types: floats, opsets: '18 20' },
  Equal: { types: 'float32', opsets: '18 20' },
  Erf: { types: floats, opsets: '18' },
  Expand: { types: floats, opsets: '18' },
  Gather: { types: floats, opsets: '18 20' },
  Gelu: { types: floats, opsets: '20' },
  Gemm: { types: floats, opsets: '18 20' },
  Greater: { types: 'float32', opsets: '18' },
  GreaterOrEqual: { types: 'float32', opsets: '18' },
  Identity: { types: floats, opsets: '18' },
  LayerNormalization: { types: 'float32', opsets: '18 20' },
  MatMul: { types: floats, opsets: '18 20' },
  MaxPool: { types: floats, opsets: '18' },
  Mul: { types: floats, opsets: '18 20' },
  Not: { types: 'bool', opsets: '20' },
  'Pad mode=constant': { types: floats, opsets: '18 20' },
  ReduceMax: { types: floats, opsets: '18' },
  ReduceMean: { types: 'float32', opsets: '18' },
  ReduceSum: { types: 'float32', opsets: '18' },
  'ReduceSum keepdims=0': { types: 'float32', opsets: '18' },
  Relu: { types: floats, opsets: '18 20' },
  Reshape: { types: floats, opsets: '18 20' },
  'Resize coordinate_transformation_mode=asymmetric mode=nearest': { types: floats, opsets: '18' },
  'Resize mode=cubic': { types: 'float32', opsets: '18' },
  'Resize mode=linear': { types: 'float32', opsets: '18' },
  Sigmoid: { types: floats, opsets: '18' },
  Sin: { types: 'float32', opsets: '18 20' },
  Slice: { types: floats, opsets: '18 20' },
  Softmax: { types: 'float32', opsets: '18 20' },
  Split: { types: floats, opsets: '18 20' },
  Squeeze: { types: floats, opsets: '18 20' },
  Sub: { types: floats, opsets: '18 20' },
  Tanh: { types: floats, opsets: '18' },
  Tile: { types: floats, opsets: '18' },
  Transpose: { types: floats, opsets: '18 20' },
  Unsqueeze: { types: floats, opsets: '18 20' },
  Where: { types: 'bool', opsets: '18' },
};

/** Graphs that the engines run on the processor always, and why. */
export const graphsOnTheProcessor: Readonly<Record<string, string>> = {
  'xmem/read': 'looks up the 30 nearest of a bounded memory that is kept on the processor',
};
