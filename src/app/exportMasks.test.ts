/** Mask exports go on without provenance.json where it cannot be made, and a closed picker leaves nothing behind. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ExportRequest } from '../core/export/maskSequence';
import type { MaskflowStore } from '../state/store';
import { maskOf, nextTurn, one, ready } from './__fixtures__/appFixtures';
import { MaskExport } from './exportMasks';
import type { ExportService } from './services';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Takes what is exported to a folder. */
function exporter() {
  const requests: ExportRequest[] = [];
  const service = {
    exportToFolder: async (request: ExportRequest) => {
      requests.push(request);
      return 'clip-masks';
    },
  } as unknown as ExportService;
  return { requests, service };
}

function withMask() {
  const store = ready();
  store.getState().setFrameMasks('propagated', 2, [[one, maskOf(3)]]);
  return store;
}

function told(store: MaskflowStore): string[] {
  return store
    .getState()
    .messages.map((message) =>
      message.kind === 'notice' ? `notice ${message.text}` : `error ${message.message.what}`,
    );
}

describe('MaskExport', () => {
  it('hands on provenance.json', async () => {
    const store = withMask();
    const { requests, service } = exporter();
    vi.stubGlobal('showDirectoryPicker', async () => ({ name: 'results' }));
    await new MaskExport(store, service, async () => '{}').start('folder');
    expect(requests.map(({ texts }) => texts)).toEqual([[{ name: 'provenance.json', text: '{}' }]]);
    expect(told(store)).toEqual(['notice Wrote 10 label maps into results/clip-masks.']);
  });

  it('exports masks without provenance.json when it cannot be made, and says so', async () => {
    const store = withMask();
    const { requests, service } = exporter();
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    vi.stubGlobal('showDirectoryPicker', async () => ({ name: 'results' }));
    const failing = (): Promise<string> => Promise.reject(new Error('chunk not found'));
    await new MaskExport(store, service, failing).start('folder');
    expect(requests.map(({ texts }) => texts)).toEqual([undefined]);
    expect(told(store)).toEqual([
      'notice Wrote 10 label maps into results/clip-masks. It lacks provenance.json, which could not be made.',
    ]);
    expect(warn).toHaveBeenCalledOnce();
  });

  it('leaves no failure unhandled when the picker is closed', async () => {
    const store = withMask();
    const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
    vi.stubGlobal('showDirectoryPicker', () => Promise.reject(new DOMException('closed', 'AbortError')));
    const failing = (): Promise<string> => Promise.reject(new Error('chunk not found'));
    await new MaskExport(store, exporter().service, failing).start('folder');
    await nextTurn();
    expect(warn).toHaveBeenCalledOnce();
    expect(told(store)).toEqual([]);
  });
});
