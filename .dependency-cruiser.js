/**
 * Imports allowed for each room of src/ (see ARCHITECTURE.md for the rooms):
 *
 *     ui, embed ─▶ app, api ─▶ reading, lab, export ─▶ sources, workers, session, words ─▶ network, engine
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const MAY_IMPORT = {
  engine: [],
  network: ['engine'],
  words: ['engine'],
  workers: ['engine', 'network'],
  sources: ['engine'],
  session: ['engine'],
  export: ['engine', 'workers', 'session', 'words'],
  lab: ['engine', 'network', 'workers', 'session', 'words'],
  reading: ['engine', 'workers', 'sources', 'session', 'words'],
  api: ['engine', 'network', 'workers', 'sources', 'session', 'words', 'export', 'reading'],
  app: ['engine', 'workers', 'sources', 'session', 'words', 'export', 'reading', 'lab', 'network'],
  embed: ['engine', 'workers', 'sources', 'session', 'words', 'export', 'reading', 'api', 'app'],
  ui: ['engine', 'workers', 'sources', 'session', 'words', 'export', 'reading', 'lab', 'app'],
  offline: [],
};

const TFJS_FILES = '^src/engine/(emotion-classifier|covering-network|network-runner|backend|classifier-service)(\\.test)?\\.ts$|^src/engine/loaded-networks\\.test\\.ts$|^src/(network|lab)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
      name: `room-${room}`,
      comment: `src/${room}/ may import ${allowed.join(', ') || 'no other room'}.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/[^/]+/', pathNot: `^src/(${[room, ...allowed, 'testing'].join('|')})/` },
    })),
    {
      name: 'known-rooms',
      comment: 'A new folder of src/ needs a line in MAY_IMPORT and one in ARCHITECTURE.md.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${[...Object.keys(MAY_IMPORT), 'testing'].join('|')})/` },
    },
    {
      name: 'entries-are-no-way-round',
      comment: 'The entry points of the app and the library import any room, so no room may import them.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.tsx?$' },
    },
    {
      name: 'testing-in-tests-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/testing/|\\.test\\.tsx?$' },
      to: { path: '^src/testing/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|scripts|bench|e2e)/' },
      to: { circular: true },
    },
    {
      name: 'react-in-ui-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/' },
      to: { path: 'node_modules/(@types/)?react' },
    },
    {
      name: 'tfjs-behind-the-engine',
      severity: 'error',
      from: { path: '^src/', pathNot: TFJS_FILES },
      to: { path: 'node_modules/@tensorflow/' },
    },
    {
      name: 'mediapipe-in-the-face-detector',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/face-detector(\\.ts|/)' },
      to: { path: 'node_modules/@mediapipe/' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
