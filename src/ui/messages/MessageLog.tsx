/** What was told lately, to be read again after it has gone from the screen. */
import { Popover } from '@base-ui/react/popover';
import { Bell } from 'lucide-react';
import type { LoggedMessage } from '../../state/maskflowState';
import { useMaskflow } from '../hooks/useMaskflow';
import { messageText } from '../text/messageText';
import './messages.css';

const timeFormat = new Intl.DateTimeFormat('en', { timeStyle: 'short' });

export function MessageLog() {
  const log = useMaskflow((state) => state.messageLog);
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label={messageText.open} title={messageText.open}>
        <Bell aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-layer" align="end" sideOffset={4}>
          <Popover.Popup className="popup is-panel message-log">
            <Popover.Title className="popup-title">{messageText.log}</Popover.Title>
            {log.length === 0 ? <p className="muted">{messageText.none}</p> : null}
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolling by keyboard needs the focus */}
            <ol className="message-log-list" tabIndex={log.length > 0 ? 0 : undefined}>
              {log.toReversed().map((entry) => (
                <LogEntry key={entry.message.id} entry={entry} />
              ))}
            </ol>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function LogEntry({ entry: { message, atMs } }: { readonly entry: LoggedMessage }) {
  return (
    <li className={message.kind === 'error' ? 'is-error' : ''}>
      <time className="muted" dateTime={new Date(atMs).toISOString()}>
        {timeFormat.format(atMs)}
      </time>
      {message.kind === 'error' ? (
        <div>
          <p className="message-what">{message.message.what}</p>
          <p>{message.message.safe}</p>
          <p>{message.message.todo}</p>
        </div>
      ) : (
        <p>{message.text}</p>
      )}
    </li>
  );
}
