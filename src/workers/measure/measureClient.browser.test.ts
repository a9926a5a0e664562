/** The measure worker in a real browser: values, pictures over a port, and files in a ZIP. */
import { expose } from 'comlink';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { newFootageId, objectId } from '../../core/base/ids';
import { encodeRle, type Rle } from '../../core/mask/rle';
import { buildTable } from '../../core/measure/buildTable';
import { plainCalibration } from '../../core/measure/calibration';
import type { FrameToMeasure } from '../../core/measure/frameMeasurement';
import type { FrameTask } from '../../core/measure/frameSequence';
import type { MeasureGroup } from '../../core/measure/quantities';
import type { FramePixelsService } from '../footage/footageProtocol';
import { MeasureClient } from './measureClient';
import type { ZipRequest } from './measureProtocol';

const size = { width: 16, height: 10 };
const footageId = newFootageId();
const client = new MeasureClient();
const ports: MessagePort[] = [];

/** The columns from x0 to x1 (exclusive). */
function columns(x0: number, x1: number): Rle {
  const data = Uint8Array.from({ length: size.width * size.height }, (_, pixel) => {
    const x = pixel % size.width;
    return x >= x0 && x < x1 ? 1 : 0;
  });
  return encodeRle({ ...size, data });
}

function frame(x0: number): FrameToMeasure {
  const masks = [columns(x0, x0 + 4), columns(x0 + 4, x0 + 6)];
  return {
    ...size,
    masks: masks.map((rle, index) => ({ objectId: objectId(index + 1), rle, layer: 0 })),
    excluded: null,
  };
}

function tasks(groups: readonly MeasureGroup[]): FrameTask[] {
  return [0, 1].map((frameIndex) => ({
    frameIndex,
    frame: frame(2 + frameIndex),
    groups: new Set(groups),
    isLinked: frameIndex > 0,
  }));
}

/** Frame f has red x, green f and blue 100. */
const pictures: FramePixelsService = {
  getPixels: async (_, frameIndex) => {
    const data = new Uint8ClampedArray(size.width * size.height * 4);
    for (let pixel = 0; pixel < size.width * size.height; pixel += 1) {
      data.set([pixel % size.width, frameIndex, 100, 255], pixel * 4);
    }
    return { ...size, data };
  },
};

function connectPictures(service: FramePixelsService): void {
  client.connectFrames((port) => {
    ports.push(port);
    expose(service, port);
  });
}

afterEach(() => {
  ports.splice(0).forEach((port) => port.close());
});

afterAll(() => client[Symbol.dispose]());

describe('MeasureClient', () => {
  it('measures without pictures, and compares pieces with those before', async () => {
    const [first, second] = await client.measure(footageId, tasks(['shape', 'pairs']));
    expect(first!.measurement?.labels.map(({ values }) => values.area)).toEqual([40, 20]);
    expect(first!.links).toBeNull();
    // Each label goes on as itself: 3 and 1 columns of ten are shared.
    expect([...second!.links!]).toEqual([0, 0, 30, 1, 1, 10]);
    expect(second!.measurement?.pairs[0]?.values.contactLength).toBeCloseTo(10, 9);
  });

  it('reads the colours of the frame that it measures', async () => {
    connectPictures(pictures);
    const results = await client.measure(footageId, tasks(['colour']));
    const colours = results.map(({ measurement }) => measurement?.labels[0]?.values);
    expect(colours[0]).toMatchObject({ red: 3.5, green: 0, blue: 100 });
    expect(colours[1]).toMatchObject({ red: 4.5, green: 1, blue: 100 });
  });

  it('tells what the pictures failed by, and goes on with others', async () => {
    connectPictures({ getPixels: () => Promise.reject(new Error('broken picture')) });
    await expect(client.measure(footageId, tasks(['colour']))).rejects.toThrow('broken picture');
    connectPictures(pictures);
    const [first] = await client.measure(footageId, tasks(['colour']));
    expect(first?.measurement?.labels[0]?.values.blue).toBe(100);
  });

  it('says so when the footage is gone while it reads', async () => {
    connectPictures({ getPixels: () => new Promise(() => undefined) });
    const waiting = client.measure(footageId, tasks(['colour']));
    setTimeout(() => client.disconnectFrames(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('the ZIP', () => {
  async function request(): Promise<ZipRequest> {
    const results = await client.measure(footageId, tasks(['shape', 'flow']));
    const labels = [1, 2].map((id) => ({ objectId: objectId(id), name: `dye ${id}`, colour: '#e69f00' }));
    const table = buildTable({
      fromFrame: 0,
      measurements: results.map(({ measurement }) => measurement!),
      frameTable: { timestampsSec: Float64Array.of(0, 0.5), lastDurationSec: 0.5 },
      size,
      calibration: plainCalibration,
      labels,
      statuses: labels.map((label) => ({
        objectId: label.objectId,
        status: ['annotated' as const, 'propagated' as const],
        confidence: Float64Array.of(NaN, 0.5),
      })),
      quantities: ['area', 'upperEdgeMean'],
    });
    return {
      measurements: { table, events: [] },
      calibration: plainCalibration,
      footage: { ...size, name: 'clip.mp4', frameCount: 2 },
      profileFrames: [
        { frameIndex: 0, timeSec: 0 },
        { frameIndex: 1, timeSec: 0.5 },
      ],
    };
  }

  it('holds every file', async () => {
    const progress: number[] = [];
    const blob = await client.zip(await request(), (frameIndex) => frame(2 + frameIndex), {
      onProgress: ({ done }) => progress.push(done),
    });
    const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    const text = (name: string): string => new TextDecoder().decode(files[name]);
    expect(Object.keys(files)).toEqual([
      'README.txt',
      'measurements.csv',
      'measurements-wide.csv',
      'events.csv',
      'profiles.csv',
    ]);
    expect(text('measurements.csv').split('\r\n')[1]).toBe('0,0,dye 1,,area,40,px^2,,,annotated,');
    expect(text('measurements-wide.csv').trim().split('\r\n')).toHaveLength(3);
    expect(text('profiles.csv').trim().split('\r\n')).toHaveLength(1 + 2 * 2 * size.width);
    expect(text('README.txt')).toContain('clip.mp4');
    expect(progress).toEqual([1, 2]);
  });

  it('is given up when it is cancelled', async () => {
    const controller = new AbortController();
    const zip = client.zip(
      await request(),
      (frameIndex) => {
        controller.abort();
        return frame(2 + frameIndex);
      },
      { signal: controller.signal },
    );
    await expect(zip).rejects.toMatchObject({ code: 'cancelled' });
  });
});
