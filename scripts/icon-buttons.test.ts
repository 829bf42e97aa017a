import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src/ui/', import.meta.url));

const BUTTONS = new Set(['button', 'Button', 'AriaButton', 'ToggleButton', 'FileTrigger', 'a', 'Link']);

/** Elements whose only content is an icon. */
function iconOnly(source: ts.SourceFile): ts.JsxElement[] {
  const found: ts.JsxElement[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && BUTTONS.has(nameOf(node)) && node.children.length > 0 && node.children.every(isBlankOrIcon)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(element: ts.JsxElement): string {
  return element.openingElement.tagName.getText();
}

/** Whether a node is blank, an icon component, an element around one, or a choice between two. */
function isBlankOrIcon(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return node.text.trim() === '';
  if (ts.isJsxSelfClosingElement(node)) return node.tagName.getText().endsWith('Icon');
  if (ts.isJsxElement(node)) return node.children.some((child) => !ts.isJsxText(child)) && node.children.every(isBlankOrIcon);
  if (ts.isJsxExpression(node)) return node.expression !== undefined && isBlankOrIcon(node.expression);
  if (ts.isConditionalExpression(node)) return isBlankOrIcon(node.whenTrue) && isBlankOrIcon(node.whenFalse);
  return ts.isParenthesizedExpression(node) && isBlankOrIcon(node.expression);
}

/** Whether the element has a tooltip: the shared button with `icon` set, or a `Hint` around it. */
function hasHint(element: ts.JsxElement): boolean {
  const isShared = nameOf(element) === 'Button' && element.openingElement.attributes.properties.some((property) => property.name?.getText() === 'icon');
  return isShared || (ts.isJsxElement(element.parent) && nameOf(element.parent) === 'Hint');
}

function parse(text: string, name = 'test.tsx'): ts.SourceFile {
  return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
}

it('finds a button that contains only an icon', () => {
  const lacksHint = (text: string) => iconOnly(parse(text)).some((element) => !hasHint(element));
  expect(lacksHint('<AriaButton aria-label="x"><CloseIcon /></AriaButton>')).toBe(true);
  expect(lacksHint('<button><span>{on ? <OnIcon /> : <OffIcon />}</span></button>')).toBe(true);
  expect(lacksHint('<Hint hint="x"><AriaButton><CloseIcon /></AriaButton></Hint>')).toBe(false);
  expect(lacksHint('<Button icon aria-label="x"><CloseIcon /></Button>')).toBe(false);
  expect(lacksHint('<Button><CloseIcon />{t("Close")}</Button>')).toBe(false);
});

it('gives every icon button a tooltip', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'));
  const buttons = files.flatMap((name) => iconOnly(parse(readFileSync(`${SOURCE}${name}`, 'utf8'), name)));
  expect(buttons.length).toBeGreaterThan(15);
  const lacking = buttons.filter((element) => !hasHint(element)).map((element) => `${element.getSourceFile().fileName}: ${element.openingElement.getText()}`);
  expect(lacking).toEqual([]);
});
