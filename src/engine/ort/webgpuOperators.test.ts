/** Every graph that Maskflow brings, at 32 and at 16 bits, asks WebGPU only for what it is known to have. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formOf, readOnnxGraph, typeName, type OnnxGraph } from './__fixtures__/onnxGraph';
import { graphsOnTheProcessor, onnxRuntimeVersion, webgpuOperators } from './__fixtures__/webgpuOperators';

const root = new URL('../../../', import.meta.url);
const models = new URL('public/models/', root);

function graphsIn(folder: URL): Map<string, OnnxGraph> {
  const files = readdirSync(folder).filter((file) => /\.fp(16|32)\.onnx$/.test(file));
  return new Map(files.map((file) => [file, readOnnxGraph(readFileSync(new URL(file, folder)))]));
}

type Use = { readonly form: string; readonly type: string; readonly opset: number };

function usesOf({ nodes, types, opsets }: OnnxGraph): Use[] {
  return nodes.map((node) => ({
    form: formOf(node),
    type: typeName(types.get(node.inputs[0] ?? '')),
    opset: opsets.get(node.domain) ?? 0,
  }));
}

function isKnown({ form, type, opset }: Use): boolean {
  const rule = webgpuOperators[form];
  return (
    rule !== undefined && rule.types.split(' ').includes(type) && rule.opsets.split(' ').includes(`${opset}`)
  );
}

const ids = readdirSync(models);
const onProcessor = (id: string, file: string): boolean =>
  `${id}/${file.split('.')[0]}` in graphsOnTheProcessor;

/** What the graphs of these folders ask of WebGPU, as `operator of type`. */
function usesAt32Bits(folders: readonly URL[]): Set<string> {
  const uses = new Set<string>();
  for (const folder of folders) {
    const id = folder.pathname.split('/').at(-2)!;
    for (const [file, graph] of graphsIn(folder)) {
      if (file.endsWith('.fp32.onnx') && !onProcessor(id, file)) {
        usesOf(graph).forEach(({ form, type }) => uses.add(`${form} of ${type}`));
      }
    }
  }
  return uses;
}

const asked = usesAt32Bits(ids.map((id) => new URL(`${id}/`, models)));

describe('operators on WebGPU', () => {
  it.each(ids)('%s', (id) => {
    const graphs = graphsIn(new URL(`${id}/`, models));
    expect(graphs.size).toBeGreaterThanOrEqual(4);
    for (const [file, graph] of graphs) {
      const unknown = usesOf(graph).filter((use) => !onProcessor(id, file) && !isKnown(use));
      expect(unknown, file).toEqual([]);
    }
  });

  describe('at 32 bits, in graphs small enough to be computed by the tests on WebGPU,', () => {
    const small = (name: string): URL => new URL(`src/engine/${name}/`, root);
    // XMem's own graphs take pictures of any size.
    const onEveryAdapter = [small('sam2/__fixtures__/edgetam-mini'), new URL('xmem/', models)];
    const notOnSwiftShader = [small('sam2/__fixtures__/sam2.1-mini'), small('sam/__fixtures__/smallSam')];

    it('each is found, on any adapter but SwiftShader', () => {
      const computed = usesAt32Bits([...onEveryAdapter, ...notOnSwiftShader]);
      expect([...asked].filter((use) => !computed.has(use))).toEqual([]);
    });

    it('on SwiftShader, which is given the smallest ones alone, all but these are found', () => {
      const computed = usesAt32Bits(onEveryAdapter);
      expect([...asked].filter((use) => !computed.has(use)).toSorted()).toEqual([
        'Gelu of float32',
        'Not of bool',
        'Pad mode=constant of float32',
        'Resize mode=cubic of float32',
        'Split of float32',
        'Squeeze of float32',
        'Tile of float32',
      ]);
    });
  });

  it('the list holds no operator that no graph asks for, and is of the build in use', () => {
    const uses = ids.flatMap((id) => [...graphsIn(new URL(`${id}/`, models)).values()].flatMap(usesOf));
    const forms = new Set(uses.map(({ form }) => form));
    expect(Object.keys(webgpuOperators).filter((form) => !forms.has(form))).toEqual([]);
    const installed = readFileSync(new URL('node_modules/onnxruntime-web/package.json', root), 'utf8');
    expect((JSON.parse(installed) as { version: string }).version).toBe(onnxRuntimeVersion);
  });
});
