/** Keeps the layers, file sizes and exports of src/ as CONTRIBUTING.md describes them. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

type Layer = 'core' | 'media' | 'engine' | 'export' | 'workers' | 'state' | 'app' | 'ui';
/** Paths from src/ with `/`, and their text. */
type Sources = ReadonlyMap<string, string>;
type Import = { readonly specifier: string; readonly kind: 'import' | 'url' };
type Rule = 'imports' | 'cycle' | 'size' | 'exports';
type Violation = { readonly rule: Rule; readonly file: string; readonly message: string };

/** Files that may break a rule, each with the reason. Keep it empty: an exception is a design that is not finished. */
const exceptions: readonly { readonly file: string; readonly rule: Rule; readonly reason: string }[] = [];

/** Layers and packages each layer may import; a package ending in `/` stands for all that begin so. */
const table: Record<Layer, { readonly layers: readonly Layer[]; readonly packages: readonly string[] }> = {
  core: { layers: [], packages: [] },
  media: {
    layers: ['core'],
    packages: ['mediabunny', '@ffmpeg/', '@zip.js/zip.js', 'valibot'],
  },
  engine: { layers: ['core'], packages: ['hash-wasm', 'valibot'] },
  export: { layers: ['core'], packages: ['client-zip', 'fast-png', 'mediabunny'] },
  // fast-png reads palette indices, which a canvas would turn into colours; valibot parses labels.json and COCO.
  workers: { layers: ['core'], packages: ['comlink', 'idb', 'fast-png', 'valibot'] },
  state: { layers: ['core'], packages: ['zustand/vanilla', 'zundo'] },
  app: { layers: ['core', 'state'], packages: ['valibot', 'comlink', 'idb'] },
  ui: {
    layers: ['core', 'state', 'app'],
    packages: [
      'react',
      'react-dom',
      'react-dom/',
      'uplot',
      'uplot/',
      'konva',
      'konva/',
      'react-konva',
      'react-konva/',
      'zustand',
      'zustand/react/shallow',
    ].concat(['@base-ui/react', '@base-ui/react/', 'lucide-react', 'lucide-react/', 'tinykeys']),
  },
};

const advice: Record<Layer, string> = {
  core: 'core is pure: take what you need as a parameter, or move this file to the layer that may have it',
  media: 'media knows only core: let the footage worker bring it together with other layers',
  engine:
    'engine knows only core, and onnxruntime only inside engine/ort: call engine/ort, or take data as parameters',
  export: 'export knows only core: take masks and names as parameters from the export worker',
  workers:
    'only *.worker.ts may import media, engine and export; a client knows core, rpc and its own protocol: pass a message instead',
  state: 'state is data: let a use case in app/ do the work and write the outcome into the store',
  app: 'app reaches workers only by xClient and xProtocol, and never knows the ui: pass a callback or write to the store',
  ui: 'ui asks app/ for everything that is not on screen: add or call a use case there',
};

/** What may lie beside the layers. */
const rootFiles = ['main.tsx', 'architecture.test.ts', 'vite-env.d.ts', 'README.md'];
const testPackages = [
  'vitest',
  'vitest/',
  '@vitest/',
  'fake-indexeddb/',
  'fast-check',
  'fast-png',
  'fflate',
  'axe-core',
  'node:',
];
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);
const layerOf = (file: string): Layer | null => {
  const folder = file.split('/')[0] ?? '';
  return file.includes('/') && folder in table ? (folder as Layer) : null;
};
const isAmong = (name: string, allowed: readonly string[]): boolean =>
  allowed.some((entry) => (/[/:]$/.test(entry) ? name.startsWith(entry) : name === entry));

