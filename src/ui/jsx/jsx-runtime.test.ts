import type { ElementType, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Fragment, jsx, jsxs } from './jsx-runtime';

it('joins adjacent texts without elements between them', () => {
  expect(jsxs('p', { children: [3, ' frames', false, null, ' read'] })).toMatchObject({ props: { children: '3 frames read' } });
});

it.each<ElementType>(['p', Fragment])('wraps text beside elements in an element of its own', (type) => {
  const mixed = jsxs(type, { children: ['a ', jsx('b', { children: 'c' }), null, 4] });
  expect(renderToStaticMarkup(jsx('div', { children: mixed }))).toContain('<mien-text>a </mien-text><b>c</b><mien-text>4</mien-text>');
});

it('passes no bare text to a component, which may render it beside other elements', () => {
  const Frame = ({ children }: { readonly children?: ReactNode }) => jsxs('p', { children: [jsx('i', {}), children] });
  const marked = '<p><i></i><mien-text>a</mien-text></p>';
  expect(renderToStaticMarkup(jsx(Frame, { children: 'a' }))).toBe(marked);
  expect(renderToStaticMarkup(jsxs(Frame, { children: ['a', null, ''] }))).toBe(marked);
  expect(renderToStaticMarkup(jsx('p', { children: 'a' }))).toBe('<p>a</p>');
});
