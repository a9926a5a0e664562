/** How busy programs other than the benchmark keep the processor: figures are worth little while they do. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Share of one core, in the mean of a repetition, up to which it counts as undisturbed. */
export const QUIET_CORES = 0.15;

const TICKS_PER_SEC = 100;
const SAMPLE_MS = 1000;
const WATCH_MS = 6000;

/** Busy ticks of all cores since the start of the system, time taken by other guests of the host included. */
function busyTicks(): number {
  const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
    .split('\n')[0]!
    .split(/\s+/)
    .map(Number);
  return [user, nice, system, irq, softirq, steal].reduce<number>((sum, ticks) => sum + (ticks ?? 0), 0);
}

/** `ticks` are its own and those of its children that have ended. */
type ProcessTimes = { readonly parent: number; readonly ticks: number };

function allProcesses(): Map<number, ProcessTimes> {
  const found = new Map<number, ProcessTimes>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The command's name comes in parentheses and may hold spaces.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
      const times = fields.slice(11, 15).map(Number);
      found.set(Number(name), {
        parent: Number(fields[1]),
        ticks: times.reduce((sum, part) => sum + part, 0),
      });
    } catch {
      // It has ended meanwhile.
    }
  }
  return found;
}

/** Ticks of this process and all its descendants, of those too that have ended. */
function ownTicks(): number {
  const processes = allProcesses();
  const isOwn = (pid: number): boolean => {
    const parent = processes.get(pid)?.parent;
    return pid === process.pid || (parent !== undefined && parent !== 0 && isOwn(parent));
  };
  return [...processes].reduce((sum, [pid, { ticks }]) => sum + (isOwn(pid) ? ticks : 0), 0);
}

/** Samples once a second; on systems without /proc it knows nothing. */
export class OtherPrograms {
  #busy = 0;
  #own = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #otherTicks = 0;
  #sinceMs = performance.now();

  constructor() {
    if (process.platform === 'linux') {
      this.#sample();
      this.#otherTicks = 0;
      this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Mean number of cores that others kept busy since the last call; null when that cannot be known. */
  takeCores(): number | null {
    if (!this.#timer) {
      return null;
    }
    this.#sample();
    const now = performance.now();
    const cores = this.#otherTicks / TICKS_PER_SEC / ((now - this.#sinceMs) / 1000);
    this.#otherTicks = 0;
    this.#sinceMs = now;
    return Math.max(0, cores);
  }

  /** Waits until others are quiet for a few seconds, but not beyond `endMs` of `Date.now()`. */
  async waitForQuiet(endMs: number): Promise<void> {
    this.takeCores();
    for (let hasSaid = false; Date.now() < endMs;) {
      await sleep(WATCH_MS);
      const cores = this.takeCores();
      if (cores === null || cores <= QUIET_CORES) {
        return;
      }
      if (!hasSaid) {
        console.log(`Other programs keep ${cores.toFixed(2)} cores busy; waiting for a quiet moment ...`);
        hasSaid = true;
      }
    }
  }

  #sample(): void {
    const busy = busyTicks();
    const own = ownTicks();
    this.#otherTicks += busy - this.#busy - (own - this.#own);
    this.#busy = busy;
    this.#own = own;
  }
}