type Node = { readonly type: string; readonly [key: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function visit(value: unknown, look: (node: Node) => void): void {
  if (Array.isArray(value)) {
    value.forEach((entry) => visit(entry, look));
  } else if (isNode(value)) {
    look(value);
    Object.values(value).forEach((entry) => visit(entry, look));
  }
}

function parse(file: string, text: string): Node {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) {
    throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  }
  return program as unknown as Node;
}

function literal(node: unknown): string | null {
  return isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
}

/** Static, type, re-exported and dynamic imports, and relative `new URL('...', import.meta.url)`. */
function importsOf(program: Node): Import[] {
  const found: Import[] = [];
  visit(program, (node) => {
    const isUrl = node.type === 'NewExpression' && isNode(node.callee) && node.callee.name === 'URL';
    const specifier = isUrl ? literal((node.arguments as unknown[])[0]) : literal(node.source);
    if (specifier !== null && (!isUrl || specifier.startsWith('.'))) {
      found.push({ specifier, kind: isUrl ? 'url' : 'import' });
    }
  });
  return found;
}

/** The file of src/ a relative specifier means; null when there is none. */
function resolve(sources: Sources, from: string, specifier: string): string | null {
  const target = path.posix.join(path.posix.dirname(from), specifier.replace(/\?.*$/, ''));
  const candidates = [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`];
  return candidates.find((candidate) => sources.has(candidate)) ?? null;
}

/** What `from` may not import, in words; null when it may. */
function forbiddenFile(from: string, to: string, kind: Import['kind']): string | null {
  const layer = layerOf(from);
  const target = layerOf(to);
  if (layer === null || target === null) {
    return layer === null ? null : `${to} is not part of a layer: move what you need into core`;
  }
  const isWorkerFile = layer === 'workers' && target === 'workers';
  const own = path.posix.dirname(from) === path.posix.dirname(to);
  const isProtocol = to.endsWith('Protocol.ts');
  const isRpc = to.startsWith('workers/rpc/');
  const allowed = ((): boolean => {
    if (isTest(from) && layer === 'workers') {
      return ['core', 'media', 'engine', 'export', 'workers'].includes(target);
    }
    if (isWorkerFile && from.endsWith('Client.ts')) {
      return isRpc || (own && (isProtocol || kind === 'url'));
    }
    if (isWorkerFile && from.endsWith('Protocol.ts')) {
      return false;
    }
    if (isWorkerFile) {
      return own || isRpc || isProtocol;
    }
    if (layer === 'workers' && from.endsWith('.worker.ts')) {
      return ['core', 'media', 'engine', 'export'].includes(target);
    }
    if (layer === 'app' && target === 'workers') {
      return isProtocol || to.endsWith('Client.ts');
    }
    return layer === target || table[layer].layers.includes(target);
  })();
  return allowed ? null : advice[layer];
}

function forbiddenPackage(from: string, name: string): string | null {
  const layer = layerOf(from);
  if (layer === null || (isTest(from) && isAmong(name, testPackages))) {
    return null;
  }
  if (name.startsWith('onnxruntime-')) {
    return from.startsWith('engine/ort/') ? null : advice[layer];
  }
  return isAmong(name.replace(/\?.*$/, ''), table[layer].packages) ? null : advice[layer];
}

function importViolations(sources: Sources, file: string, imports: readonly Import[]): Violation[] {
  return imports.flatMap(({ specifier, kind }) => {
    const isRelative = specifier.startsWith('.');
    const to = isRelative ? resolve(sources, file, specifier) : null;
    let message: string | null = null;
    if (!isRelative) {
      message = forbiddenPackage(file, specifier);
    } else if (to !== null) {
      message = forbiddenFile(file, to, kind);
    } else if (!isTest(file)) {
      message = 'it is not a file of src/: correct the path, or move what you need into src/';
    }
    return message === null
      ? []
      : [{ rule: 'imports' as const, file, message: `imports ${specifier}; ${message}.` }];
  });
}

/** One violation for each import cycle found, naming its files. */
function cycleViolations(graph: ReadonlyMap<string, readonly string[]>): Violation[] {
  const state = new Map<string, 'open' | 'done'>();
  const found: Violation[] = [];
  const trail: string[] = [];
  const walk = (file: string): void => {
    if (state.get(file) === 'open') {
      const cycle = [...trail.slice(trail.indexOf(file)), file].join(' -> ');
      const message = `${cycle} is a cycle; move what both need into a third file.`;
      found.push({ rule: 'cycle', file, message });
    } else if (!state.has(file)) {
      state.set(file, 'open');
      trail.push(file);
      (graph.get(file) ?? []).forEach(walk);
      trail.pop();
      state.set(file, 'done');
    }
  };
  [...graph.keys()].forEach(walk);
  return found;
}

function lineLimit(file: string): { readonly limit: number; readonly advice: string } {
  if (file.endsWith('.worker.ts') || file === 'main.tsx') {
    return { limit: 80, advice: 'keep dispatch and wiring here, and move the work to its layer' };
  }
  if (file.endsWith('Protocol.ts')) {
    return { limit: 120, advice: 'a bigger protocol is two workers: split it, or move types to core' };
  }
  if (file.endsWith('.md')) {
    return { limit: 100, advice: 'keep durable facts: format, invariants, why' };
  }
  return { limit: 400, advice: 'a file answers one question: split it' };
}

function sizeViolations(file: string, text: string): Violation[] {
  const { limit, advice: instead } = lineLimit(file);
  const lines = text.replace(/\n$/, '').split('\n').length;
  const message = `has ${lines} lines, the limit is ${limit}; ${instead}.`;
  return lines > limit ? [{ rule: 'size', file, message }] : [];
}

function exportViolations(file: string, program: Node): Violation[] {
  const found: Violation[] = [];
  const components: string[] = [];
  for (const node of program.body as readonly Node[]) {
    if (node.type === 'ExportDefaultDeclaration') {
      const message =
        'has a default export; export it by its name, so that it is called the same everywhere.';
      found.push({ rule: 'exports', file, message });
    }
    if (node.type === 'ExportAllDeclaration') {
      found.push({ rule: 'exports', file, message: 'has `export *`; name what you export.' });
    }
    if (node.type === 'ExportNamedDeclaration' && node.exportKind !== 'type') {
      const names: string[] = [];
      const declaration = node.declaration as Node | null;
      visit(declaration?.type === 'VariableDeclaration' ? declaration.declarations : null, (inner) => {
        if (inner.type === 'VariableDeclarator') {
          names.push((inner.id as { name?: string }).name ?? '');
        }
      });
      if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') {
        names.push((declaration.id as { name?: string }).name ?? '');
      }
      for (const specifier of node.specifiers as readonly Node[]) {
        names.push((specifier.exported as { name?: string }).name ?? '');
      }
      components.push(...names.filter((name) => /^[A-Z][A-Za-z0-9]*[a-z]/.test(name)));
    }
  }
  if (file.startsWith('ui/') && file.endsWith('.tsx') && !isTest(file) && components.length > 1) {
    const message = `exports ${components.join(', ')}; give each component a file of its own.`;
    found.push({ rule: 'exports', file, message });
  }
  return found;
}

/** Everything in `sources` that breaks a rule, but for the named exceptions. */
function check(sources: Sources): Violation[] {
  const graph = new Map<string, string[]>();
  const found = [...sources].flatMap(([file, text]) => {
    if (layerOf(file) === null && !rootFiles.includes(file)) {
      const message = `is in no layer; move it into one of ${Object.keys(table).join(', ')}.`;
      return [{ rule: 'imports' as const, file, message }];
    }
    if (!/\.tsx?$/.test(file)) {
      return file.endsWith('.md') ? sizeViolations(file, text) : [];
    }
    const program = parse(file, text);
    const imports = importsOf(program);
    graph.set(
      file,
      imports.flatMap(({ specifier }) =>
        specifier.startsWith('.') ? (resolve(sources, file, specifier) ?? []) : [],
      ),
    );
    return [
      ...importViolations(sources, file, imports),
      ...sizeViolations(file, text),
      ...exportViolations(file, program),
    ];
  });
  return [...found, ...cycleViolations(graph)].filter(
    ({ file, rule }) => !exceptions.some((exception) => exception.file === file && exception.rule === rule),
  );
}

/** Test media lie in __fixtures__; some of them are MPEG transport streams that end in .ts. */
function readSources(root: string): Sources {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((file) => !file.includes('__fixtures__/'));
  return new Map(
    files.map((file) => [file, /\.(tsx?|md)$/.test(file) ? readFileSync(path.join(root, file), 'utf8') : '']),
  );
}

const sources = readSources(import.meta.dirname);

describe('src/', () => {
  const violations = check(sources);
  const cases: readonly [title: string, rule: Rule][] = [
    ['keeps the import table', 'imports'],
    ['has no import cycles', 'cycle'],
    ['keeps the size limits', 'size'],
    ['has named exports, and one component in a file', 'exports'],
  ];
  it.each(cases)('%s', (_, rule) => {
    const broken = violations.filter((violation) => violation.rule === rule);
    expect(broken.map(({ file, message }) => `src/${file} ${message}`)).toEqual([]);
  });

  it('is read whole', () => {
    expect(sources.size).toBeGreaterThan(30);
    expect(sources.has('core/mask/rle.ts')).toBe(true);
  });

  it('has a reason for each exception, and each exception is needed', () => {
    expect(exceptions.filter(({ reason, file }) => reason.length < 20 || !sources.has(file))).toEqual([]);
  });
});

/** The checker must be able to fail: each line is one file that breaks one rule, or one that may stay. */
describe('the checker', () => {
  const files =
    'core/a.ts media/m.ts engine/e.ts engine/ort/session.ts export/x.ts state/store.ts app/use.ts ui/Panel.tsx ' +
    'workers/rpc/jobs.ts workers/cut/cutProtocol.ts workers/cut/cut.worker.ts workers/cut/cutClient.ts';
  const base = Object.fromEntries(files.split(' ').map((file) => [file, 'export const value = 1;']));
  const messages = (file: string, text: string): string[] =>
    check(new Map(Object.entries({ ...base, [file]: text }))).map(
      (violation) => `${violation.rule}: ${violation.file}`,
    );

  it.each([
    ['core/b.ts', "import { value } from '../state/store';"],
    ['core/b.ts', "import type { State } from 'zustand/vanilla';"],
    ['core/b.ts', "type State = import('../state/store').State;"],
    ['core/b.test.ts', "import { value } from '../state/store';"],
    ['media/b.ts', "export { value } from '../engine/e';"],
    ['engine/b.ts', "import { Tensor } from 'onnxruntime-web';"],
    ['engine/b.ts', "import type { Tensor } from 'onnxruntime-common';"],
    ['export/b.ts', "import type { M } from '../workers/cut/cutProtocol';"],
    ['workers/cut/cutClient.ts', "const m = await import('../../media/m');"],
    ['workers/cut/cutClient.ts', "import type { M } from '../dye/dyeProtocol';"],
    ['workers/cut/helper.ts', "import { value } from '../../engine/e';"],
    ['workers/cut/cutProtocol.ts', "import { value } from '../rpc/jobs';"],
    ['state/b.ts', "import { useStore } from 'zustand';"],
    ['state/b.ts', "import { value } from '../app/use';"],
    ['app/b.ts', "import { useState } from 'react';"],
    ['app/b.ts', "const url = new URL('../workers/cut/cut.worker.ts', import.meta.url);"],
    ['app/b.ts', "import { value } from '../media/m';"],
    ['ui/b.ts', "import { value } from '../workers/cut/cutClient';"],
    ['ui/b.ts', "import { value } from '../nowhere';"],
    ['utils/b.ts', 'export const value = 1;'],
  ])('finds a forbidden import in %s: %s', (file, text) => {
    expect(messages(file, text)).toEqual([`imports: ${file}`]);
  });

  it.each([
    ['core/b.ts', "import { value } from './a'; const text = \"import x from 'react'\"; // import 'react'"],
    ['core/b.test.ts', "import { it } from 'vitest'; import { readFile } from 'node:fs/promises';"],
    ['engine/ort/b.ts', "import { Tensor } from 'onnxruntime-web/wasm';"],
    ['workers/cut/cut.worker.ts', "import '../../media/m'; import '../../engine/e'; import '../rpc/jobs';"],
    ['workers/cut/cutClient.ts', "new Worker(new URL('./cut.worker.ts', import.meta.url));"],
    ['app/b.ts', "import { value } from '../workers/cut/cutClient';"],
    ['ui/Dialog.tsx', 'export type Props = {}; export function Dialog() { return <p />; }'],
    ['main.tsx', "import './ui/Panel'; import './workers/cut/cutClient'; import 'react-dom/client';"],
  ])('lets %s be: %s', (file, text) => {
    expect(messages(file, text)).toEqual([]);
  });

  it.each([
    ['cycle', 'core/a.ts', "import type { B } from './b'; export const value = 1;"],
    ['exports', 'core/c.ts', 'export default 3;'],
    ['exports', 'core/c.ts', "export * from './a';"],
    ['exports', 'ui/Two.tsx', 'export function One() { return <p />; } export const Two = () => <p />;'],
    ['size', 'core/c.ts', '\n'.repeat(401)],
    ['size', 'workers/cut/cut.worker.ts', '\n'.repeat(81)],
    ['size', 'workers/cut/cutProtocol.ts', '\n'.repeat(121)],
    ['size', 'core/README.md', '\n'.repeat(101)],
  ])('finds a broken %s rule in %s', (rule, file, text) => {
    const withB = { ...base, 'core/b.ts': "import { value } from './a';", [file]: text };
    const rules = check(new Map(Object.entries(withB))).map((violation) => violation.rule);
    expect(rules).toEqual([rule]);
  });
});
