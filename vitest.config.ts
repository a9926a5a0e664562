import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumArgs, findChromium } from './scripts/findChromium.mjs';
import { isolationHeaders, resolveConditions } from './vite.config';

/** SwiftShader answers as a WebGPU adapter on machines without a graphics card; `default` asks the machine's own. */
const webgpuArgs = [
  '--enable-unsafe-webgpu',
  `--use-webgpu-adapter=${process.env['MASKFLOW_WEBGPU_ADAPTER'] ?? 'swiftshader'}`,
  '--enable-features=Vulkan',
  '--disable-gpu-watchdog',
];

/** Bundled before the tests start: a package found in mid-run would be bundled with a second copy of React. */
const interfacePackages = [
  'react',
  'react-dom',
  'react-dom/client',
  'react/jsx-runtime',
  'react/jsx-dev-runtime',
  ...[
    'alert-dialog',
    'collapsible',
    'dialog',
    'menu',
    'popover',
    'progress',
    'switch',
    'toolbar',
    'tooltip',
  ].map((part) => `@base-ui/react/${part}`),
  'axe-core',
  'konva',
  'lucide-react',
  'react-konva',
  'tinykeys',
  'uplot',
  'zustand',
  'zustand/react/shallow',
  'zustand/vanilla',
];

const otherPackages = [
  '@zip.js/zip.js',
  'client-zip',
  'comlink',
  'fast-check',
  'fast-png',
  'fflate',
  'hash-wasm',
  'idb',
  'mediabunny',
  'valibot',
  'zundo',
];

function browserProject(name: string, include: string[], extraArgs: string[] = []) {
  return {
    // A sibling of vite.config.ts inherits nothing from it, so what workers need is repeated here.
    resolve: { conditions: resolveConditions },
    worker: { format: 'es' as const },
    optimizeDeps: {
      exclude: ['onnxruntime-web', '@ffmpeg/ffmpeg', '@ffmpeg/core'],
      include: [...interfacePackages, ...otherPackages],
    },
    // Reference outputs beside the repository, where there are any.
    server: { headers: isolationHeaders, fs: { allow: ['.', '../shared/parity'] } },
    test: {
      name,
      include,
      testTimeout: 120_000,
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath: findChromium() ?? undefined,
            args: [...chromiumArgs, ...extraArgs],
          },
        }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Vitest would leave one core idle; on two that is half of the machine.
          maxWorkers: availableParallelism(),
          // Some tests run the whole propagation engine on a small film; machines that test may be slow and shared.
          testTimeout: 60_000,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.{mjs,ts}'],
          exclude: ['**/*.browser.test.ts', '**/*.webgpu.test.ts'],
        },
      },
      browserProject('browser', ['src/**/*.browser.test.{ts,tsx}']),
      browserProject('webgpu', ['src/**/*.webgpu.test.ts'], webgpuArgs),
    ],
  },
});
