import { MienError } from './errors';

/** Name of the Trusted Types policy that a page must allow if it has a list of allowed ones. */
const POLICY_NAME = 'mien';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

let scriptUrls: ScriptUrlPolicy | null = null;

/** Approves addresses of workers where the page enforces Trusted Types; elsewhere it returns them as they are. */
function scriptUrlPolicy(): ScriptUrlPolicy {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy } }).trustedTypes;
  const rules: ScriptUrlPolicy = { createScriptURL: (url) => url };
  // A page may refuse a second policy of the same name.
  scriptUrls ??= factory ? factory.createPolicy(POLICY_NAME, rules) : rules;
  return scriptUrls;
}

export interface ModuleWorker {
  readonly worker: Worker;
  /** Terminates it. */
  readonly end: () => void;
}

/**
 * Starts a module worker that the page's content security policy holds too.
 *
 * A worker that is loaded from an address takes its policy from that address's headers, which a static
 * host does not send: it could reach any other origin. One that starts as a blob inherits the page's.
 *
 * @param url The worker's built script, as `import url from './x.worker.ts?worker&url'` gives it.
 * @param base What a relative `url` is relative to: the library's is, since it may be bundled and moved.
 *
 * @throws `engine/worker-blocked` where the page's policy refuses it at once.
 */
export function spawnModuleWorker(url: string, name: string, base: string = import.meta.url): ModuleWorker {
  const script = new Blob([`import ${JSON.stringify(new URL(url, base).href)};`], { type: 'text/javascript' });
  const entry = URL.createObjectURL(script);
  let worker: Worker;
  try {
    // A `TrustedScriptURL` in browsers that know them, which TypeScript's `Worker` does not.
    worker = new Worker(scriptUrlPolicy().createScriptURL(entry), { type: 'module', name });
  } catch (error) {
    URL.revokeObjectURL(entry);
    throw new MienError('engine', 'worker-blocked', `${String(error)} (Trusted Types must allow the policy “${POLICY_NAME}”)`, error);
  }
  // Its entry has run by the time that it says something, or never will.
  const forget = () => URL.revokeObjectURL(entry);
  worker.addEventListener('message', forget, { once: true });
  worker.addEventListener('error', forget, { once: true });
  const end = () => {
    worker.terminate();
    // It may not have run yet.
    forget();
  };
  return { worker, end };
}
