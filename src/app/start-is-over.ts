import { engineHolder } from './engine-holder';

/** Late enough not to compete with a first result, ms. */
const REST_MS = 3_000;

/** Resolves when what can wait may be fetched: some seconds after the engine is ready or has failed. */
export async function startIsOver(): Promise<void> {
  await engineHolder.settled();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
}
