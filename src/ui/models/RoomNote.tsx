/** The room that a download and the weights made of it need, and the room that there is. */
import { useMaskflow } from '../hooks/useMaskflow';
import { bytesText } from '../../core/base/numberText';
import { modelsText } from '../text/modelsText';
import { filled } from '../text/projectText';

type RoomNoteProps = { fileBytes: number; weightBytes: number };

export function RoomNote({ fileBytes, weightBytes }: RoomNoteProps) {
  const roomBytes = useMaskflow((state) => state.roomBytes);
  const needed = fileBytes + weightBytes;
  const isTight = roomBytes !== null && roomBytes < needed;
  const words = filled(modelsText.roomNeeded, {
    needed: bytesText(needed),
    after: bytesText(weightBytes),
  });
  return (
    <p className={isTight ? 'is-bad' : 'muted model-note'}>
      {words}
      {roomBytes === null ? '' : ` ${filled(modelsText.roomThere, { room: bytesText(roomBytes) })}`}
    </p>
  );
}
