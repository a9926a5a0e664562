/** The stack of messages over the lower right of the canvas. */
import './messages.css';
import { useMaskflow } from '../hooks/useMaskflow';
import { RestoredCard } from '../projects/RestoredCard';
import { SaveBanner } from '../projects/SaveBanner';
import { UpdateCard } from '../projects/UpdateCard';
import { ErrorCard } from './ErrorCard';
import { NoticeCard } from './NoticeCard';

export function Messages() {
  const messages = useMaskflow((state) => state.messages);
  return (
    <div className="messages">
      <SaveBanner />
      <UpdateCard />
      <RestoredCard />
      <div aria-live="polite" className="message-list">
        {messages.map((entry) =>
          entry.kind === 'notice' ? <NoticeCard key={entry.id} id={entry.id} text={entry.text} /> : null,
        )}
      </div>
      <div role="alert" className="message-list">
        {messages.map((entry) =>
          entry.kind === 'error' ? <ErrorCard key={entry.id} id={entry.id} message={entry.message} /> : null,
        )}
      </div>
    </div>
  );
}
