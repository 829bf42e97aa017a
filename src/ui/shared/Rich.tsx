import type { ReactNode } from 'react';
import { t, type Phrase, type Values } from '../../words/i18n';

interface Props {
  /** `Read <link>the model card</link>.` */
  readonly message: Phrase;
  readonly values?: Values;
  /** Renders the text inside the tag of each name. */
  readonly parts: Readonly<Record<string, (text: string) => ReactNode>>;
}

const TAGGED = /<(\w+)>(.*?)<\/\1>/g;

/** A catalogue message that contains elements. */
export function Rich({ message, values, parts }: Props) {
  const text = t(message, values);
  const pieces: ReactNode[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', 2: inner = '', index } of text.matchAll(TAGGED)) {
    const part = parts[name];
    if (!part) continue;
    pieces.push(<span key={end}>{text.slice(end, index)}</span>, <span key={index}>{part(inner)}</span>);
    end = index + whole.length;
  }
  return (
    <>
      {pieces}
      <span>{text.slice(end)}</span>
    </>
  );
}
