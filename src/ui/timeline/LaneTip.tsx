/** What the mask under the pointer is, and how sure: at the pointer, while it is over a lane. */
import { useImperativeHandle, useState, type Ref } from 'react';
import { isRegionRole, type Label } from '../../core/label/label';
import { maskAt, type MaskTrack } from '../../core/track/maskTrack';
import { regionFrameAt } from '../../core/track/regions';
import { useMaskflow } from '../hooks/useMaskflow';
import { eventWords } from '../measure/eventWords';
import { maskWords } from '../review/maskWords';
import { laneHeightPx } from './paintLanes';

export type LanePointer = {
  readonly frame: number;
  /** Px below the top of the first lane; negative above it. */
  readonly laneY: number;
  readonly clientX: number;
  readonly clientY: number;
};

/** Told by whoever sees the pointer move, which need not render for it. */
export type LaneTipHandle = { show(pointer: LanePointer | null): void };

type LaneTipProps = { readonly ref: Ref<LaneTipHandle> };

function words({ role }: Label, track: MaskTrack | undefined, frame: number): string {
  if (!isRegionRole(role)) {
    return maskWords(maskAt(track, frame));
  }
  const painted = regionFrameAt(track, frame);
  return painted === null ? 'not painted' : painted === frame ? 'painted' : `holds from frame ${painted}`;
}

export function LaneTip({ ref }: LaneTipProps) {
  const [pointer, setPointer] = useState<LanePointer | null>(null);
  useImperativeHandle(ref, () => ({ show: setPointer }), []);
  return pointer ? <LaneWords pointer={pointer} /> : null;
}

function LaneWords({ pointer }: { readonly pointer: LanePointer }) {
  const { frame, laneY, clientX, clientY } = pointer;
  const label = useMaskflow((state) => state.labels[Math.floor(laneY / laneHeightPx)]);
  const track = useMaskflow((state) => (label ? state.tracks.get(label.objectId) : undefined));
  const measurements = useMaskflow((state) => state.measurements);
  if (!label) {
    return null;
  }
  const events = (measurements?.events ?? []).filter(
    ({ objectId, frameIndex }) => objectId === label.objectId && frameIndex === frame,
  );
  // Towards the middle of the window, where there is room for it.
  const shift = clientX > innerWidth / 2 ? '-100%' : '0';
  return (
    <div
      className="tooltip lane-tip"
      aria-hidden="true"
      style={{ left: clientX, top: clientY - 12, transform: `translate(${shift}, -100%)` }}
    >
      <strong>{label.name}</strong>, frame {frame}: {words(label, track, frame)}
      {events.map((event, place) => (
        <div key={place}>{eventWords(event, measurements?.table.labels ?? [])}</div>
      ))}
    </div>
  );
}
