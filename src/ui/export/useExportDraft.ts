/** What is chosen in the export dialog so far. */
import { useState } from 'react';
import type { ObjectId } from '../../core/base/ids';
import type { ExportFormatId, FormatChoice } from '../../core/export/exportFormats';
import type { ExportOrder, ExportTarget } from '../../core/export/exportOrder';
import { useMaskflow } from '../hooks/useMaskflow';
import { keepFormats, keptFormats } from './keptFormats';

export type ExportDraft = {
  readonly order: ExportOrder;
  setTarget(target: ExportTarget): void;
  setFrames(frames: { readonly fromFrame: number; readonly toFrame: number }): void;
  toggleLabel(objectId: ObjectId): void;
  toggleFormat(id: ExportFormatId): void;
  setOption(id: ExportFormatId, key: string, value: string): void;
};

const first: readonly FormatChoice[] = [{ id: 'palette', options: {} }];

/** Begins with the in and out points, all labels, and the formats of last time. */
export function useExportDraft(): ExportDraft {
  const range = useMaskflow((state) => state.range);
  const labels = useMaskflow((state) => state.labels);
  const [order, setOrder] = useState<ExportOrder>(() => {
    const kept = keptFormats();
    return {
      target: 'zip',
      formats: kept.length > 0 ? kept : first,
      objectIds: labels
        .filter(({ role }) => role === 'object' || role === 'void')
        .map(({ objectId }) => objectId),
      fromFrame: range.inFrame,
      toFrame: range.outFrame,
    };
  });
  const change = (part: Partial<ExportOrder>): void => setOrder((before) => ({ ...before, ...part }));
  const setFormats = (formats: readonly FormatChoice[]): void => {
    keepFormats(formats);
    change({ formats });
  };
  return {
    order,
    setTarget: (target) => change({ target }),
    setFrames: (frames) => change(frames),
    toggleLabel: (objectId) =>
      change({
        objectIds: order.objectIds.includes(objectId)
          ? order.objectIds.filter((chosen) => chosen !== objectId)
          : [...order.objectIds, objectId],
      }),
    toggleFormat: (id) =>
      setFormats(
        order.formats.some((choice) => choice.id === id)
          ? order.formats.filter((choice) => choice.id !== id)
          : [...order.formats, { id, options: {} }],
      ),
    setOption: (id, key, value) =>
      setFormats(
        order.formats.map((choice) =>
          choice.id === id ? { id, options: { ...choice.options, [key]: value } } : choice,
        ),
      ),
  };
}
