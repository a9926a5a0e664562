/** An error in three parts: what happened, what is safe, what to do. It stays until it is dismissed. */
import { TriangleAlert, X } from 'lucide-react';
import type { UserMessage } from '../../core/base/errors';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { MessageWords } from './MessageWords';

type ErrorCardProps = { id: number; message: UserMessage };

export function ErrorCard({ id, message }: ErrorCardProps) {
  const dismiss = useMaskflow((state) => state.dismissMessage);
  return (
    <div className="message is-error">
      <TriangleAlert className="message-icon" aria-hidden="true" />
      <div className="message-words">
        <p className="message-what">
          <MessageWords text={message.what} />
        </p>
        <p>
          <MessageWords text={message.safe} />
        </p>
        <p>
          <MessageWords text={message.todo} />
        </p>
      </div>
      <IconButton label="Dismiss this error" onClick={() => dismiss(id)}>
        <X />
      </IconButton>
    </div>
  );
}
