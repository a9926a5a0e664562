/** Where ONNX Runtime puts the nodes of a graph, as its log tells when a session is made. */

export type NodePlacement = {
  /** Without WebGPU's or the processor's "ExecutionProvider". */
  readonly provider: string;
  /** Nodes that ONNX Runtime made of several have names of their own. */
  readonly nodes: readonly { readonly op: string; readonly name: string }[];
};

/** Calls made to the console; ONNX Runtime's WASM keeps the functions that it finds when it starts. */
export class ConsoleLines {
  #lines: string[] = [];

  /** From now on, and for good, console calls are kept here, not shown. */
  constructor() {
    for (const level of ['debug', 'log', 'info', 'warn', 'error'] as const) {
      console[level] = (...values: unknown[]) => this.#lines.push(values.join(' '));
    }
  }

  take(): string[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}

/** Of the log of one session at level `verbose`. */
export function nodePlacements(lines: readonly string[]): NodePlacement[] {
  const placements: { provider: string; nodes: { op: string; name: string }[] }[] = [];
  let isInside = false;
  for (const line of lines) {
    const head = /odes?(?:\(s\))? placed on \[(\w+?)(?:ExecutionProvider)?\]/.exec(line);
    if (head) {
      placements.push({ provider: head[1]!, nodes: [] });
      isInside = true;
      continue;
    }
    const node = isInside ? /\]\s+(?:\w+:)*\s*([\w.]+) \((.*)\)\s*$/.exec(line) : null;
    if (node) {
      placements.at(-1)!.nodes.push({ op: node[1]!, name: node[2]! });
    } else {
      isInside = false;
    }
  }
  return placements;
}
