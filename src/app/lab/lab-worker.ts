import { LabClient } from '../../lab/lab-client';

export const ASSET_BASE = () => new URL('./', document.baseURI).href;

let client: LabClient | null = null;

/** The page's shared Lab worker. */
export function labWorker(): LabClient {
  client ??= new LabClient(ASSET_BASE());
  return client;
}
