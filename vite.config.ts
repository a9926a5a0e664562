import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

/** Cross-origin isolation: SharedArrayBuffer, and with it WASM threads, exist only behind these two headers. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * ort's default bundle carries its glue code inside; in a production worker its pthreads would then load *our* worker
 * chunk and hang. This condition selects the entry that loads the glue from a URL we give it.
 */
export const resolveConditions = [
  'onnxruntime-web-use-extern-wasm',
  'module',
  'browser',
  'development|production',
];

/** What the log of a project says that drew its masks; empty where package.json or the repository is not there. */
function buildFacts(): Record<string, string> {
  return {
    'import.meta.env.MASKFLOW_VERSION': JSON.stringify(
      process.env['npm_package_version'] ?? packageVersion(),
    ),
    'import.meta.env.MASKFLOW_COMMIT': JSON.stringify(commit()),
  };
}

/** Vite and Playwright both read this file, the one as a module and the other not: so the path is the working one. */
function packageVersion(): string {
  try {
    return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
  } catch {
    return '';
  }
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

/** The port is fixed because browsers keep stored data per origin, port included. */
export const PORT = 5317;

/**
 * Makes the app installable and usable offline. The app itself registers the service worker (app/projects/appUpdates.ts),
 * which waits with a new version until the user reloads. Cached answers keep the isolation headers they came with. The
 * graphs of the model are left out: the engine keeps them by their hash in a cache of its own.
 */
const offline = VitePWA({
  registerType: 'prompt',
  injectRegister: false,
  manifest: {
    name: 'Maskflow',
    short_name: 'Maskflow',
    description: 'Segment moving things in video, in your own browser. Nothing is uploaded.',
    display: 'standalone',
    start_url: '.',
    background_color: '#1c1d20',
    theme_color: '#1f2430',
    icons: [
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: 'icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
    ],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,mjs,css,svg,json,webmanifest}', 'assets/ort-wasm*.wasm', 'samples/*.mp4'],
    // ffmpeg is fetched only for footage that needs it, and the largest build of the runtime only by old browsers.
    // Descriptions of models on the shelf are large and asked for on one page.
    globIgnores: ['assets/ffmpeg-core*', 'assets/*asyncify*.wasm', 'models/*/manifest.json'],
    maximumFileSizeToCacheInBytes: 24 * 1024 * 1024,
    // Controls the page of the first visit, too, so that what is fetched there is kept.
    clientsClaim: true,
    cleanupOutdatedCaches: true,
    navigateFallback: 'index.html',
    runtimeCaching: [
      {
        urlPattern: ({ url }) => /\/assets\/(ffmpeg-core|ort-wasm)[^/]*\.(wasm|js|mjs)$/.test(url.pathname),
        handler: 'CacheFirst',
        options: { cacheName: 'maskflow-large', expiration: { maxEntries: 8 } },
      },
      {
        urlPattern: ({ url }) => /\/models\/[^/]+\/manifest\.json$/.test(url.pathname),
        handler: 'NetworkFirst',
        options: { cacheName: 'maskflow-manifests', expiration: { maxEntries: 16 } },
      },
    ],
  },
});

/**
 * The built app and the development server share an address: a service worker of the one would go on serving it in place
 * of the other. In development its script takes itself away.
 */
const notOffline: Plugin = {
  name: 'not-offline-in-development',
  apply: 'serve',
  configureServer: (server) => {
    server.middlewares.use('/sw.js', (_request, response) => {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(`self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', async () => {
  await self.registration.unregister();
  for (const client of await self.clients.matchAll()) client.navigate(client.url);
});`);
    });
  },
};

/**
 * `vite preview` compresses what it sends, which serves visitors over a network. Within one machine, compressing 50 MB of
 * weights and WASM for every visit takes longer than sending them as they are: `npm start`, the tests and the benchmarks
 * ask for that by this variable.
 */
const uncompressedPreview: Plugin = {
  name: 'uncompressed-preview',
  configurePreviewServer: (server) => {
    if (process.env['MASKFLOW_UNCOMPRESSED'] !== '1') {
      return;
    }
    server.middlewares.use((request, _response, next) => {
      delete request.headers['accept-encoding'];
      next();
    });
  },
};

export default defineConfig({
  plugins: [react(), offline, notOffline, uncompressedPreview],
  define: buildFacts(),
  resolve: { conditions: resolveConditions },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['onnxruntime-web', '@ffmpeg/ffmpeg', '@ffmpeg/core'] },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: { port: PORT, strictPort: true, headers: isolationHeaders },
  preview: { port: PORT, strictPort: true, headers: isolationHeaders },
});
