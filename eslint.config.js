import lingui from 'eslint-plugin-lingui';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['eslint.config.js', '.dependency-cruiser.js', '.cache', '.venv', 'dist', 'dist-lib', 'examples', 'e2e/bundlers/hosts', 'docs/api', 'public', 'node_modules', 'test-results', 'playwright-report'] },
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
    files: ['src/ui/**/*.{ts,tsx}'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  {
    // Whatever people read stands in the catalogue: `t('…')`, `msg('…')` or `<Rich message="…">`. CONTRIBUTING.md says how.
    files: ['src/{ui,app,words,embed}/**/*.{ts,tsx}'],
    // Reports of errors are in English: developers read them.
    ignores: ['**/*.test.{ts,tsx}', '**/*-fixture.ts', 'src/app/error-details.ts', 'src/words/languages.ts'],
    plugins: { lingui },
    rules: {
      'lingui/no-unlocalized-strings': [
        'error',
        {
          useTsTypes: true,
          // Keys, file names, codes, units of CSS and the like: no capital, no space between words.
          ignore: ['^(?![A-Z])[^\\s]*$', '^[A-Z][A-Z0-9_]*$', '^[^A-Za-z]*$', '^(Mien|SHA-256|TensorFlow\\.js layers|(MP4|WebM)( \\(\\S+\\))?)$', '^\\(min-width: '],
          ignoreNames: [
            { regex: { pattern: '^(class|className|style|styles|d|href|src|path|points|viewBox|type|role|id|key|name|font|accept|media|rel|target|sizes|transform|preserveAspectRatio|placement|rule|taught_in)$' } },
            { regex: { pattern: '^(data-|.*FONT$|TYPING$|PRESSABLE$|OWN_ARROWS$|LANGUAGE_NAMES$)' } },
          ],
          ignoreFunctions: ['t', 'msg', 'require', 'Error', 'TypeError', 'RangeError', 'MienError', 'ImportFailed', 'log.*', 'console.*', '*.addEventListener', '*.removeEventListener', 'addEventListener', 'useMediaQuery', 'matchMedia', '*.closest', '*.matches', '*.querySelector', '*.querySelectorAll', '*.getContext', '*.includes', '*.startsWith', '*.endsWith'],
        },
      ],
    },
  },
);
