import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/ui/', import.meta.url));

/** Components that word an error: functions with elements in them. Others make labels, for what shows its error elsewhere. */
function errorComponents(source: ts.SourceFile): ts.Node[] {
  const found = new Set<ts.Node>();
  const visit = (node: ts.Node, component: ts.Node | null): void => {
    const inner = ts.isFunctionDeclaration(node) ? node : component;
    if (ts.isCallExpression(node) && node.expression.getText() === 'wordError' && inner && hasElement(inner, () => true)) found.add(inner);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, null);
  return [...found];
}

function hasElement(node: ts.Node, isWanted: (name: string) => boolean): boolean {
  if ((ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) && isWanted(node.tagName.getText())) return true;
  return ts.forEachChild(node, (child) => hasElement(child, isWanted) || undefined) ?? false;
}

/** `Message` has it within. */
const offersDetails = (component: ts.Node) => hasElement(component, (name) => name === 'CopyDetails' || name === 'Message');

function parse(text: string, name = 'test.tsx'): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

it('knows a component that words an error without its details', () => {
  const lacksDetails = (text: string) => errorComponents(parse(text)).some((component) => !offersDetails(component));
  expect(lacksDetails('function A({ error }) { return <p>{wordError(error).title}</p>; }')).toBe(true);
  expect(lacksDetails('function A({ error }) { return <p>{wordError(error).title}<CopyDetails error={error} /></p>; }')).toBe(false);
  expect(lacksDetails('function label(error) { return wordError(error).title; }')).toBe(false);
});

it('offers the details of every error that is shown', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const components = files.flatMap((name) => errorComponents(parse(readFileSync(`${SOURCE}${name}`, 'utf8'), name)));
  expect(components.length).toBeGreaterThan(5);
  expect(components.filter((component) => !offersDetails(component)).map((component) => `${component.getSourceFile().fileName}: ${component.getText().slice(0, 80)}`)).toEqual([]);
});
