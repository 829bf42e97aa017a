import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export interface StaticServer {
  /** The folder's address, with a trailing slash. */
  readonly url: string;
  /** Every path asked for so far, each with the status it was answered with. */
  readonly log: readonly { readonly path: string; readonly status: number }[];
  close(): Promise<void>;
}

/**
 * Serves a folder under a sub-path as a plain static host does: no fall-back page, no special headers,
 * 404 for what is not there, and nothing at all outside the sub-path.
 *
 * @param prefix The sub-path, from slash to slash.
 */
export function serveStatic(folder: string, prefix: string): Promise<StaticServer> {
  const root = resolve(folder);
  const log: { path: string; status: number }[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const answer = (status: number, headers: Record<string, string> = {}) => {
      log.push({ path, status });
      response.writeHead(status, headers);
    };
    if (path === prefix.slice(0, -1)) {
      answer(301, { location: prefix });
      response.end();
      return;
    }
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : null;
    const file = inside === null ? null : resolve(join(root, inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside));
    const stat = file?.startsWith(root + sep) === true ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (file === null || stat?.isFile() !== true) {
      answer(404, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Not found</title>');
      return;
    }
    const tag = `"${stat.size}-${stat.mtimeMs}"`;
    if (request.headers['if-none-match'] === tag) {
      answer(304, { etag: tag });
      response.end();
      return;
    }
    answer(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': String(stat.size), etag: tag });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      done({
        url: `http://localhost:${address.port}${prefix}`,
        log,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}
