/** export.json: what an export holds and where. README.md beside this file has the format. */
import { exportFormat, optionValue } from '../core/export/exportFormats';
import type { ExportRequest } from '../core/export/maskSequence';
import type { PlacedFormat } from './exportContext';

export const EXPORT_JSON_VERSION = 1;

export function exportJson(
  { footageName, width, height, frames }: ExportRequest,
  formats: readonly PlacedFormat[],
) {
  return {
    format: 'maskflow-export',
    version: EXPORT_JSON_VERSION,
    footage: { name: footageName, width, height },
    frameCount: frames.length,
    contents: formats.map(({ choice, folder }) => {
      const { id, extension, path, group, options } = exportFormat(choice.id);
      const isFile = /\.\w+$/.test(path);
      const video = `${path}.${options.some(({ key }) => key === 'container') ? optionValue(choice, 'container') : extension}`;
      return {
        format: id,
        /** Folder (with `/` at its end; empty for the root) or file. */
        path: isFile ? path : group === 'videos' ? video : folder,
        options: Object.fromEntries(options.map(({ key }) => [key, optionValue(choice, key)])),
      };
    }),
  };
}
