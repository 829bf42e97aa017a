import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Extracted {
  /** English texts in the order of the alphabet, with the files that show them. */
  readonly messages: ReadonlyMap<string, readonly string[]>;
  /** Calls that cannot be extracted, or lack a value. */
  readonly problems: readonly string[];
}

/** Every text that the source hands to `t` or `msg`. */
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
    // What is imported, not a callback's parameter that happens to be called so.
    if (/from '[^']*\/(i18n|phrase)'/.test(source.text)) visit(source);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return { messages: new Map(sorted.map(([text, places]) => [text, [...places]])), problems };
}

/** The texts that an argument may be; null for one that is put together. A table's entry is a text that `msg` marked. */
function textsOf(node: ts.Expression): readonly (string | null)[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node) || ts.isBinaryExpression(node)) return [null];
  return [];
}
