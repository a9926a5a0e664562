/** A checkpoint in the ZIP format of PyTorch 1.6 and later: data.pkl names tensors, data/N holds their numbers. */
import type { CheckpointIndex } from './checkpointIndex';
import { quoted, refuse } from './checkpointProblem';
import { readPickle } from './pickleReader';
import { torchGroups, torchMeaning, type TorchStorage } from './torchPickle';
import type { ZipEntry } from './zipDirectory';

/** The largest known description has some 300 kB. */
export const MAX_PICKLE_BYTES = 4_000_000;

/** The entries of a ZIP that say what is in the checkpoint. */
export type TorchZip = {
  /** Of every entry, with its `/`. */
  readonly folder: string;
  readonly pickle: ZipEntry;
  /** Says `little` or `big`; null in older files, which are little-endian. */
  readonly byteOrder: ZipEntry | null;
};

/** Throws a CheckpointProblem for a ZIP that is none. */
export function findTorchZip(entries: ReadonlyMap<string, ZipEntry>): TorchZip {
  const pickles = [...entries.values()].filter(({ name }) => /^[^/]+\/data\.pkl$|^data\.pkl$/.test(name));
  const pickle = pickles[0];
  if (!pickle || pickles.length > 1) {
    refuse('it is a ZIP, but no checkpoint of PyTorch');
  }
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  if (entries.has(`${folder}constants.pkl`)) {
    refuse('it is a TorchScript program and no plain checkpoint');
  }
  if (pickle.sizeBytes > MAX_PICKLE_BYTES) {
    refuse(`its description would have ${pickle.sizeBytes} bytes`);
  }
  const byteOrder = entries.get(`${folder}byteorder`) ?? null;
  if (byteOrder && byteOrder.sizeBytes > 16) {
    refuse('its byte order is damaged');
  }
  return { folder, pickle, byteOrder };
}

/** Throws a CheckpointProblem unless `text`, of the entry `byteorder`, is one that is read here. */
export function checkByteOrder(text: string): void {
  if (text !== 'little') {
    refuse(`its numbers are stored in the byte order ${quoted(text)}, which is not read here`);
  }
}

/** The tensors that `pickle`, the bytes of data.pkl, names. Throws a CheckpointProblem. */
export function torchZipIndex(
  pickle: Uint8Array,
  folder: string,
  entries: ReadonlyMap<string, ZipEntry>,
): CheckpointIndex {
  const { value, end } = readPickle(pickle, torchMeaning);
  if (end !== pickle.length) {
    refuse('there are bytes behind the end of its description');
  }
  const groups = torchGroups(value, ({ key, sizeBytes }: TorchStorage) => {
    const entry = entries.get(`${folder}data/${key}`);
    if (!entry) {
      refuse(`the numbers ${quoted(key)} are missing in it`);
    }
    if (entry.sizeBytes !== sizeBytes) {
      refuse(`the numbers ${quoted(key)} have ${entry.sizeBytes} bytes instead of ${sizeBytes}`);
    }
    return { kind: 'zipEntry', entry };
  });
  if (groups.size === 0) {
    refuse('no tensor is named in it');
  }
  return { container: 'pytorch', groups };
}
