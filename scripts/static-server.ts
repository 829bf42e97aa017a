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
  /** URL of the folder, with a trailing slash. */
  readonly url: string;
  /** Every requested path with its response status. */
  readonly log: readonly { readonly path: string; readonly status: number }[];
  close(): Promise<void>;
}

interface ServeOptions {
  /** Default: 0, a free port. */
  readonly port?: number;
  /** Sent with every file. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Serves one folder; see `serveFolders`. */
export function serveStatic(folder: string, prefix: string): Promise<StaticServer> {
  return serveFolders({ [prefix]: folder });
}

/**
 * Serves folders under sub-paths like a plain static host: no fallback page, no special headers, 404 for missing files
 * and for anything outside the sub-paths. The server's `url` is that of the first folder.
 *
 * @param folders by sub-path, with leading and trailing slash; the longest match wins.
 */
export function serveFolders(
  folders: Readonly<Record<string, string>>,
  { port = 0, headers: extraHeaders = {} }: ServeOptions = {},
): Promise<StaticServer> {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length);
  const log: { path: string; status: number }[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const answer = (status: number, headers: Record<string, string> = {}) => {
      log.push({ path, status });
      response.writeHead(status, headers);
    };
    if (prefixes.includes(`${path}/`)) {
      answer(301, { location: `${path}/` });
      response.end();
      return;
    }
    const prefix = prefixes.find((candidate) => path.startsWith(candidate));
    const root = resolve(folders[prefix ?? ''] ?? '');
    const inside = prefix === undefined ? null : path.slice(prefix.length);
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
    answer(200, { ...extraHeaders, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-length': String(stat.size), etag: tag });
    createReadStream(file).pipe(response);
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, 'localhost', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      done({
        url: `http://localhost:${address.port}${Object.keys(folders)[0] ?? '/'}`,
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
