/** A section of the inspector that opens and closes by its heading, and stays as the user left it. */
import { ChevronRight, Info } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { InfoTip } from '../shell/InfoTip';
import { inspectorSectionText } from '../text/viewText';
import { isSectionOpen, keepSection } from './closedSections';

type InspectorSectionProps = {
  /** Short and lasting: what the browser remembers the section by. */
  readonly id: string;
  readonly title: ReactNode;
  /** What the section is for, shown behind its heading. */
  readonly tip?: string;
  /** Left out: open. */
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
};

export function InspectorSection({ id, title, tip, isOpenAtFirst = true, children }: InspectorSectionProps) {
  const [isOpen, setOpen] = useState(() => isSectionOpen(id, isOpenAtFirst));
  function toggle(): void {
    keepSection(id, !isOpen);
    setOpen(!isOpen);
  }
  return (
    <section className="inspector-section" aria-labelledby={`${id}-title`}>
      <div className="section-head">
        <h2 id={`${id}-title`} className="panel-title">
          <button
            type="button"
            className="section-toggle"
            aria-expanded={isOpen}
            aria-controls={`${id}-contents`}
            onClick={toggle}
          >
            <ChevronRight aria-hidden="true" />
            <span className="clipped">{title}</span>
          </button>
        </h2>
        {tip ? (
          <InfoTip tip={tip}>
            <Info aria-hidden="true" />
            <span className="visually-hidden">{inspectorSectionText.about}</span>
          </InfoTip>
        ) : null}
      </div>
      {isOpen ? (
        <div id={`${id}-contents`} className="section-contents">
          {children}
        </div>
      ) : null}
    </section>
  );
}
