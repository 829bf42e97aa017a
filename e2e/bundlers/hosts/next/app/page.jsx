'use client';

import { useEffect } from 'react';
import { readFace } from './read-face.js';

// Next.js also renders this on the server: the library may be imported there, and is started in the browser alone.
export default function Page() {
  useEffect(() => void readFace(), []);
  return <p>Host</p>;
}
