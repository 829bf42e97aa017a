import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Extracted {
  /** English texts in alphabetical order, with the files that use them. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
  /** Calls that cannot be extracted, or lack a value. */
  readonly problems: readonly string[];
}

/** Extracts every text that the source passes to `t` or `msg`. */
export function extractMessages(root: string): Extracted {
  const found = new Map<string, Set<string>>();
  const problems: string[] = [];
  const names = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.tsx?$/.test(name) && !/(\.test|-fixture)\.tsx?$/.test(name)).map((name) => `src/${name}`);
  for (const file of files.sort()) {
    const source = ts.createSourceFile(file, readFileSync(`${root}/${file}`, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const [message] = ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(t|msg)$/.test(node.expression.text) ? node.arguments : [];
      if (message) {
        for (const text of textsOf(message)) {
          if (text === null) problems.push(`${file}: a text that is put together cannot be translated: ${node.getText()}`);
          else found.set(text, (found.get(text) ?? new Set()).add(file));
        }
      }
      ts.forEachChild(node, visit);
    };
    // Only imported functions, not a callback's parameter of the same name.
    if (/from '[^']*\/(i18n|phrase)'/.test(source.text)) visit(source);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return { messages: new Map(sorted.map(([text, places]) => [text, [...places]])), problems };
}

/** Possible texts of an argument; null for a composed one. A table entry is a text marked by `msg`. */
function textsOf(node: ts.Expression): readonly (string | null)[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return [null];
  return [];
}
