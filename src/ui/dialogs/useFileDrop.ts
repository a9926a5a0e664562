/** Takes files and folders dropped anywhere on the window. */
import { useEffect, useState } from 'react';
import { useApp } from '../hooks/useMaskflow';
import type { MaskflowApp } from '../../app/maskflowApp';
import { droppedFiles } from './droppedFiles';
import { unreadableMessage } from './unreadableMessage';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

async function openDropped(app: MaskflowApp, transfer: DataTransfer): Promise<void> {
  const { files, unreadable } = await droppedFiles(transfer);
  if (unreadable.length > 0) {
    app.store.getState().showError(unreadableMessage(unreadable, files.length));
  }
  if (files.length > 0) {
    await app.dropFiles(files);
  }
}

/** Whether files are being dragged over the window. */
export function useFileDrop(): boolean {
  const app = useApp();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const listeners = new AbortController();
    const { signal } = listeners;
    function onDragOver(event: DragEvent): void {
      if (hasFiles(event)) {
        // Without this the browser would leave the page and show the file itself.
        event.preventDefault();
        setOver(true);
      }
    }
    function onDragLeave(event: DragEvent): void {
      if (event.relatedTarget === null) {
        setOver(false);
      }
    }
    function onDrop(event: DragEvent): void {
      if (event.dataTransfer && hasFiles(event)) {
        event.preventDefault();
        setOver(false);
        void openDropped(app, event.dataTransfer);
      }
    }
    addEventListener('dragover', onDragOver, { signal });
    addEventListener('dragleave', onDragLeave, { signal });
    addEventListener('drop', onDrop, { signal });
    return () => listeners.abort();
  }, [app]);
  return isOver;
}
