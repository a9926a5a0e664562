/** How much memory the browser's pages take, their workers included, while something goes on. */
import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_MS = 500;
const MEGABYTE_KB = 1024;

/** Resident megabytes of all renderer processes that this process started; null where /proc does not tell. */
export function rendererMegabytes(): number | null {
  if (process.platform !== 'linux') {
    return null;
  }
  let total = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (command.includes('--type=renderer') && isOwn(Number(pid))) {
        const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
        total += Number(kilobytes ?? 0) / MEGABYTE_KB;
      }
    } catch {
      // It has ended meanwhile.
    }
  }
  return total;
}

function isOwn(pid: number): boolean {
  for (let at = pid; at > 1;) {
    if (at === process.pid) {
      return true;
    }
    const stat = readFileSync(`/proc/${at}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    at = Number(stat[1]);
  }
  return false;
}

/** Samples while `work` runs. */
export async function sampledMemory<T>(work: () => Promise<T>): Promise<{ result: T; megabytes: number[] }> {
  const megabytes: number[] = [];
  const timer = setInterval(() => {
    const now = rendererMegabytes();
    if (now !== null) {
      megabytes.push(now);
    }
  }, SAMPLE_MS);
  try {
    return { result: await work(), megabytes };
  } finally {
    clearInterval(timer);
  }
}
