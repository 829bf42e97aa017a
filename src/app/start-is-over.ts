import { engineHolder } from './engine-holder';

/** Delay that avoids competing with the first result, ms. */
const REST_MS = 3_000;

/** Resolves when low-priority files may be fetched: some seconds after the engine is ready or has failed. */
export async function startIsOver(): Promise<void> {
  await engineHolder.settled();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
}
