/** Shows the browser's dialog for choosing files; where it can, the one that also tells where they lie. */
import type { InputFile, MaskflowApp } from '../../app/maskflowApp';
import { imageTypes, openPicker, videoTypes, type PickerKind } from './filePickers';

function extensions(types: string): `.${string}`[] {
  return types.split(',').filter((type): type is `.${string}` => type.startsWith('.'));
}

/** Null where the kind, or the browser, has none: then there is the file input. */
function dialogOf(kind: PickerKind): (() => Promise<FileSystemFileHandle[]>) | null {
  if (!('showOpenFilePicker' in globalThis) || (kind !== 'video' && kind !== 'images')) {
    return null;
  }
  const type: FilePickerAcceptType =
    kind === 'video'
      ? { description: 'Video or ZIP', accept: { 'video/*': extensions(videoTypes) } }
      : { description: 'Images', accept: { 'image/*': extensions(imageTypes) } };
  return () =>
    showOpenFilePicker({ id: `maskflow-${kind}`, types: [type], multiple: kind === 'images' } as const);
}

async function filesOf(handles: readonly FileSystemFileHandle[]): Promise<InputFile[]> {
  return await Promise.all(
    handles.map(async (handle) => {
      const file = await handle.getFile();
      return { file, path: file.name, handle };
    }),
  );
}

/** Opens what the user chooses. Must be called from a user gesture; `FilePickers` must be on the page. */
export function chooseFiles(app: Pick<MaskflowApp, 'openFiles'>, kind: PickerKind): void {
  const show = dialogOf(kind);
  if (!show) {
    openPicker(kind);
    return;
  }
  show()
    .then(filesOf)
    .then((files) => app.openFiles(files))
    .catch((error: unknown) => {
      // Closing the dialog without a choice is no trouble; anything else leaves the file input.
      if (!(error instanceof DOMException && error.name === 'AbortError')) {
        openPicker(kind);
      }
    });
}
