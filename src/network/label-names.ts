import { EXPRESSIONS, type Expression } from '../engine/labels';

/** Other words for the seven, in lower case: those that data sets, model cards and demos use. */
const SYNONYMS: Readonly<Record<Expression, readonly string[]>> = {
  angry: ['anger', 'an', 'ang', 'mad', 'wütend', 'colère', 'ira', 'enojo', 'rage'],
  disgust: ['disgusted', 'di', 'dis', 'ekel', 'dégoût', 'asco'],
  fear: ['fearful', 'afraid', 'scared', 'fe', 'fea', 'angst', 'peur', 'miedo', 'anxiety'],
  happy: ['happiness', 'joy', 'joyful', 'smile', 'smiling', 'ha', 'hap', 'freude', 'joie', 'alegría', 'felicidad'],
  sad: ['sadness', 'sa', 'trauer', 'tristesse', 'tristeza', 'unhappy', 'sorrow'],
  surprise: ['surprised', 'su', 'sur', 'überraschung', 'sorpresa', 'astonished', 'amazed'],
  neutral: ['neutrality', 'ne', 'neu', 'calm', 'normal', 'none', 'no emotion', 'neutre'],
};

const EXPRESSION_OF = new Map<string, Expression>(
  EXPRESSIONS.flatMap((expression) => [expression, ...SYNONYMS[expression]].map((word) => [word, expression] as const)),
);

/** What stands around a word: numbers, separators, an emoji (`3_happy`, `😀 happy`, `sad (50%)`). */
const AROUND = /^[^\p{L}\p{M}]+|[^\p{L}\p{M}]+$/gu;

/** The expression that a label names in any case, with or without anything but letters around it; null for any other. */
export function expressionOf(label: string): Expression | null {
  const plain = label.trim().toLowerCase();
  const word = plain.replaceAll(AROUND, '').replaceAll(/[_.-]+/g, ' ');
  return EXPRESSION_OF.get(plain) ?? EXPRESSION_OF.get(word) ?? null;
}

/** An order in which outputs or label numbers stand for expressions. */
export interface LabelOrder {
  readonly id: string;
  /** Whose order it is, as people know it. */
  readonly name: string;
  readonly labels: readonly string[];
  /** Number of the first label. */
  readonly first: 0 | 1;
}

/** The orders in use, the more common first: among those that fit equally well, the first one is proposed. */
export const LABEL_ORDERS: readonly LabelOrder[] = [
  { id: 'fer2013', name: 'FER2013', labels: ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'], first: 0 },
  { id: 'alphabetical', name: 'alphabetical, as Keras reads folders', labels: ['angry', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
  { id: 'raf-db', name: 'RAF-DB', labels: ['surprise', 'fear', 'disgust', 'happy', 'sad', 'angry', 'neutral'], first: 1 },
  { id: 'affectnet-7', name: 'AffectNet, 7 classes', labels: ['neutral', 'happy', 'sad', 'surprise', 'fear', 'disgust', 'angry'], first: 0 },
  { id: 'ferplus-7', name: 'FER+, 7 classes', labels: ['neutral', 'happy', 'surprise', 'sad', 'angry', 'disgust', 'fear'], first: 0 },
  { id: 'ck-plus', name: 'CK+, alphabetical', labels: ['anger', 'contempt', 'disgust', 'fear', 'happy', 'sadness', 'surprise'], first: 0 },
  { id: 'face-api', name: 'face-api.js', labels: ['neutral', 'happy', 'sad', 'angry', 'fear', 'disgust', 'surprise'], first: 0 },
  { id: 'ferplus', name: 'FER+', labels: ['neutral', 'happiness', 'surprise', 'sadness', 'anger', 'disgust', 'fear', 'contempt'], first: 0 },
  { id: 'affectnet', name: 'AffectNet', labels: ['neutral', 'happy', 'sad', 'surprise', 'fear', 'disgust', 'anger', 'contempt'], first: 0 },
  { id: 'alphabetical-8', name: 'alphabetical with contempt', labels: ['anger', 'contempt', 'disgust', 'fear', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
  { id: 'no-disgust', name: 'FER2013 without disgust', labels: ['angry', 'fear', 'happy', 'sad', 'surprise', 'neutral'], first: 0 },
  { id: 'no-disgust-alphabetical', name: 'alphabetical without disgust', labels: ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
  { id: 'basic-six', name: 'the six without neutral, alphabetical', labels: ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'], first: 0 },
  { id: 'no-fear-disgust', name: 'five, alphabetical', labels: ['angry', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
];
