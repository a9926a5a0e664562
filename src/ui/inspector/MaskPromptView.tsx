/** The mask prompt before and after its preprocessing, side by side, on request. */
import { Collapsible } from '@base-ui/react/collapsible';
import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MaskPromptPictures } from '../../app/maskflowApp';
import type { ObjectId } from '../../core/base/ids';
import type { Rle } from '../../core/mask/rle';
import { useApp } from '../hooks/useMaskflow';
import { inspectorText } from '../text';
import { MaskPromptFigures } from './MaskPromptFigures';

type MaskPromptViewProps = {
  objectId: ObjectId;
  /** The mask that counts now; a new one makes new pictures. */
  rle: Rle;
};

export function MaskPromptView({ objectId, rle }: MaskPromptViewProps) {
  const app = useApp();
  const [isOpen, setOpen] = useState(false);
  const [pictures, setPictures] = useState<MaskPromptPictures | 'none' | 'loading'>('loading');
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    let isStale = false;
    function show(next: MaskPromptPictures | null): void {
      if (!isStale) {
        setPictures(next ?? 'none');
      }
    }
    app.previewMaskPrompt(objectId).then(show, () => show(null));
    return () => {
      isStale = true;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new mask makes new pictures
  }, [app, objectId, rle, isOpen]);
  return (
    <Collapsible.Root open={isOpen} onOpenChange={setOpen}>
      <Collapsible.Trigger className="button is-quiet disclosure">
        <ChevronRight aria-hidden="true" />
        Show before and after
      </Collapsible.Trigger>
      <Collapsible.Panel>
        {pictures === 'loading' ? <p className="muted">Preparing…</p> : null}
        {pictures === 'none' ? <p className="muted">{inspectorText.noPreview}</p> : null}
        {typeof pictures === 'object' ? <MaskPromptFigures pictures={pictures} /> : null}
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}
