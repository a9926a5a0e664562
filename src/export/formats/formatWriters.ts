/** Which writer makes which format. */
import type { ExportFormatId } from '../../core/export/exportFormats';
import type { FormatWriter } from '../exportContext';
import { writeBinary } from './binary';
import { writeCoco } from './coco';
import { writeCutout } from './cutout';
import { writeDavis } from './davis';
import { writeFrames } from './frames';
import { writeNpz } from './npz';
import { writeOverlay } from './overlay';
import { writePalette } from './palette';
import { writeSoft } from './soft';
import { writeTiff } from './tiff';
import { writeAlphaVideo, writeOverlayVideo } from './video';
import { writeYolo } from './yolo';
import { writeYoutubeVos } from './youtubeVos';

export const formatWriters: Readonly<Record<ExportFormatId, FormatWriter>> = {
  palette: writePalette,
  binary: writeBinary,
  soft: writeSoft,
  cutout: writeCutout,
  overlay: writeOverlay,
  frames: writeFrames,
  coco: writeCoco,
  yolo: writeYolo,
  davis: writeDavis,
  youtubeVos: writeYoutubeVos,
  npz: writeNpz,
  tiff: writeTiff,
  overlayVideo: writeOverlayVideo,
  alphaVideo: writeAlphaVideo,
};

/** They make one file of all frames. */
export const wholeFormats: ReadonlySet<ExportFormatId> = new Set([
  'coco',
  'npz',
  'tiff',
  'overlayVideo',
  'alphaVideo',
]);
