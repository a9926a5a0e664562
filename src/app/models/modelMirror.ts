/** The folder of copies of the official files that a laboratory may have, kept between visits. */
import type { ModelId } from '../../core/models/shelf';

const KEY = 'maskflow.modelMirror';

export function keptMirror(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function keepMirror(address: string): void {
  try {
    localStorage.setItem(KEY, address);
  } catch {
    // Storage may be forbidden; the address then lasts until the page is reloaded.
  }
}

/** Whether a page may read files from this address. */
export function isMirrorAddress(address: string): boolean {
  return mirrorFolder(address) !== null;
}

/**
 * Where the mirror has a file: `<mirror>/<model id>/<file name>`, since official files of several models have the same
 * name. Null when the address is none that a page may read from.
 */
export function mirrorUrl(address: string, id: ModelId, fileName: string): string | null {
  const folder = mirrorFolder(address);
  return folder && new URL(`${encodeURIComponent(id)}/${encodeURIComponent(fileName)}`, folder).href;
}

function mirrorFolder(address: string): URL | null {
  const base = address.trim();
  if (!URL.canParse(base)) {
    return null;
  }
  const folder = new URL(base);
  folder.hash = '';
  folder.search = '';
  folder.pathname = folder.pathname.endsWith('/') ? folder.pathname : `${folder.pathname}/`;
  return folder.protocol === 'https:' || folder.protocol === 'http:' ? folder : null;
}
