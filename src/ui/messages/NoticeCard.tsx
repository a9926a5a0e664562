/** A short notice that goes by itself after a while. */
import { Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { MessageWords } from './MessageWords';

/** Long enough to read two sentences twice. */
const shownMs = 12_000;

type NoticeCardProps = { id: number; text: string };

export function NoticeCard({ id, text }: NoticeCardProps) {
  const dismiss = useMaskflow((state) => state.dismissMessage);
  useEffect(() => {
    const timer = setTimeout(() => dismiss(id), shownMs);
    return () => clearTimeout(timer);
  }, [dismiss, id]);
  return (
    <div className="message">
      <Info className="message-icon" aria-hidden="true" />
      <p className="message-words">
        <span>
          <MessageWords text={text} />
        </span>
      </p>
      <IconButton label="Dismiss this notice" onClick={() => dismiss(id)}>
        <X />
      </IconButton>
    </div>
  );
}
