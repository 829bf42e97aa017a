import { startFrame } from './frame.js';
import { startLibrary } from './library.js';

startFrame();
await startLibrary();
