import { knownCardText } from '../../words/card-text';

/** A text from a model's card, which is written in English. Known texts are translated; others are marked as left-to-right English. */
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
