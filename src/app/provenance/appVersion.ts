/** Which Maskflow this is, as far as the build knew. */

/** Version of the package; `development` where nothing was built. */
export const appVersion: string = import.meta.env.MASKFLOW_VERSION || 'development';

/** Commit the app was built from, shortened; null when the build did not know it. */
export const appCommit: string | null = import.meta.env.MASKFLOW_COMMIT || null;
