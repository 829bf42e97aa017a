import { afterEach, expect, it } from 'vitest';
import { offerUndo } from './undo-key';

const cleanUps: (() => void)[] = [];
afterEach(() => cleanUps.splice(0).forEach((cleanUp) => cleanUp()));

function place(markup = '<p></p>'): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = markup;
  document.body.append(element);
  cleanUps.push(() => element.remove());
  return element;
}

const press = (target: Element = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }));

function offer(name: string, undone: string[], where: Element): () => void {
  const takeBack = offerUndo({ place: () => where, undo: () => undone.push(name) });
  cleanUps.push(takeBack);
  return takeBack;
}

it('undoes the latest action that is offered in a visible place', () => {
  const undone: string[] = [];
  const [first, second] = [place(), place()];
  offer('first', undone, first);
  const takeBack = offer('second', undone, second);
  press();
  second.inert = true;
  press();
  second.inert = false;
  takeBack();
  press();
  expect(undone).toEqual(['second', 'first', 'first']);
});

it('leaves the key to text fields, and ignores actions behind a dialog', () => {
  const undone: string[] = [];
  offer('behind', undone, place());
  press(place('<input>').querySelector('input') ?? document.body);
  const dialog = place('<section role="dialog"></section>');
  expect(press()).toBe(true);
  expect(undone).toEqual([]);
  offer('within', undone, dialog.querySelector('section') ?? dialog);
  press();
  dialog.remove();
  expect(undone).toEqual(['within']);
});
