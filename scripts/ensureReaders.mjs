// Tries to get the independent readers that check exports: Pillow, NumPy, tifffile, OpenCV, pycocotools, ffmpeg. Tests
// that lack one are skipped, so nothing here fails.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { bestPython, hasProgram, READERS, VENV, VENV_PYTHON } from './readers/python.mjs';
import { runCommand } from './runCommand.mjs';

const PIP_PACKAGES = ['numpy', 'pillow', 'tifffile', 'opencv-python-headless', 'pycocotools'];
const DEBIAN_PACKAGES = [
  'python3-numpy',
  'python3-pil',
  'python3-tifffile',
  'python3-opencv',
  'python3-pycocotools',
];

function missing() {
  const { readers } = bestPython();
  return Object.keys(READERS).filter((name) => !readers.includes(name));
}

/** Into a folder of the repository, so that nothing of the system changes. */
async function installByPip() {
  if (!existsSync(VENV_PYTHON)) {
    mkdirSync(dirname(VENV), { recursive: true });
    if ((await runCommand('python3', ['-m', 'venv', VENV])) !== 0) {
      return;
    }
  }
  const options = ['--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '20'];
  await runCommand(VENV_PYTHON, ['-m', 'pip', 'install', ...options, ...PIP_PACKAGES]);
}

async function installByApt(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if ((await runCommand('apt-get', ['update'], { env })) === 0) {
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
  }
}

function mayInstallDebianPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** Says in one line what there is and what is not. */
export async function ensureReaders() {
  if (missing().length > 0) {
    console.log(`Getting what reads exports back (${missing().join(', ')}) ...`);
    await installByPip();
  }
  const isReaderMissing = missing().length > 0;
  const isFfmpegMissing = !hasProgram('ffprobe') || !hasProgram('ffmpeg');
  if ((isReaderMissing || isFfmpegMissing) && mayInstallDebianPackages()) {
    await installByApt([...(isReaderMissing ? DEBIAN_PACKAGES : []), ...(isFfmpegMissing ? ['ffmpeg'] : [])]);
  }
  const { python, readers } = bestPython();
  const without = [
    ...Object.keys(READERS).filter((name) => !readers.includes(name)),
    ...['ffmpeg', 'ffprobe'].filter((name) => !hasProgram(name)),
  ];
  console.log(
    `Readers of exports: ${python} with ${readers.join(', ') || 'none'}${
      without.length > 0 ? `; without ${without.join(', ')}, so their tests are skipped` : ''
    }`,
  );
}

if (process.argv[1]?.endsWith('ensureReaders.mjs')) {
  await ensureReaders();
}
