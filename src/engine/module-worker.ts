import { MienError } from './errors';

/** Name of the Trusted Types policy, which a page with a list of allowed policies must include. */
const POLICY_NAME = 'mien';

interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

let scriptUrls: ScriptUrlPolicy | null = null;

/** Approves worker URLs where the page enforces Trusted Types; elsewhere returns them unchanged. */
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
 * Starts a module worker under the page's content security policy.
 *
 * A worker loaded from a URL takes its policy from that URL's headers, which a static host does not send: it could reach any
 * other origin. A worker started from a blob inherits the page's policy.
 *
 * @param url The worker's built script, from `import url from './x.worker.ts?worker&url'`.
 * @param base Base of a relative `url`: the library's is relative, since it may be bundled and moved.
 * @throws `engine/worker-blocked` if the page's policy refuses it at once.
 */
export function spawnModuleWorker(url: string, name: string, base: string = import.meta.url): ModuleWorker {
  const script = new Blob([`import ${JSON.stringify(new URL(url, base).href)};`], { type: 'text/javascript' });
  const entry = URL.createObjectURL(script);
  let worker: Worker;
  try {
    // A `TrustedScriptURL` where supported, which TypeScript's `Worker` does not accept.
    worker = new Worker(scriptUrlPolicy().createScriptURL(entry), { type: 'module', name });
  } catch (error) {
    URL.revokeObjectURL(entry);
    throw new MienError('engine', 'worker-blocked', `${String(error)} (Trusted Types must allow the policy “${POLICY_NAME}”)`, error);
  }
  // By the worker's first message or error its entry script has run, or never will.
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
