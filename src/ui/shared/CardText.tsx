import { knownCardText } from '../../words/card-text';

/** A model's card is written in English: what is known of it is translated, the rest runs as English does. */
export function CardText({ text }: { readonly text: string }) {
  const known = knownCardText(text);
  return known === null ? (
    <bdi lang="en" dir="ltr">
      {text}
    </bdi>
  ) : (
    <>{known}</>
  );
}
