import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { resolve } from 'node:path';
import sirv from 'sirv';
import { root } from './settings.js';

/** Makes pages cross-origin isolated, so that WASM may use threads; everything works without it, on one thread. */
const ISOLATION = { 'Document-Isolation-Policy': 'isolate-and-credentialless' };

/**
 * Serves a folder as a static site.
 * @param {{ port?: number, folder?: string, isolated?: boolean, tls?: { key: Buffer, cert: Buffer } }} options
 *   port 0 takes a free one
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serve({ port = 0, folder = resolve(root, 'dist'), isolated = true, tls } = {}) {
  const files = sirv(folder, {
    dev: true, // a rebuilt site shows at once
    etag: true, // and what has not changed is not sent, nor compiled, again
    setHeaders: (response) => {
      response.setHeader('Cache-Control', 'no-cache');
      response.setHeader('X-Content-Type-Options', 'nosniff');
      if (isolated) for (const [name, value] of Object.entries(ISOLATION)) response.setHeader(name, value);
    },
  });
  const answer = (request, response) => {
    // sirv reads the whole file even for the head of an answer, and a model has half a gigabyte.
    if (request.method === 'HEAD')
      response.once('pipe', (file) => {
        file.destroy();
        response.end();
      });
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is no such file.');
    });
  };
  const server = tls ? createSecureServer(tls, answer) : createServer(answer);
  await new Promise((done, failed) => server.once('error', failed).listen(port, 'localhost', done));
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${server.address().port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(done);
      }),
  };
}
