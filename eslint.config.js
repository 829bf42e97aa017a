import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** @type {Record<string, string[]>} Dependencies point ui, api → session, export, workers, sources → engine, never back. */
const ROOMS_ABOVE = {
  engine: ['sources', 'workers', 'session', 'export', 'lab', 'api', 'ui'],
  sources: ['workers', 'session', 'export', 'lab', 'api', 'ui'],
  workers: ['sources', 'session', 'export', 'lab', 'api', 'ui'],
  session: ['sources', 'workers', 'export', 'lab', 'api', 'ui'],
  export: ['sources', 'workers', 'lab', 'api', 'ui'],
  lab: ['sources', 'workers', 'session', 'export', 'api', 'ui'],
  api: ['lab', 'ui'],
};

const NOT_REACT = { regex: '^react', message: 'Only ui/ knows React.' };
const NOT_TFJS = { regex: '^@tensorflow/', message: 'Only engine/emotion-classifier, engine/expression-network, engine/backend and lab/ import tfjs.' };
const NOT_MEDIAPIPE = { regex: '^@mediapipe/', message: 'Only engine/face-detector imports tasks-vision.' };

/** @param {string} room @param {string[]} above */
function layer(room, above) {
  return {
    files: [`src/${room}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...above.map((name) => ({ regex: `^\\.\\./(\\.\\./)*${name}(/|$)`, message: `${room}/ must not know ${name}/.` })),
            NOT_REACT,
            ...(room === 'lab' ? [] : [NOT_TFJS]),
            NOT_MEDIAPIPE,
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ['eslint.config.js', '.cache', '.venv', 'dist', 'dist-lib', 'examples', 'public', 'node_modules', 'test-results', 'playwright-report'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'max-lines': ['error', { max: 320, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  {
    files: ['src/ui/**/*.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', { patterns: [NOT_TFJS, NOT_MEDIAPIPE] }] },
  },
  ...Object.entries(ROOMS_ABOVE).map(([room, above]) => layer(room, above)),
  {
    // The few files that touch a vendor's engine.
    files: ['src/engine/emotion-classifier.ts', 'src/engine/expression-network.ts', 'src/engine/backend.ts', 'src/engine/backends/**/*.ts', 'src/engine/face-detector.ts', 'src/engine/face-detector/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [NOT_REACT] }] },
  },
);
