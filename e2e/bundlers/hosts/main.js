import { readFace } from './read-face.js';

void readFace();
