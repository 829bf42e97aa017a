import type { ElementType, Key, ReactNode } from 'react';
import { Fragment, jsx as createElement, jsxs as createElements } from 'react/jsx-runtime';

export type { JSX } from 'react/jsx-runtime';
export { Fragment };

/** No style rule and no role knows it. Typed as another, since React's types list the elements of HTML only. */
const TEXT_ELEMENT = 'mien-text' as 'span';

interface Props {
  readonly children?: ReactNode;
}

/**
 * React's own runtime, but text never stands beside other children: it gets an element of its own.
 *
 * Browsers translate a page by moving its text nodes into elements of theirs. React still holds those nodes as children
 * of its own elements: it then writes to text that is not shown, and crashes when it removes it or inserts before it.
 * Text that is an only child is safe, since React sets it through its parent.
 */
export function jsxs(type: ElementType, props: Props, key?: Key) {
  const { children } = props;
  if (!Array.isArray(children)) return createElements(type, props, key);
  const nodes = children as readonly ReactNode[];
  if (nodes.every(isTextOrEmpty)) return createElement(type, { ...props, children: nodes.map(textOf).join('') }, key);
  return createElements(type, { ...props, children: nodes.map((node) => (isText(node) ? createElement(TEXT_ELEMENT, { children: node }) : node)) }, key);
}

export const jsx: typeof createElement = createElement;

function isText(node: ReactNode): node is string | number | bigint {
  return typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint';
}

function isTextOrEmpty(node: ReactNode): boolean {
  return isText(node) || node === null || node === undefined || typeof node === 'boolean';
}

function textOf(node: ReactNode): string {
  return isText(node) ? String(node) : '';
}
