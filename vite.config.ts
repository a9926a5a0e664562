import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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

/** The port is fixed because browsers keep stored data per origin, port included. */
export const PORT = 5317;

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: resolveConditions },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['onnxruntime-web', '@ffmpeg/ffmpeg', '@ffmpeg/core'] },
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: { port: PORT, strictPort: true, headers: isolationHeaders },
  preview: { port: PORT, strictPort: true, headers: isolationHeaders },
});
