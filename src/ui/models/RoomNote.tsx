/** The room that a download and the weights made of it need, and the room that there is. */
import { useMaskflow } from '../hooks/useMaskflow';
import { bytesText } from '../../core/base/numberText';
import type { ModelId } from '../../core/models/shelf';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

type RoomNoteProps = { id: ModelId; fileBytes: number; weightBytes: number };

export function RoomNote({ id, fileBytes, weightBytes }: RoomNoteProps) {
  const roomBytes = useMaskflow((state) => state.roomBytes);
  const needed = fileBytes + weightBytes;
  const keptBytes = useMaskflow(
    ({ partialDownloads }) => partialDownloads.find((part) => part.id === id)?.sizeBytes ?? 0,
  );
  const isTight = roomBytes !== null && roomBytes < needed - Math.min(keptBytes, fileBytes);
  const words = filled(modelsText.roomNeeded, {
    needed: bytesText(needed),
    after: bytesText(weightBytes),
  });
  return (
    <p className={isTight ? 'is-bad' : 'muted model-note'}>
      {words}
      {keptBytes === 0 ? '' : ` ${filled(modelsText.roomKept, { kept: bytesText(keptBytes) })}`}
      {roomBytes === null ? '' : ` ${filled(modelsText.roomThere, { room: bytesText(roomBytes) })}`}
    </p>
  );
}
