/** Keys that bring masks in. */
import { openMaskPicker } from '../../import/maskPickers';
import { importText } from '../../text/importText';
import type { Shortcut } from '../shortcut';

export const importShortcuts = [
  {
    id: 'importMasks',
    keys: ['$mod+i'],
    description: 'Import mask files',
    group: 'Application',
    run: ({ store }) => {
      const { footage, showNotice } = store.getState();
      if (footage) {
        openMaskPicker('files');
      } else {
        showNotice(importText.noFootage);
      }
    },
  },
] as const satisfies readonly Shortcut[];
