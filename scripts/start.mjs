// `npm start`: from a clean clone to the running app. Imports nothing that has to be installed.
import { spawn } from 'node:child_process';
import { ensureBuild } from './ensureBuild.mjs';
import { ensureInstalled } from './ensureInstalled.mjs';
import { nodeProblem, ROOT } from './runCommand.mjs';

/** The same as PORT in vite.config.ts, which cannot be imported before the packages are installed. */
const URL_OF_APP = 'http://localhost:5317/';

/** @returns {Promise<'free' | 'maskflow' | 'other'>} who answers at our address */
async function whoAnswers() {
  try {
    const response = await fetch(URL_OF_APP, { signal: AbortSignal.timeout(5000) });
    return (await response.text()).includes('<title>Maskflow</title>') ? 'maskflow' : 'other';
  } catch (error) {
    return error.cause?.code === 'ECONNREFUSED' || hasOnlyRefusals(error.cause) ? 'free' : 'other';
  }
}

/** `localhost` may stand for two addresses; then the error holds one for each. */
function hasOnlyRefusals(cause) {
  return (
    cause?.errors?.length > 0 &&
    cause.errors.every((error) => error.code !== undefined && /ECONNREFUSED|EADDRNOTAVAIL/.test(error.code))
  );
}

/** Opens the user's browser; without one, nothing happens: the address is printed anyway. */
function openBrowser() {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', URL_OF_APP]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', URL_OF_APP]
        : ['xdg-open', URL_OF_APP];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

async function serve() {
  // The browser is on this machine (vite.config.ts).
  process.env.MASKFLOW_UNCOMPRESSED = '1';
  const { preview } = await import('vite');
  const server = await preview({ root: ROOT, logLevel: 'warn', preview: { open: false } });
  let isClosing = false;
  const close = () => {
    if (!isClosing) {
      isClosing = true;
      console.log('\nMaskflow has stopped.');
      server.httpServer.closeAllConnections?.();
      void server.close().finally(() => process.exit(0));
    }
  };
  process.on('SIGINT', close);
  process.on('SIGTERM', close);
}

async function start() {
  const problem = nodeProblem(process.versions.node);
  if (problem) {
    throw new Error(problem);
  }
  await ensureInstalled();
  const { prepareModels } = await import('./prepareModels.mjs');
  await prepareModels();
  await ensureBuild();
  const answer = await whoAnswers();
  if (answer === 'other') {
    throw new Error(
      `Port 5317 is taken by another program. Close it, then run "npm start" again. (The port is fixed because browsers tie caches and permissions to the address.)`,
    );
  }
  if (answer === 'maskflow') {
    console.log(`Maskflow is already running at ${URL_OF_APP}`);
  } else {
    await serve();
    console.log(`Maskflow is running at ${URL_OF_APP}  (Ctrl+C stops it)`);
  }
  if (!process.argv.includes('--no-open')) {
    openBrowser();
  }
}

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
