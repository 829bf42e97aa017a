import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Folders whose texts are displayed. */
const SHOWN = /^(ui|embed|app|words|export)\//;
/** Attributes and props that are displayed or read aloud. */
const SPOKEN = /^(title|alt|placeholder|label|hint|words|text|heading|says|aria-(label|description|placeholder|roledescription|valuetext))$/;
/** Names that are the same in every language. */
const NAMES = /^(Mien|JSON|CSV|ZIP|PNG|MP4|WebM|\w+\.\w+)$/;

/** Displayed texts that bypass the catalogue, with their places. */
export function unmarkedTexts(root: string): string[] {
  const names = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' });
  const shown = names.filter((name) => SHOWN.test(name) && /\.tsx?$/.test(name) && !/(\.test|-fixture)\.tsx?$/.test(name));
  return shown.sort().flatMap((name) => unmarkedIn(readFileSync(`${root}/src/${name}`, 'utf8'), `src/${name}`));
}

/**
 * Texts that the linter allows because keys, paths and CSS look the same: single words, and words around a value, in places only displayed text has.
 *
 * @param file names the source in the answers; its extension determines whether it is parsed as JSX.
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
    // Languages place the percent sign differently.
    if (ts.isCallExpression(node) && /\.(fillText|strokeText)$/.test(node.expression.getText()) && node.arguments[0]) note(node, literalsOf(node.arguments[0]), /[\p{L}%]/u);
    // Text composed before it is drawn on a canvas.
    if (writes && ts.isTemplateExpression(node) && !isStyle(node.parent)) note(node, literalsOf(node), /(^|[\s·])\p{L}{3,}/u);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Literal texts in an expression's possible values. */
function literalsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [...literalsOf(expression), literal.text])];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return /^(\?\?|\|\||&&|\+)$/.test(node.operatorToken.getText()) ? [...literalsOf(node.left), ...literalsOf(node.right)] : [];
  if (ts.isParenthesizedExpression(node) || (ts.isJsxExpression(node) && node.expression)) return literalsOf(node.expression as ts.Expression);
  return [];
}

/** Whether a node is a font or colour assignment. */
function isStyle(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /\.(font|fillStyle|strokeStyle|filter)$/.test(node.left.getText());
}
