/** The choice of provider, and what the user is told about it. */
import { describe, expect, it } from 'vitest';
import { chooseProvider } from './executionProvider';

function gpuThatGives(adapter: unknown): GPU {
  return {
    requestAdapter: async () => {
      if (adapter instanceof Error) {
        throw adapter;
      }
      return adapter;
    },
  } as unknown as GPU;
}

const adapter = { info: { description: '', vendor: 'acme', architecture: 'roadrunner' } };
const isolated = { isCrossOriginIsolated: true, hardwareConcurrency: 4 };

describe('chooseProvider', () => {
  it('takes WebGPU when an adapter answers', async () => {
    const choice = await chooseProvider({ ...isolated, gpu: gpuThatGives(adapter) });
    expect(choice).toMatchObject({
      provider: 'webgpu',
      adapterName: 'acme roadrunner',
      fallbackReason: null,
    });
  });

  it('takes WASM without WebGPU, without an adapter, when asking throws, and when told to', async () => {
    for (const gpu of [null, gpuThatGives(null), gpuThatGives(new Error('no'))]) {
      const choice = await chooseProvider({ ...isolated, gpu }, 'webgpu');
      expect(choice).toMatchObject({ provider: 'wasm', threads: 4 });
      expect(choice.fallbackReason).toMatch(/processor/);
    }
    const forced = await chooseProvider({ ...isolated, gpu: gpuThatGives(adapter) }, 'wasm');
    expect(forced.provider).toBe('wasm');
  });

  it('uses one thread where the page is not isolated, and says so; else all cores up to eight', async () => {
    const single = await chooseProvider({ ...isolated, isCrossOriginIsolated: false, gpu: null });
    expect(single.threads).toBe(1);
    expect(single.fallbackReason).toMatch(/COOP/);
    const many = await chooseProvider({ ...isolated, hardwareConcurrency: 64, gpu: null });
    expect(many.threads).toBe(8);
  });
});
