import { expose } from 'comlink';
import { NetworkHost } from './network-host';

expose(new NetworkHost());
