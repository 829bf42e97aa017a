import { useEffect, useRef, type RefObject } from 'react';
import type { ArchivedSession } from '../../session/session-archive';
import { sessionName } from '../../words/session';

interface Actions {
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ids: readonly string[], ticked: boolean) => void;
  readonly onDelete: (id: string, name: string) => void;
  readonly onDeleteTicked: () => void;
}

interface SessionKeys {
  readonly list: RefObject<HTMLUListElement | null>;
  /** Ticks a session, or with `shift` all from the last one on. */
  readonly tick: (id: string, on: boolean, shift: boolean) => void;
}

/**
 * Selects several sessions of a list as file managers do: Shift ticks a range, Ctrl+A all, and Delete or Backspace deletes what is ticked,
 * or else the session that has the focus.
 *
 * @param sessions those that can be ticked.
 */
export function useSessionKeys(sessions: readonly Pick<ArchivedSession, 'id' | 'name' | 'startedAtMs'>[], actions: Actions): SessionKeys {
  const list = useRef<HTMLUListElement>(null);
  const anchor = useRef<string | null>(null);
  const ids = sessions.map(({ id }) => id);
  const press = (event: KeyboardEvent) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.altKey || event.shiftKey || isTyping(target)) return;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === 'a') {
      event.preventDefault();
      actions.onTick(ids, true);
    }
    // A held key deletes once.
    if (event.ctrlKey || event.metaKey || event.repeat || (key !== 'Delete' && key !== 'Backspace')) return;
    if (ids.some((id) => actions.ticked.has(id))) return actions.onDeleteTicked();
    const focused = target instanceof Element ? target.closest('[data-session]')?.getAttribute('data-session') : null;
    const session = sessions.find(({ id }) => id === focused);
    if (session) actions.onDelete(session.id, sessionName(session));
  };
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const { current: element } = list;
    const listen = (event: KeyboardEvent) => latest.current(event);
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, []);
  const tick = (id: string, on: boolean, shift: boolean) => {
    const [from, to] = [shift && anchor.current !== null ? ids.indexOf(anchor.current) : -1, ids.indexOf(id)];
    actions.onTick(from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1), on);
    anchor.current = id;
  };
  return { list, tick };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
