/** The formats that were chosen last, kept between visits. */
import { exportFormatIds, type FormatChoice } from '../../core/export/exportFormats';

const storageKey = 'maskflow.exportFormats';

function isChoice(value: unknown): value is FormatChoice {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('options' in value)) {
    return false;
  }
  const { id, options } = value;
  return (
    exportFormatIds.some((known) => known === id) &&
    typeof options === 'object' &&
    options !== null &&
    Object.values(options).every((option) => typeof option === 'string')
  );
}

/** The choices in a stored text; what is none is left out. */
export function parseFormats(json: string | null): FormatChoice[] {
  try {
    const value: unknown = JSON.parse(json ?? '[]');
    return Array.isArray(value) ? value.filter(isChoice) : [];
  } catch {
    return [];
  }
}

export function keptFormats(): FormatChoice[] {
  try {
    return parseFormats(localStorage.getItem(storageKey));
  } catch {
    return [];
  }
}

export function keepFormats(formats: readonly FormatChoice[]): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(formats));
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}
