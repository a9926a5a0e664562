/** The product's mark, and the names of the project and the footage that are open. */
import { useMaskflow } from '../hooks/useMaskflow';

export function FootageName() {
  const footageName = useMaskflow((state) => state.footage?.name ?? null);
  const projectName = useMaskflow((state) => state.project?.name ?? null);
  // Until it is given another name, a project has its footage's.
  const name = footageName && projectName && projectName !== footageName ? projectName : footageName;
  const title = name === footageName ? footageName : `${name}, footage ${footageName}`;
  return (
    <div className="brand">
      <svg className="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="1" y="1" width="22" height="22" rx="5" fill="var(--accent)" />
        <path d="M4 10c3-4 5 4 8 0s5 4 8 0v10H4z" fill="var(--accent-text)" />
      </svg>
      <div className="brand-words">
        <h1 className="brand-name">Maskflow</h1>
        <span className="brand-footage muted" title={title ?? undefined}>
          {name ?? 'Nothing open'}
        </span>
      </div>
    </div>
  );
}
