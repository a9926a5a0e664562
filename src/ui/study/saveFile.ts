/** Hands a file to the browser's downloads. */

/** Long enough for the browser to start reading the file it was told to download. */
const REVOKE_AFTER_MS = 60_000;

export function saveFile(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
}

/** `clip` for `clip.mp4`. */
export function stemOf(name: string): string {
  return name.replace(/\.[^.]+$/, '');
}
