/** The folder of copies of the official files that a laboratory may have, kept between visits. */

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

/** Where the mirror has a file; null when the address is none that a page may read from. */
export function mirrorUrl(address: string, fileName: string): string | null {
  const base = address.trim();
  if (!URL.canParse(base)) {
    return null;
  }
  const folder = new URL(base.endsWith('/') ? base : `${base}/`);
  return folder.protocol === 'https:' || folder.protocol === 'http:'
    ? new URL(encodeURIComponent(fileName), folder).href
    : null;
}
