// One chunk for the main thread, fetched only by browsers without workers.
export { EngineHost } from './engine-host';
export { NetworkHost } from './network-host';
