// Both in one piece, for the main thread, which fetches them only where there are no workers.
export { EngineHost } from './engine-host';
export { NetworkHost } from './network-host';
