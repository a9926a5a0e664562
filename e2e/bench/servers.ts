/** Builds and serves the app and the page of the baselines, each with the headers that WASM threads need. */
import { join } from 'node:path';
import { build, preview, type InlineConfig, type PreviewServer } from 'vite';

export type Servers = {
  readonly appUrl: string;
  readonly baselinesUrl: string;
  close(): Promise<void>;
};

/** Ports of their own, so that a running app does not get in the way. */
const APP_PORT = 5371;
const BASELINES_PORT = 5372;
const DECODING_PORT = 5373;

/** Everything but the folders is as in vite.config.ts. */
function configOf(root: string, folder: string, outDir: string, publicDir: string): InlineConfig {
  return {
    root: folder,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    publicDir,
    build: { outDir, emptyOutDir: true },
  };
}

async function buildAndServe(
  config: InlineConfig,
  port: number,
): Promise<{ url: string; server: PreviewServer }> {
  // Whatever loaded this file may have set it to development, and Vite would then build React's slow variant.
  process.env['NODE_ENV'] = 'production';
  // As `npm start` serves it.
  process.env['MASKFLOW_UNCOMPRESSED'] = '1';
  await build(config);
  const server = await preview({ ...config, preview: { port, strictPort: false, open: false } });
  const url = server.resolvedUrls?.local[0];
  if (!url) {
    throw new Error(`The server of ${config.root} has no address.`);
  }
  return { url, server };
}

async function closeServer(server: PreviewServer): Promise<void> {
  (server.httpServer as { closeAllConnections?: () => void }).closeAllConnections?.();
  await server.close();
}

function outFolderOf(root: string): string {
  return join(root, '.cache', 'bench');
}

function startApp(root: string): ReturnType<typeof buildAndServe> {
  return buildAndServe(configOf(root, root, join(outFolderOf(root), 'app'), join(root, 'public')), APP_PORT);
}

/** The app alone. `root` is the repository. */
export async function startAppServer(root: string): Promise<Omit<Servers, 'baselinesUrl'>> {
  const { url, server } = await startApp(root);
  return { appUrl: url, close: () => closeServer(server) };
}

/** The page is no app: it needs neither React nor a service worker. */
function decodingConfig(root: string): InlineConfig {
  return {
    root: join(root, 'e2e', 'bench', 'editor', 'page'),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { outDir: join(outFolderOf(root), 'decoding'), emptyOutDir: true, target: 'es2023' },
  };
}

/** The app, and the page of the editor's baseline that decodes. `root` is the repository. */
export async function startEditorServers(
  root: string,
): Promise<Omit<Servers, 'baselinesUrl'> & { decodingUrl: string }> {
  const app = await startApp(root);
  try {
    const decoding = await buildAndServe(decodingConfig(root), DECODING_PORT);
    return {
      appUrl: app.url,
      decodingUrl: decoding.url,
      close: async () => {
        await closeServer(app.server);
        await closeServer(decoding.server);
      },
    };
  } catch (error) {
    await closeServer(app.server);
    throw error;
  }
}

/** @param root the repository */
export async function startServers(root: string): Promise<Servers> {
  const outFolder = outFolderOf(root);
  const app = await startApp(root);
  try {
    const page = join(root, 'e2e', 'bench', 'page');
    const baselines = await buildAndServe(
      configOf(root, page, join(outFolder, 'baselines'), join(root, 'public', 'models')),
      BASELINES_PORT,
    );
    return {
      appUrl: app.url,
      baselinesUrl: baselines.url,
      close: async () => {
        await closeServer(app.server);
        await closeServer(baselines.server);
      },
    };
  } catch (error) {
    await closeServer(app.server);
    throw error;
  }
}
