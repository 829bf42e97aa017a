import { MienError } from './errors';

/** Called with the number of bytes that have just arrived. */
export type OnBytes = (bytes: number) => void;

/**
 * Runs `fetching`, and again past the browser's cache if the file is damaged (`model/corrupt`): file names never change,
 * so the cache would keep returning the damaged copy.
 */
export async function pastDamage<T>(fetching: (cache: RequestCache) => Promise<T>): Promise<T> {
  try {
    return await fetching('default');
  } catch (error) {
    if (!(error instanceof MienError && error.is('model', 'corrupt'))) throw error;
    return fetching('reload');
  }
}

/**
 * Fetches one of our files and reports progress.
 *
 * @param signal cancels the request (`model/network`).
 * @throws `model/not-found` for a missing file (also if a host answers with its HTML page instead of a 404);
 * `model/network` if the request fails.
 */
export async function fetchAsset(url: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(url, cache, signal);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of piecesOf(response, onBytes)) {
      chunks.push(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw new MienError('model', 'network', url, error);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * Fetches and compiles one of our WebAssembly files, streaming.
 *
 * @param signal cancels the request (`model/network`).
 * @throws as `fetchAsset`; `model/corrupt` for a damaged file; `engine/wasm-blocked` if the browser compiles no WebAssembly.
 */
export async function compileAsset(url: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<WebAssembly.Module> {
  const pieces = piecesOf(await request(url, cache, signal), onBytes);
  let interruption: unknown = null;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        interruption = error;
        controller.error(error);
      }
    },
  });
  try {
    // Set the type here: some hosts send another one, which the browser would reject.
    return await WebAssembly.compileStreaming(new Response(body, { headers: { 'content-type': 'application/wasm' } }));
  } catch (error) {
    if (interruption !== null) throw new MienError('model', 'network', url, interruption);
    const detail = `${url}: ${String(error)}`;
    if (await canCompile()) throw new MienError('model', 'corrupt', detail, error);
    throw new MienError('engine', 'wasm-blocked', detail, error);
  }
}

/** Minimal complete module with one function that uses SIMD, as our modules do. */
const SMALL_MODULE = [
  [0, 97, 115, 109, 1, 0, 0, 0], // magic number, version
  [1, 5, 1, 96, 0, 1, 123], // a type: () → v128
  [3, 2, 1, 0], // a function of it
  [10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11], // its body: i32.const 0, i8x16.splat, i8x16.popcnt
].flat();

/** Browsers word their refusals differently, so compile a module known to be valid. */
async function canCompile(): Promise<boolean> {
  try {
    await WebAssembly.compile(new Uint8Array(SMALL_MODULE));
    return true;
  } catch {
    return false;
  }
}

async function request(url: string, cache: RequestCache, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache, ...(signal && { signal }) });
  } catch (error) {
    throw new MienError('model', 'network', url, error);
  }
  if (!response.ok) throw new MienError('model', 'not-found', `${url} (${response.status})`);
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new MienError('model', 'not-found', `${url} (the host sent a web page)`);
  }
  return response;
}

/** Yields the body in chunks; rejects if the connection breaks. */
async function* piecesOf({ body }: Response, onBytes?: OnBytes): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  if (!body) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onBytes?.(value.length);
    yield value;
  }
}

/** Fetches and parses JSON. @throws as `fetchAsset`; `model/corrupt` if it is not JSON. */
export async function fetchJson(url: string, cache: RequestCache, onBytes?: OnBytes, signal?: AbortSignal): Promise<unknown> {
  const bytes = await fetchAsset(url, cache, onBytes, signal);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    throw new MienError('model', 'corrupt', url, error);
  }
}

/** Hex SHA-256; null in insecure contexts, where browsers offer no digest. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  // Typed as always present, yet absent outside secure contexts.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (!subtle) return null;
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
