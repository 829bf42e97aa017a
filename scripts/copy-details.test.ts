import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/ui/', import.meta.url));

/** An error worded in a function with JSX. Functions without JSX only make labels, for components that show the error elsewhere. */
interface Worded {
  /** Source text of the expression. */
  readonly error: string;
  /** The innermost enclosing function with JSX. */
  readonly component: ts.Node;
}

function wordedErrors(source: ts.SourceFile): Worded[] {
  const found: Worded[] = [];
  const visit = (node: ts.Node, component: ts.Node | null): void => {
    const inner = ts.isFunctionLike(node) && elementsIn(node).length > 0 ? node : component;
    if (ts.isCallExpression(node) && node.expression.getText() === 'wordError' && inner) found.push({ error: node.arguments[0]?.getText() ?? '', component: inner });
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, null);
  return found;
}

type Element = ts.JsxOpeningElement | ts.JsxSelfClosingElement;

function elementsIn(node: ts.Node): Element[] {
  const found: Element[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isJsxOpeningElement(child) || ts.isJsxSelfClosingElement(child)) found.push(child);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** Whether the component offers the details of this error; `Message` includes them. */
function offersDetails({ error, component }: Worded): boolean {
  return elementsIn(component).some(
    ({ tagName, attributes }) =>
      /^(CopyDetails|Message)$/.test(tagName.getText()) &&
      attributes.properties.some((each) => ts.isJsxAttribute(each) && each.name.getText() === 'error' && each.initializer?.getText() === `{${error}}`),
  );
}

function parse(text: string, name = 'test.tsx'): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

it('finds a component that words an error without its details', () => {
  const lacksDetails = (text: string) => wordedErrors(parse(text)).some((worded) => !offersDetails(worded));
  expect(lacksDetails('function A({ error }) { return <p>{wordError(error).title}</p>; }')).toBe(true);
  expect(lacksDetails('function A({ error }) { return <p>{wordError(error).title}<CopyDetails error={error} /></p>; }')).toBe(false);
  expect(lacksDetails('const A = ({ error }) => <p>{wordError(error).title}</p>;')).toBe(true);
  expect(lacksDetails('const A = ({ error }) => <Message error={error} wording={{ title: wordError(error).title }} />;')).toBe(false);
  expect(lacksDetails('function A({ error, other }) { return <p>{wordError(error).title}<Message error={other} /></p>; }')).toBe(true);
  expect(lacksDetails('function label(error) { return wordError(error).title; }')).toBe(false);
});

it('finds the details of every displayed error', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const worded = files.flatMap((name) => wordedErrors(parse(readFileSync(`${SOURCE}${name}`, 'utf8'), name)));
  expect(worded.length).toBeGreaterThan(8);
  expect(worded.filter((each) => !offersDetails(each)).map(({ error, component }) => `${component.getSourceFile().fileName}: ${error}`)).toEqual([]);
});
