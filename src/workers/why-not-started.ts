import { MienError } from '../engine/errors';

/** Determines why a script failed to load, which browsers do not report: no connection, a missing file (or a web page in its place), or a policy. */
export async function whyNotStarted(url: string, message: string): Promise<MienError> {
  try {
    const response = await fetch(url);
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (!response.ok) return new MienError('engine', 'assets-not-found', `${url} (${response.status})`);
    if (isPage) return new MienError('engine', 'assets-not-found', `${url} (the host sent a web page)`);
  } catch (error) {
    return new MienError('model', 'network', url, error);
  }
  return new MienError('engine', 'worker-blocked', `${url} ${message}`);
}
