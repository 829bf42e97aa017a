import type { ElementType, Key } from 'react';
import { Fragment, jsx, jsxs } from './jsx-runtime';

export type { JSX } from 'react/jsx-runtime';
export { Fragment };

/** Called by the development server instead of both. */
export function jsxDEV(type: ElementType, props: object, key: Key | undefined, isStatic: boolean) {
  return isStatic ? jsxs(type, props, key) : jsx(type, props, key);
}
