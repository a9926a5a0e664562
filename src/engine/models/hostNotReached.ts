/** Why nothing came from a host, in the user's words: browsers only say that fetching failed. */

/** A clause. Browsers do not tell pages whether it was the network, a rule that blocks, or the server's own refusal. */
export function hostNotReached(host: string): string {
  return navigator.onLine === false
    ? `${host} could not be reached, since this device is offline`
    : `${host} could not be reached (this device may be offline, something may block that address, or the server may not let other pages read it)`;
}
