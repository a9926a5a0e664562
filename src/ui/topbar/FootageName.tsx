/** The product's mark and the name of what is open. */
import { useMaskflow } from '../hooks/useMaskflow';

export function FootageName() {
  const name = useMaskflow((state) => state.footage?.name ?? null);
  return (
    <div className="brand">
      <svg className="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="1" y="1" width="22" height="22" rx="5" fill="var(--accent)" />
        <path d="M4 10c3-4 5 4 8 0s5 4 8 0v10H4z" fill="var(--accent-text)" />
      </svg>
      <div className="brand-words">
        <h1 className="brand-name">Maskflow</h1>
        <span className="brand-footage muted" title={name ?? undefined}>
          {name ?? 'Nothing open'}
        </span>
      </div>
    </div>
  );
}
