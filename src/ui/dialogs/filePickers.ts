/** The ways to choose footage, and how to open each one's dialog from anywhere. */
import type { InputFile } from '../../app/maskflowApp';

export const videoTypes =
  'video/*,.mp4,.m4v,.mov,.mkv,.webm,.ts,.mts,.m2ts,.avi,.mpg,.mpeg,.wmv,.flv,.ogv,.zip,application/zip';
export const imageTypes = 'image/png,image/jpeg,.png,.jpg,.jpeg';

export type PickerKind = 'video' | 'images' | 'folder' | 'project';

export const pickers: readonly { kind: PickerKind; name: string; accept: string }[] = [
  { kind: 'video', name: 'Open video or ZIP', accept: videoTypes },
  { kind: 'images', name: 'Open images', accept: imageTypes },
  { kind: 'folder', name: 'Open folder', accept: '' },
  { kind: 'project', name: 'Open project file', accept: '.maskflow' },
];

/** Id of the file input that stands behind a picker. */
export function pickerId(kind: PickerKind): string {
  return `pick-${kind}`;
}

/** Shows the browser's own dialog. `FilePickers` must be on the page. */
export function openPicker(kind: PickerKind): void {
  document.getElementById(pickerId(kind))?.click();
}

/** The chosen files, each with its path inside the chosen folder. */
export function inputFiles(files: Iterable<File>): InputFile[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}
