/** `npm run example`: serves the example page with the library on one port, and the built site, for its frame, on another. */
import { serveFolders } from './static-server';

const site = await serveFolders({ '/': 'dist' }, { port: 4181 });
const example = await serveFolders({ '/': 'examples', '/mien/': 'dist-lib' }, { port: 4180 });
console.log(`The example is on ${example.url}, its frame comes from ${site.url}.`);
