import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Rooms whose texts people read on the page. */
const SHOWN = /^(ui|embed|app|words|export)\//;
/** Attributes and props that are shown or read aloud. */
const SPOKEN = /^(title|alt|placeholder|label|hint|words|text|heading|says|aria-(label|description|placeholder|roledescription|valuetext))$/;
/** Names, which are the same in every language. */
const NAMES = /^(Mien|JSON|CSV|ZIP|PNG|MP4|WebM|\w+\.\w+)$/;

/** Texts of the source that reach people without the catalogue, with their places. */
export function unmarkedTexts(root: string): string[] {
  const names = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' });
  const shown = names.filter((name) => SHOWN.test(name) && /\.tsx?$/.test(name) && !/(\.test|-fixture)\.tsx?$/.test(name));
  return shown.sort().flatMap((name) => unmarkedIn(readFileSync(`${root}/src/${name}`, 'utf8'), `src/${name}`));
}

/**
 * What the linter lets pass, since keys, paths and CSS look the same: single words and words around a value, where they can only be for people.
 *
 * @param file names the source in the answers; its extension tells whether it holds JSX.
 */
export function unmarkedIn(code: string, file: string): string[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const writes = /\.(fillText|strokeText)\(/.test(code);
  const found: string[] = [];
  const note = (node: ts.Node, texts: readonly string[], pattern = /\p{L}/u) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    for (const text of texts.map((each) => each.trim())) if (pattern.test(text) && !NAMES.test(text)) found.push(`${file}:${line + 1}: ${text}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, [node.text]);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) note(node, literalsOf(node.expression));
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer) note(node, literalsOf(node.initializer));
    // A percent sign stands elsewhere in other languages.
    if (ts.isCallExpression(node) && /\.(fillText|strokeText)$/.test(node.expression.getText()) && node.arguments[0]) note(node, literalsOf(node.arguments[0]), /[\p{L}%]/u);
    // What is put together for a canvas before it is written there.
    if (writes && ts.isTemplateExpression(node) && !isStyle(node.parent)) note(node, literalsOf(node), /(^|[\s·])\p{L}{3,}/u);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The literal texts that an expression's value may be or contain. */
function literalsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [...literalsOf(expression), literal.text])];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return /^(\?\?|\|\||&&|\+)$/.test(node.operatorToken.getText()) ? [...literalsOf(node.left), ...literalsOf(node.right)] : [];
  if (ts.isParenthesizedExpression(node) || (ts.isJsxExpression(node) && node.expression)) return literalsOf(node.expression as ts.Expression);
  return [];
}

/** A font or a colour that is set. */
function isStyle(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /\.(font|fillStyle|strokeStyle|filter)$/.test(node.left.getText());
}
