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

describe('operators on WebGPU', () => {
  it.each(ids)('%s', (id) => {
    const graphs = graphsIn(new URL(`${id}/`, models));
    expect(graphs.size).toBeGreaterThanOrEqual(4);
    for (const [file, graph] of graphs) {
      const unknown = usesOf(graph).filter((use) => !onProcessor(id, file) && !isKnown(use));
      expect(unknown, file).toEqual([]);
    }
  });

  it('each is computed at 32 bits by the tests on WebGPU, in graphs small enough for them', () => {
    const fixtures = [
      'sam2/__fixtures__/edgetam-mini',
      'sam2/__fixtures__/sam2.1-mini',
      'sam/__fixtures__/smallSam',
    ];
    const folders = [
      ...fixtures.map((name) => new URL(`src/engine/${name}/`, root)),
      // Its own graphs take pictures of any size.
      new URL('xmem/', models),
    ];
    const computed = new Set<string>();
    for (const [file, graph] of folders.flatMap((folder) => [...graphsIn(folder)])) {
      if (file.endsWith('.fp32.onnx')) {
        usesOf(graph).forEach(({ form, type }) => computed.add(`${form} of ${type}`));
      }
    }
    const asked = new Set<string>();
    for (const id of ids) {
      for (const [file, graph] of graphsIn(new URL(`${id}/`, models))) {
        if (file.endsWith('.fp32.onnx')) {
          usesOf(graph).forEach(({ form, type }) => asked.add(`${form} of ${type}`));
        }
      }
    }
    expect([...asked].filter((use) => !computed.has(use))).toEqual([]);
  });

  it('the list holds no operator that no graph asks for, and is of the build in use', () => {
    const asked = ids.flatMap((id) => [...graphsIn(new URL(`${id}/`, models)).values()].flatMap(usesOf));
    const forms = new Set(asked.map(({ form }) => form));
    expect(Object.keys(webgpuOperators).filter((form) => !forms.has(form))).toEqual([]);
    const installed = readFileSync(new URL('node_modules/onnxruntime-web/package.json', root), 'utf8');
    expect((JSON.parse(installed) as { version: string }).version).toBe(onnxRuntimeVersion);
  });
});
