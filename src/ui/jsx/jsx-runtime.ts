import type { ElementType, Key, ReactNode } from 'react';
import { Fragment, jsx as createElement, jsxs as createElements } from 'react/jsx-runtime';

export type { JSX } from 'react/jsx-runtime';
export { Fragment };

/** An element without style rules or role. Typed as another one, because React's types list only HTML elements. */
const TEXT_ELEMENT = 'mien-text' as 'span';

interface Props {
  readonly children?: ReactNode;
}

/**
 * React's own runtime, except that text beside other children, or passed to a component, gets an element of its own.
 *
 * Browsers translate a page by moving its text nodes into new elements. React still treats those nodes as children of its
 * own elements: it then updates text that is no longer shown, and throws when it removes the node or inserts before it.
 * Text that is an element's only child is safe, since React sets it through its parent. A component may render its children
 * anywhere: react-aria's buttons put them in a context provider, where they are not an only child. The return value of a
 * component does not pass through this runtime, so none may return bare text (e2e/translation.spec.ts checks this).
 */
export function jsxs(type: ElementType, props: Props, key?: Key) {
  const { children } = props;
  if (!Array.isArray(children)) return createElements(type, props, key);
  const nodes = children as readonly ReactNode[];
  if (nodes.every(isTextOrEmpty)) return jsx(type, { ...props, children: nodes.map(textOf).join('') }, key);
  return createElements(type, { ...props, children: nodes.map(inElement) }, key);
}

/** Like `jsxs`, for an element with at most one child. */
export function jsx(type: ElementType, props: Props, key?: Key) {
  return createElement(type, typeof type !== 'string' && isText(props.children) ? { ...props, children: inElement(props.children) } : props, key);
}

function inElement(node: ReactNode): ReactNode {
  return isText(node) && node !== '' ? createElement(TEXT_ELEMENT, { children: node }) : node;
}

function isText(node: ReactNode): node is string | number | bigint {
  return typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint';
}

function isTextOrEmpty(node: ReactNode): boolean {
  return isText(node) || node === null || node === undefined || typeof node === 'boolean';
}

function textOf(node: ReactNode): string {
  return isText(node) ? String(node) : '';
}
