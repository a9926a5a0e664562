/** Sets of runs that belong together, as a forest: each run names its parent, a root itself. */

/** The root of `run`'s set; halves the way to it. Join two sets by making one root the parent of the other. */
export function rootOf(parent: { [run: number]: number }, run: number): number {
  let root = run;
  while (parent[root] !== root) {
    const next = parent[parent[root]!]!;
    parent[root] = next;
    root = next;
  }
  return root;
}
