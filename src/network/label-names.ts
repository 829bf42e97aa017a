import { EXPRESSIONS, type Expression } from '../engine/labels';

/** Synonyms of the seven expressions, in lower case: used by data sets, model cards and demos, in the app's six languages. */
const SYNONYMS: Readonly<Record<Expression, string>> = {
  angry: 'anger an ang mad rage furious wütend wuetend wut zorn zornig ärger aergerlich verärgert colère en-colère fâché furieux enfado enfadado enojo enojado ira furioso 怒り 怒 怒る 怒った غضب غاضب',
  disgust: 'disgusted di dis ekel angeekelt angewidert abscheu dégoût dégoûté asco asqueado disgusto repugnancia 嫌悪 嫌悪感 اشمئزاز مشمئز قرف',
  fear: 'fearful afraid scared fe fea anxiety angst ängstlich furcht peur apeuré effrayé miedo temor asustado 恐怖 恐れ 怖い خوف خائف',
  happy: 'happiness joy joyful smile smiling ha hap freude fröhlich froehlich glücklich gluecklich freudig joie joyeux heureux heureuse alegría alegre felicidad feliz contento 喜び 幸せ 笑顔 嬉しい سعادة سعيد فرح',
  sad: 'sadness sa unhappy sorrow trauer traurig traurigkeit tristesse triste tristeza 悲しみ 悲しい حزن حزين',
  surprise: 'surprised su sur astonished amazed überraschung ueberraschung überrascht ueberrascht erstaunt surpris étonné étonnement sorpresa sorprendido 驚き 驚いた びっくり دهشة مندهش مفاجأة متفاجئ',
  neutral: 'neutrality ne neu calm normal none no-emotion neutre neutro ruhig 無表情 中立 ニュートラル 普通 محايد حيادي طبيعي',
};

/** Removes accents, whether composed or decomposed. */
function folded(label: string): string {
  return label.trim().normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const EXPRESSION_OF = new Map<string, Expression>(
  EXPRESSIONS.flatMap((expression) => [expression, ...SYNONYMS[expression].split(' ')].map((word) => [folded(word).replaceAll('-', ' '), expression] as const)),
);

/** Numbers, separators or emoji around a word (`3_happy`, `😀 happy`, `sad (50%)`). */
const AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu;

/** Words to ignore (`happy faces`, `train_sad`, `joyeux visages`). */
const BESIDE = new Set('face faces image images img imgs picture pictures pic pics photo photos people persons expression expressions emotion emotions class label train training test testing val valid validation gesicht gesichter bild bilder visage visages rostro rostros cara caras imagen imagenes'.split(' '));

/**
 * Returns the expression named by a label, regardless of case, accents, plural, surrounding words such as "faces", and surrounding non-letters; null
 * if it names none, or more than one.
 */
export function expressionOf(label: string): Expression | null {
  const plain = folded(label);
  const text = plain.replaceAll(AROUND, '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  const known = EXPRESSION_OF.get(plain) ?? wordOf(text);
  if (known !== null) return known;
  const words = text.split(' ').filter((word) => /\p{L}/u.test(word) && !BESIDE.has(word));
  const named = new Set(words.map(wordOf));
  const [only = null] = named;
  return named.size === 1 ? only : null;
}

/** Fewest letters of a word with a plural: shorter ones are codes, which a suffix would turn into names and other words (`Mads`, `sure`, `neue`). */
const SHORTEST_WITH_PLURAL = 4;

function wordOf(word: string): Expression | null {
  const singulars = [/s$/, /(?:es|e)$/].map((ending) => word.replace(ending, '')).filter(({ length }) => length >= SHORTEST_WITH_PLURAL);
  const known = [word, ...singulars].map((each) => EXPRESSION_OF.get(each));
  return known.find((expression) => expression !== undefined) ?? null;
}

/** An order of expressions in model outputs or label numbers. */
export interface LabelOrder {
  readonly id: string;
  /** Common name of the order. */
  readonly name: string;
  readonly labels: readonly string[];
  /** Number of the first label. */
  readonly first: 0 | 1;
}

/** Known orders, most common first: the first of equally good fits is proposed. */
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
  { id: 'ck-plus-numbers', name: 'CK+', labels: ['neutral', 'anger', 'contempt', 'disgust', 'fear', 'happy', 'sadness', 'surprise'], first: 0 },
  { id: 'fer2013-8', name: 'FER2013 with contempt', labels: ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral', 'contempt'], first: 0 },
  { id: 'no-disgust', name: 'FER2013 without disgust', labels: ['angry', 'fear', 'happy', 'sad', 'surprise', 'neutral'], first: 0 },
  { id: 'no-disgust-alphabetical', name: 'alphabetical without disgust', labels: ['angry', 'fear', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
  { id: 'basic-six', name: 'the six without neutral, alphabetical', labels: ['anger', 'disgust', 'fear', 'happiness', 'sadness', 'surprise'], first: 0 },
  { id: 'no-fear-disgust', name: 'five, alphabetical', labels: ['angry', 'happy', 'neutral', 'sad', 'surprise'], first: 0 },
];
