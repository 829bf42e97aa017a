import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { keepFunctions } from './wasm-functions.ts';

/**
 * Fault of a served file: missing, replaced by the HTML page that some hosts send instead, cut in half, corrupted, or a WebAssembly
 * module without the function of this index.
 */
export type AssetFault = 'missing' | 'page' | 'half' | 'changed' | `lacks-${number}`;

const CONTENT_TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json', wasm: 'application/wasm' };

function damaged(bytes: Buffer, fault: string): Uint8Array {
  const lacking = /^lacks-(\d+)$/.exec(fault)?.[1];
  if (lacking !== undefined) return keepFunctions(bytes, (index) => index !== Number(lacking));
  if (fault === 'half') return bytes.subarray(0, bytes.length / 2);
  return Buffer.from(bytes).fill(0x5a, bytes.length / 2, bytes.length / 2 + 64);
}

/** Also serves public/ at `/faults/<fault>/<file name>/`, with that one file faulty. */
export function faultyAssets(publicFolder: string): Plugin {
  return {
    name: 'mien-faulty-assets',
    configureServer({ middlewares }) {
      middlewares.use('/faults', (request, response, next) => {
        const [, fault, victim, ...path] = decodeURIComponent(new URL(request.url ?? '', 'http://localhost').pathname).split('/');
        const name = path.at(-1) ?? '';
        const file = join(publicFolder, ...path);
        if (!existsSync(file)) return next();
        const isAtFault = name === victim;
        response.setHeader('content-type', isAtFault && (fault === 'missing' || fault === 'page') ? 'text/html' : (CONTENT_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'));
        if (isAtFault && fault === 'missing') {
          response.statusCode = 404;
          return response.end('Not found');
        }
        if (isAtFault && fault === 'page') return response.end('<!doctype html><title>Mien</title>');
        const bytes = readFileSync(file);
        return response.end(isAtFault && fault !== undefined ? damaged(bytes, fault) : bytes);
      });
    },
  };
}
