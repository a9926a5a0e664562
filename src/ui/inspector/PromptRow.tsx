/** One prompt in the list: what it is, whose, where; to be selected or deleted. */
import { CircleMinus, CirclePlus, CircleSlash, Grid2x2, Square, X } from 'lucide-react';
import type { Prompt } from '../../core/prompt/prompt';
import { useMaskflow } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { promptWords } from './promptText';

type PromptRowProps = { prompt: Prompt };

function PromptIcon({ prompt }: PromptRowProps) {
  switch (prompt.kind) {
    case 'point':
      return prompt.label === 1 ? <CirclePlus aria-hidden="true" /> : <CircleMinus aria-hidden="true" />;
    case 'sharedPoint':
      return <CircleSlash aria-hidden="true" />;
    case 'box':
      return <Square aria-hidden="true" />;
    case 'mask':
      return <Grid2x2 aria-hidden="true" />;
  }
}

export function PromptRow({ prompt }: PromptRowProps) {
  const owner = useMaskflow((state) =>
    prompt.kind === 'sharedPoint'
      ? null
      : (state.labels.find((label) => label.objectId === prompt.objectId) ?? null),
  );
  const isSelected = useMaskflow((state) => state.selectedPromptId === prompt.id);
  const selectPrompt = useMaskflow((state) => state.selectPrompt);
  const deletePrompt = useMaskflow((state) => state.deletePrompt);
  const { kind, place } = promptWords(prompt);
  const ownerName = owner?.name ?? 'every label';
  return (
    <li className={`prompt-row ${isSelected ? 'is-selected' : ''}`}>
      <button
        type="button"
        className="row-button prompt-select"
        aria-pressed={isSelected}
        title={`${kind} · ${ownerName}`}
        onClick={() => selectPrompt(isSelected ? null : prompt.id)}
      >
        <span className="swatch" style={{ background: owner?.colour ?? 'var(--text-muted)' }} />
        <PromptIcon prompt={prompt} />
        <span className="prompt-words">
          <span className="clipped">
            {kind} <span className="muted">· {ownerName}</span>
          </span>
          <span className="muted">{place}</span>
        </span>
      </button>
      <IconButton
        label={`Delete ${kind.toLowerCase()} of ${ownerName}`}
        onClick={() => deletePrompt(prompt.id)}
      >
        <X />
      </IconButton>
    </li>
  );
}
