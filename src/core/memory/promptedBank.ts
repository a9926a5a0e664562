/** Which remembered frames of one object SAM 2 looks at on a frame: memory maps, their temporal rows, object pointers. */

/** 1: forward through the clip; -1: backward. */
export type Direction = 1 | -1;

export type BankLimits = {
  /**
   * Rows of the learned temporal embedding (`num_maskmem`, 7): the last one belongs to conditioning frames, row k - 1
   * to frames tracked k frames ago.
   */
  readonly temporalRows: number;
  /** Most maps that one read takes in. */
  readonly maxMaps: number;
  /** Tracked frames lend their pointers up to this distance less one (`max_object_pointers_in_encoder`, 16). */
  readonly pointerReach: number;
  /** Most pointers that one read takes in. */
  readonly maxPointers: number;
};

/** What is remembered of one object. A frame that is in both lists counts as conditioning. */
export type RememberedFrames = {
  /** Frames on which the user said what is true. */
  readonly conditioning: readonly number[];
  readonly tracked: readonly number[];
};

export type MapChoice = {
  readonly frameIndex: number;
  readonly isConditioning: boolean;
  /** Of the temporal embedding. */
  readonly row: number;
};

export type PointerChoice = {
  readonly frameIndex: number;
  readonly isConditioning: boolean;
  /** Frames since then, in running order. */
  readonly distance: number;
};

export type MemoryChoice = {
  readonly maps: readonly MapChoice[];
  readonly pointers: readonly PointerChoice[];
};

/**
 * What `frameIndex` reads; never itself. Maps: all conditioning frames, before and behind, then the frames tracked 6 to
 * 1 frames ago, where they are known. Pointers: the conditioning frames passed, nearest first, then the frames tracked 1
 * to 15 frames ago. Where conditioning frames do not all fit beside the tracked maps, `closestConditioning` chooses; one
 * always fits. Pointers beyond `maxPointers` are left out, the farthest tracked ones first, down to half of the places.
 * Source: facebookresearch/sam2, sam2/modeling/sam2_base.py, `_prepare_memory_conditioned_features`.
 */
export function chooseMemory(
  { conditioning, tracked }: RememberedFrames,
  frameIndex: number,
  direction: Direction,
  limits: BankLimits,
): MemoryChoice {
  const given = [...new Set(conditioning)].filter((frame) => frame !== frameIndex);
  const others = new Set(tracked.filter((frame) => !given.includes(frame)));
  const trackedAgo = (distance: number): number[] => {
    const frame = frameIndex - direction * distance;
    return others.has(frame) ? [frame] : [];
  };
  const recent = range(limits.temporalRows - 1)
    .toReversed()
    .flatMap((distance) => trackedAgo(distance))
    .slice(-Math.max(0, limits.maxMaps - 1));
  const room = Math.max(1, limits.maxMaps - recent.length);
  const distanceTo = (frame: number): number => (frameIndex - frame) * direction;
  const maps = [
    ...closestConditioning(given, frameIndex, direction, room).map((frame) => ({
      frameIndex: frame,
      isConditioning: true,
      row: limits.temporalRows - 1,
    })),
    ...recent.map((frame) => ({
      frameIndex: frame,
      isConditioning: false,
      row: distanceTo(frame) - 1,
    })),
  ];
  const passed = given
    .filter((frame) => distanceTo(frame) > 0)
    .toSorted((a, b) => distanceTo(a) - distanceTo(b));
  const lately = range(limits.pointerReach - 1).flatMap((distance) => trackedAgo(distance));
  const places = limits.maxPointers - Math.min(lately.length, Math.floor(limits.maxPointers / 2));
  const pointers = [
    ...passed.slice(0, places).map((frame) => ({ frameIndex: frame, isConditioning: true })),
    ...lately.map((frame) => ({ frameIndex: frame, isConditioning: false })),
  ]
    .slice(0, limits.maxPointers)
    .map((pointer) => ({ ...pointer, distance: distanceTo(pointer.frameIndex) }));
  return { maps, pointers };
}

/**
 * At most `limit` conditioning frames, ascending: the closest one passed, the closest one ahead, then the nearest (the
 * passed one of two that are equally near).
 * Source: facebookresearch/sam2, sam2/modeling/sam2_utils.py, `select_closest_cond_frames`.
 */
export function closestConditioning(
  conditioning: readonly number[],
  frameIndex: number,
  direction: Direction,
  limit: number,
): number[] {
  if (conditioning.length <= limit) {
    return conditioning.toSorted((a, b) => a - b);
  }
  const ahead = (frame: number): number => (frame - frameIndex) * direction;
  const nearest = conditioning.toSorted(
    (a, b) => Math.abs(ahead(a)) - Math.abs(ahead(b)) || ahead(a) - ahead(b),
  );
  const first = [nearest.find((frame) => ahead(frame) < 0), nearest.find((frame) => ahead(frame) >= 0)];
  return [...new Set([...first, ...nearest])]
    .filter((frame) => frame !== undefined)
    .slice(0, limit)
    .toSorted((a, b) => a - b);
}

/** What of a tracked frame the frames after `lastFrame`, in running order, can still read. */
export function stillReadable(
  trackedFrame: number,
  lastFrame: number,
  direction: Direction,
  { temporalRows, pointerReach }: BankLimits,
): { readonly map: boolean; readonly pointer: boolean } {
  const distance = (lastFrame - trackedFrame) * direction + 1;
  return { map: distance < temporalRows, pointer: distance < pointerReach };
}

/** 1, 2, ..., count. */
function range(count: number): number[] {
  return Array.from({ length: Math.max(0, count) }, (_, index) => index + 1);
}
