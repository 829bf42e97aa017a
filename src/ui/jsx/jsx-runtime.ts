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
 * React's own runtime, but text never stands beside other children, and is never handed to a component: it gets an element of its own.
 *
 * Browsers translate a page by moving its text nodes into elements of theirs. React still holds those nodes as children
 * of its own elements: it then writes to text that is not shown, and crashes when it removes it or inserts before it.
 * Text that is the only child of an element is safe, since React sets it through its parent. A component may put its
 * children anywhere: react-aria's buttons hold them in a context provider, where they are no only children. What a
 * component returns passes no runtime, so none may return bare text (e2e/translation.spec.ts looks for what does).
 */
export function jsxs(type: ElementType, props: Props, key?: Key) {
  const { children } = props;
  if (!Array.isArray(children)) return createElements(type, props, key);
  const nodes = children as readonly ReactNode[];
  if (nodes.every(isTextOrEmpty)) return jsx(type, { ...props, children: nodes.map(textOf).join('') }, key);
  return createElements(type, { ...props, children: nodes.map(inElement) }, key);
}

/** As `jsxs`, of an element with one child or none. */
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
