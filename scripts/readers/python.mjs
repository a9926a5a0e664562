// The Python that reads exports back in the tests, and which independent readers it has.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../runCommand.mjs';

/** Where ensureReaders.mjs puts what it installs by pip. */
export const VENV = join(ROOT, 'node_modules', '.cache', 'maskflow-readers', 'venv');
export const VENV_PYTHON = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/** Import names, and what to call them. */
export const READERS = {
  numpy: 'NumPy',
  PIL: 'Pillow',
  tifffile: 'tifffile',
  cv2: 'OpenCV',
  pycocotools: 'pycocotools',
};

const PROBE = `
import importlib, json
found = []
for name in ${JSON.stringify(Object.keys(READERS))}:
    try:
        importlib.import_module(name)
        found.append(name)
    except Exception:
        pass
print(json.dumps(found))
`;

/** @returns {string[]} readers that a Python has; empty without that Python */
export function readersOf(python) {
  const run = spawnSync(python, ['-c', PROBE], { encoding: 'utf8', timeout: 60_000 });
  try {
    return run.status === 0 ? JSON.parse(run.stdout) : [];
  } catch {
    return [];
  }
}

/**
 * Of the Pythons there are, the one with the most readers.
 * @returns {{ python: string, readers: string[] }}
 */
export function bestPython() {
  const candidates = [VENV_PYTHON, 'python3', '/usr/bin/python3', 'python'].filter(
    (path) => !path.includes('/') || existsSync(path),
  );
  return candidates
    .map((python) => ({ python, readers: readersOf(python) }))
    .reduce((best, one) => (one.readers.length > best.readers.length ? one : best), {
      python: 'python3',
      readers: [],
    });
}

/** Whether a program such as ffprobe can be run. */
export function hasProgram(name) {
  return spawnSync(name, ['-version'], { stdio: 'ignore' }).status === 0;
}
