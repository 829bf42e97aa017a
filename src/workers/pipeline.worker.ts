import { expose } from 'comlink';
import { EngineHost } from './engine-host';

expose(new EngineHost());
