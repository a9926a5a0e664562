/** The ways to choose masks, and how to open each one's dialog from anywhere. */

/** Ids of the file inputs that stand behind. */
export const maskPickerIds = { files: 'pick-masks', folder: 'pick-mask-folder' } as const;

/** Shows the browser's own dialog. `ImportPickers` must be on the page. */
export function openMaskPicker(kind: keyof typeof maskPickerIds): void {
  document.getElementById(maskPickerIds[kind])?.click();
}
