/** What is told over the canvas: one card, one notice and one error at a time, in a corner free of prompts. */
import './messages.css';
import { useRef } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { CutShortCard } from '../projects/CutShortCard';
import { RestoredCard } from '../projects/RestoredCard';
import { SaveBanner } from '../projects/SaveBanner';
import { UpdateCard } from '../projects/UpdateCard';
import { ErrorCard } from './ErrorCard';
import { NoticeCard } from './NoticeCard';
import { useFreeCorner } from './useFreeCorner';

export function Messages() {
  const messages = useMaskflow((state) => state.messages);
  const boxRef = useRef<HTMLDivElement>(null);
  useFreeCorner(boxRef);
  return (
    <div className="messages" ref={boxRef}>
      {/* The first of them is shown; the others wait. */}
      <div className="message-list is-queue">
        <SaveBanner />
        <CutShortCard />
        <UpdateCard />
        <RestoredCard />
      </div>
      <div aria-live="polite" className="message-list is-newest">
        {messages.map((entry) =>
          entry.kind === 'notice' ? <NoticeCard key={entry.id} id={entry.id} text={entry.text} /> : null,
        )}
      </div>
      <div role="alert" className="message-list is-newest">
        {messages.map((entry) =>
          entry.kind === 'error' ? <ErrorCard key={entry.id} id={entry.id} message={entry.message} /> : null,
        )}
      </div>
    </div>
  );
}
