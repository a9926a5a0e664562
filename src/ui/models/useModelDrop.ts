/** Takes a file dropped anywhere on the window, before anything else does. */
import { useEffect, useEffectEvent, useState } from 'react';

/** `onFile` hears of the first file. Returns whether files are being dragged over the window. */
export function useModelDrop(onFile: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent(onFile);
  useEffect(() => {
    const listeners = new AbortController();
    // Before the window's own listeners, which would open the file as footage.
    const options = { signal: listeners.signal, capture: true };
    function claim(event: DragEvent): boolean {
      const hasFiles = event.dataTransfer?.types.includes('Files') ?? false;
      if (hasFiles) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      return hasFiles;
    }
    function onDragOver(event: DragEvent): void {
      if (claim(event)) {
        setOver(true);
      }
    }
    function onDragLeave(event: DragEvent): void {
      if (event.relatedTarget === null) {
        setOver(false);
      }
    }
    function onDrop(event: DragEvent): void {
      if (claim(event)) {
        setOver(false);
        const [file] = event.dataTransfer?.files ?? [];
        if (file) {
          take(file);
        }
      }
    }
    addEventListener('dragover', onDragOver, options);
    addEventListener('dragleave', onDragLeave, options);
    addEventListener('drop', onDrop, options);
    return () => listeners.abort();
  }, []);
  return isOver;
}
