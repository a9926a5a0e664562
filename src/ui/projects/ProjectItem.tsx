/** One project in the list: what it is, how large, and what can be done with it. */
import { Copy, Film, Pencil, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProjectSummary } from '../../app/projects/projectsApp';
import { bytesText, counted } from '../../core/base/numberText';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { IconButton } from '../shell/IconButton';
import { projectText } from '../text/projectText';
import { ageText } from './projectWords';

type ProjectItemProps = {
  readonly project: ProjectSummary;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
  readonly onDuplicate: () => void;
  readonly onRemove: () => void;
};

export function ProjectItem({ project, onOpen, onRename, onDuplicate, onRemove }: ProjectItemProps) {
  const isCurrent = useMaskflow((state) => state.project?.id === project.id);
  const [isRenaming, setRenaming] = useState(false);
  const [nowMs] = useState(() => Date.now());
  const { name, footageName, maskCount, annotatedFrames, maskBytes, footageBytes, savedAtMs } = project;
  function rename(typed: string): void {
    setRenaming(false);
    if (typed.trim() && typed.trim() !== name) {
      onRename(typed.trim());
    }
  }
  return (
    <li className="project-item">
      <Thumbnail picture={project.thumbnail} />
      <div className="project-words">
        {isRenaming ? (
          <NameField name={name} onDone={rename} />
        ) : (
          <p className="project-name">
            {name}
            {isCurrent ? <span className="project-open-mark">{projectText.isOpen}</span> : null}
          </p>
        )}
        <p className="muted">{footageName}</p>
        <p className="muted">
          {maskCount === 0
            ? projectText.noMasks
            : `${counted(maskCount, 'mask')}, ${counted(annotatedFrames, 'annotated frame')}`}
          ; saved {ageText(savedAtMs, nowMs)}
        </p>
        <p className="muted">
          {bytesText(maskBytes)} of masks
          {footageBytes > 0 ? `, ${bytesText(footageBytes)} of footage` : ''}
        </p>
      </div>
      <div className="project-actions">
        <Button
          aria-label={`Open ${name}`}
          disabledReason={isCurrent ? 'It is open already.' : null}
          onClick={onOpen}
        >
          Open
        </Button>
        <IconButton label={`Rename ${name}`} onClick={() => setRenaming(true)}>
          <Pencil />
        </IconButton>
        <IconButton label={`Duplicate ${name}`} onClick={onDuplicate}>
          <Copy />
        </IconButton>
        <IconButton label={`Delete ${name}`} onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
    </li>
  );
}

function NameField({ name, onDone }: { name: string; onDone: (typed: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <input
      ref={field}
      className="field"
      aria-label={`New name of ${name}`}
      defaultValue={name}
      onBlur={(event) => onDone(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.currentTarget.blur();
        } else if (event.key === 'Escape') {
          // The dialog around it stays open.
          event.stopPropagation();
          onDone(name);
        }
      }}
    />
  );
}

function Thumbnail({ picture }: { picture: Blob | null }) {
  const show = useCallback(
    (image: HTMLImageElement) => {
      const url = picture ? URL.createObjectURL(picture) : '';
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [picture],
  );
  return (
    <div className="project-picture">{picture ? <img ref={show} alt="" /> : <Film aria-hidden="true" />}</div>
  );
}
