/** What the benchmark is given by the script that starts it. */

export type Tool = {
  readonly name: string;
  readonly version: string;
  /** In words, for the user who waits. */
  readonly size: string;
};

export type BenchHost = {
  /** The repository. */
  readonly root: string;
  /** Fetches a pinned package unless it is at hand; returns its folder. */
  readonly fetchTool: (tool: Tool) => Promise<string>;
  /** Puts the SAM pair in place; returns its folder. */
  readonly prepareModels: () => Promise<{ readonly folder: string }>;
  /** Puts Markdown into its section of docs/benchmarks.md. */
  readonly writeReport: (text: string) => Promise<void>;
};

/** A mistake on the command line or in the data, whose message says all: shown without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Progress, apart from the results on stdout. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
