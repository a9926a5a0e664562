/** The words of the export dialog. */
import type { FormatGroup } from '../../core/export/exportFormats';

export const exportDialogText = {
  menu: 'Other formats…',
  title: 'Export',
  noFormat: 'Choose at least one format.',
  noLabel: 'Choose at least one label.',
  noMask: 'No chosen label has a mask between these frames.',
  wrongRange: 'The first frame must not lie after the last.',
  always:
    'Always with it: frames.csv (number, time and SHA-256 of each frame), labels.json, export.json (the formats and their options), provenance.json (how the masks were made), and maskflow_check.py, which proves that masks and frames line up and reads everything into NumPy (it needs Python with NumPy, and Pillow or OpenCV).',
  noEncoder: {
    overlayVideo: 'This browser has no encoder for MP4 or WebM video of this size.',
    alphaVideo: 'This browser has no encoder that keeps transparency at this size.',
    mp4: 'MP4: this browser has no encoder for it at this size',
    webm: 'WebM: this browser has no encoder for it at this size',
  },
  otherContainer: {
    mp4: 'This browser has no encoder for MP4 video of this size. Choose WebM for the overlay video.',
    webm: 'This browser has no encoder for WebM video of this size. Choose MP4 for the overlay video.',
  },
  asking: 'Asking the browser what it can encode…',
  bigTiff:
    'Written as BigTIFF, since it may pass 4 GB: napari, tifffile and Bio-Formats read it, plain ImageJ does not.',
  isolated: 'Left out, since they are not part of any result:',
  unchosen: 'Left out and written as background:',
  voidNote: 'Void pixels are 255 in label maps and crowd regions in COCO; the other formats leave them out.',
  wide: 'More than 254 labels: label maps have 16 bits, and void pixels are 65535.',
} as const;

export const groupText: Record<FormatGroup, string> = {
  pictures: 'Pictures',
  datasets: 'Data sets',
  arrays: 'Arrays and stacks',
  videos: 'Videos',
};

/** `about 340 MB`; one digit is enough for a guess. */
export function sizeText(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = Math.max(bytes / 1000, 1);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = 10 ** Math.floor(Math.log10(value));
  return `about ${(Math.round((value / digits) * 2) / 2) * digits} ${units[unit]}`;
}

/** `3, 5-9`; a long list ends in how many more there are. */
export function frameList(frames: readonly number[], most = 6): string {
  const runs: [number, number][] = [];
  for (const frame of frames) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === frame) {
      last[1] = frame;
    } else {
      runs.push([frame, frame]);
    }
  }
  const shown = runs.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
  const rest = runs.slice(most).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
