import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** Folders whose texts are displayed. */
const SHOWN = /^(ui|embed|app|words|export)\//;
/** Attributes, props and properties that are displayed or read aloud. */
const SPOKEN = /^(title|alt|placeholder|label|hint|words|text|heading|says|advice|caption|note|unit|aria-?(label|description|placeholder|roledescription|valuetext))$/i;
/** Properties that write text into an element. */
const WRITTEN = /^(textContent|innerText|innerHTML|outerHTML|nodeValue)$/;
/** Calls that display their arguments, from the one at this index on. */
const WRITING = new Map([['alert', 0], ['confirm', 0], ['append', 0], ['prepend', 0], ['replaceChildren', 0], ['createTextNode', 0], ['insertAdjacentText', 1]]);
/** Properties that hold keys or names, which the linter ignores, and the pattern of a value that is no key. */
const EITHER = /^(name|kind|key|id|rule|mark|type|path)$/;
const NO_KEY = /^\p{Lu}\p{Ll}+ \p{L}{2,}|^\p{Lu}\p{Ll}{2,}$/u;
/** Names and colours that are the same in every language. */
const NAMES = /^(Mien|JSON|CSV|ZIP|PNG|(MP4|WebM)( \(\S+\))?|\w+\.\w+|#[\da-f]{6}|canvastext)$/;

/** Displayed texts that bypass the catalogue, with their places. */
export function unmarkedTexts(root: string): string[] {
  const names = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' });
  const shown = names.filter((name) => SHOWN.test(name) && /\.tsx?$/.test(name) && !/(\.test|-fixture)\.tsx?$/.test(name)).sort();
  const sources = shown.map((name) => parse(readFileSync(`${root}/src/${name}`, 'utf8'), `src/${name}`));
  const constants = new Map(sources.flatMap((source) => [...constantsOf(source)]));
  const sheets = names.filter((name) => name.endsWith('.css')).sort();
  return [
    ...sources.flatMap((source) => unmarkedInSource(source, constants)),
    ...sheets.flatMap((name) => unmarkedInSheet(readFileSync(`${root}/src/${name}`, 'utf8'), `src/${name}`)),
  ];
}

/**
 * Texts that the linter allows because keys, paths and CSS look the same: single words, and words around a value, in places only displayed text has.
 *
 * @param file names the source in the answers; its extension determines whether it is parsed as JSX.
 */
export function unmarkedIn(code: string, file: string): string[] {
  const source = parse(code, file);
  return unmarkedInSource(source, constantsOf(source));
}

/** Words that a style sheet writes. */
export function unmarkedInSheet(css: string, file: string): string[] {
  return css.split('\n').flatMap((line, i) => [...line.matchAll(/\bcontent:[^;]*?(["'])(.*?\p{L}.*?)\1/gu)].map(([, , text]) => `${file}:${i + 1}: ${text}`));
}

function parse(code: string, file: string): ts.SourceFile {
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

/** Constants and functions by the names that they are imported by, with the literal texts that they may be or return. */
type Constants = ReadonlyMap<string, readonly string[]>;

function constantsOf(source: ts.SourceFile): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) found.set(statement.name.text, returnedBy(statement.body));
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer && ts.isIdentifier(name)) found.set(name.text, ts.isArrowFunction(initializer) ? returnedBy(initializer.body) : literalsOf(initializer));
    }
  }
  return found;
}

/** Literal texts that a function returns, excluding nested functions. */
function returnedBy(body: ts.ConciseBody): string[] {
  if (!ts.isBlock(body)) return literalsOf(body);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression) found.push(...literalsOf(node.expression));
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

function unmarkedInSource(source: ts.SourceFile, constants: Constants): string[] {
  const writes = /\.(fillText|strokeText)\(/.test(source.text);
  const found: string[] = [];
  const note = (node: ts.Node, texts: readonly string[], pattern = /\p{L}/u) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    for (const text of texts.map((each) => each.trim())) if (pattern.test(text) && !NAMES.test(text)) found.push(`${source.fileName}:${line + 1}: ${text}`);
  };
  const literals = (node: ts.Expression) => literalsOf(node, constants);
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, [node.text]);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) note(node, literals(node.expression));
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer) note(node, literals(node.initializer));
    if (ts.isPropertyAssignment(node) && SPOKEN.test(nameOf(node.name))) note(node, literals(node.initializer));
    if (ts.isPropertyAssignment(node) && EITHER.test(nameOf(node.name))) note(node, literals(node.initializer), NO_KEY);
    if (ts.isJsxAttribute(node) && EITHER.test(node.name.getText()) && node.initializer) note(node, literals(node.initializer), NO_KEY);
    if (isWriting(node)) note(node, literals(node.right));
    if (ts.isCallExpression(node)) note(node, spokenArguments(node).flatMap(literals));
    // Languages place the percent sign differently.
    if (ts.isCallExpression(node) && /\.(fillText|strokeText)$/.test(node.expression.getText()) && node.arguments[0]) note(node, literals(node.arguments[0]), /[\p{L}%]/u);
    // Text composed before it is drawn on a canvas.
    if (writes && ts.isTemplateExpression(node) && !isStyle(node.parent)) note(node, literalsOf(node), /(^|[\s·])\p{L}{3,}/u);
    ts.forEachChild(node, visit);
  };
  visit(source);
  // A constant on a canvas is found by its place and by its name.
  return [...new Set(found)];
}

/** Literal texts in an expression's possible values. */
function literalsOf(node: ts.Expression, constants: Constants = new Map()): string[] {
  const within = (inner: ts.Expression) => literalsOf(inner, constants);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.flatMap(({ expression, literal }) => [...within(expression), literal.text])];
  if (ts.isConditionalExpression(node)) return [...within(node.whenTrue), ...within(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return /^(\?\?|\|\||&&|\+)$/.test(node.operatorToken.getText()) ? [...within(node.left), ...within(node.right)] : [];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || (ts.isJsxExpression(node) && node.expression)) return within(node.expression as ts.Expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(within);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap((property) => (ts.isPropertyAssignment(property) ? within(property.initializer) : []));
  // ['a', b].join(' ') and 'a'.concat(b)
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && /^(join|concat|filter|toUpperCase|trim)$/.test(node.expression.name.text)) return within(node.expression.expression);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return within(node.expression);
  if (ts.isIdentifier(node)) return [...(constants.get(node.text) ?? [])];
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) return within(node.expression);
  return [];
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : '';
}

/** `element.textContent = …`, `document.title = …` */
function isWriting(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node) || !/^\+?=$/.test(node.operatorToken.getText()) || !ts.isPropertyAccessExpression(node.left)) return false;
  const { text } = node.left.name;
  return SPOKEN.test(text) || WRITTEN.test(text);
}

function spokenArguments({ expression, arguments: given }: ts.CallExpression): readonly ts.Expression[] {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
  const [attribute, value] = given;
  if (name === 'setAttribute') return value && attribute && ts.isStringLiteralLike(attribute) && SPOKEN.test(attribute.text) ? [value] : [];
  const from = WRITING.get(name);
  return from === undefined ? [] : given.slice(from);
}

/** Whether a node assigns a canvas style. */
function isStyle(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && /\.(font|fillStyle|strokeStyle|filter)$/.test(node.left.getText());
}
