/**
 * Starts a module worker that the page's content security policy holds too.
 *
 * A worker that is loaded from an address takes its policy from that address's headers, which a static
 * host does not send: it could reach any other origin. One that starts as a blob inherits the page's.
 *
 * @param url The worker's built script, as `import url from './x.worker.ts?worker&url'` gives it.
 * @param base What a relative `url` is relative to: the library's is, since it may be bundled and moved.
 */
export function spawnModuleWorker(url: string, name: string, base: string = import.meta.url): Worker {
  const script = new Blob([`import ${JSON.stringify(new URL(url, base).href)};`], { type: 'text/javascript' });
  const entry = URL.createObjectURL(script);
  const worker = new Worker(entry, { type: 'module', name });
  // Its entry has run by the time that it says something, or never will.
  const forget = () => URL.revokeObjectURL(entry);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  return worker;
}
