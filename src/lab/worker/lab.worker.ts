import { expose } from 'comlink';
import { LabHost } from './lab-host';

expose(new LabHost());
