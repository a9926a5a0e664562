/** The files of exported measurements, written piece by piece. */
import { cancelledError } from '../../core/base/errors';
import { columnsText } from '../../core/measure/columnsText';
import { flowProfiles } from '../../core/measure/flowProfile';
import type { FrameToMeasure } from '../../core/measure/frameMeasurement';
import { eventsCsv, tidyCsv, wideCsv } from '../../core/measure/measureCsv';
import { partitionOfFrame } from '../../core/measure/measureFrame';
import { profileRows, profilesHeader } from '../../core/measure/profilesCsv';
import type { ZipProgress, ZipRequest } from './measureProtocol';

type Pieces = AsyncIterable<Uint8Array<ArrayBuffer>>;

export type FilesOptions = {
  readonly getFrame: (frameIndex: number) => Promise<FrameToMeasure>;
  readonly onProgress: (progress: ZipProgress) => void;
  readonly signal: AbortSignal;
};

/** `profiles.csv` is there only where frames with profiles are asked for. Throws `cancelled` once the signal aborts. */
export async function* measurementFiles(
  request: ZipRequest,
  options: FilesOptions,
): AsyncGenerator<{ readonly name: string; readonly bytes: Pieces }, void, void> {
  const { measurements, calibration, footage, profileFrames } = request;
  const { signal } = options;
  const text = columnsText(measurements.table, calibration, footage);
  yield { name: 'README.txt', bytes: encoded([text], signal) };
  yield { name: 'measurements.csv', bytes: encoded(tidyCsv(measurements.table), signal) };
  yield { name: 'measurements-wide.csv', bytes: encoded(wideCsv(measurements.table), signal) };
  yield { name: 'events.csv', bytes: encoded(eventsCsv(measurements, calibration, footage), signal) };
  if (profileFrames.length > 0) {
    yield { name: 'profiles.csv', bytes: encoded(profilesOf(request, options), signal) };
  }
}

async function* profilesOf(
  { measurements, calibration, footage, profileFrames }: ZipRequest,
  { getFrame, onProgress }: FilesOptions,
): AsyncGenerator<string, void, void> {
  const { labels } = measurements.table;
  yield profilesHeader(calibration);
  for (const [done, { frameIndex, timeSec }] of profileFrames.entries()) {
    const frame = await getFrame(frameIndex);
    const ids = frame.masks.map(({ objectId }) => objectId);
    const profiles = flowProfiles(partitionOfFrame(frame), ids).filter(({ objectId }) =>
      labels.some((label) => label.objectId === objectId),
    );
    yield profileRows({ frameIndex, timeSec, profiles }, { labels, calibration, size: footage });
    onProgress({ done: done + 1, total: profileFrames.length });
  }
}

async function* encoded(parts: Iterable<string> | AsyncIterable<string>, signal: AbortSignal): Pieces {
  const encoder = new TextEncoder();
  for await (const part of parts) {
    if (signal.aborted) {
      throw cancelledError();
    }
    yield encoder.encode(part);
  }
}
