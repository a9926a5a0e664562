/** A light line on a dark one, to be seen on any picture. */

type HaloLineProps = { readonly d: string; readonly dash?: string };

export function HaloLine({ d, dash }: HaloLineProps) {
  return (
    <>
      <path className="measure-halo" d={d} />
      <path className="measure-line" d={d} strokeDasharray={dash} />
    </>
  );
}
