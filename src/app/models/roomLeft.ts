/** How much the browser would still store. */

/** Bytes; null where it does not say. */
export async function roomLeft(): Promise<number | null> {
  try {
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return quota > 0 ? Math.max(0, quota - usage) : null;
  } catch {
    return null;
  }
}
