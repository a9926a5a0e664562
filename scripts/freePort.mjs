// Finds a port that nothing listens on.
import { createServer } from 'node:net';

/** @returns {Promise<number>} free on this machine's loopback address when it was asked */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
