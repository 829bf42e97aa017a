import type { ElementType, ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Fragment, jsx, jsxs } from './jsx-runtime';

it('joins text that stands with nothing else', () => {
  expect(jsxs('p', { children: [3, ' frames', false, null, ' read'] })).toMatchObject({ props: { children: '3 frames read' } });
});

it.each<ElementType>(['p', Fragment])('gives text beside elements one of its own', (type) => {
  const mixed = jsxs(type, { children: ['a ', jsx('b', { children: 'c' }), null, 4] });
  expect(renderToStaticMarkup(jsx('div', { children: mixed }))).toContain('<mien-text>a </mien-text><b>c</b><mien-text>4</mien-text>');
});

it('hands no bare text to a component, which may put it beside something', () => {
  const Frame = ({ children }: { readonly children?: ReactNode }) => jsxs('p', { children: [jsx('i', {}), children] });
  const marked = '<p><i></i><mien-text>a</mien-text></p>';
  expect(renderToStaticMarkup(jsx(Frame, { children: 'a' }))).toBe(marked);
  expect(renderToStaticMarkup(jsxs(Frame, { children: ['a', null, ''] }))).toBe(marked);
  expect(renderToStaticMarkup(jsx('p', { children: 'a' }))).toBe('<p>a</p>');
});
