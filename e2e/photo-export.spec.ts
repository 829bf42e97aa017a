import { EXPRESSIONS } from '../src/engine/labels';
import { drawScene, fiveFaces, noFace, oneFace } from '../scripts/drawn-faces/scenes';
import { choosePictures, expectFaces, faceCards, pictureOf, READING_MS } from './support/app';
import { download, downloadJson } from './support/downloads';
import { file, type TestFile } from './support/pictures';
import { expect, test, type Page } from './support/test';

/** The documented format, key by key, which programs for earlier versions read. */
const FACE_KEYS = ['emotion', 'confidence', 'label_held', 'face_score', 'box', 'probabilities', 'head_pose', 'uncertain', 'uncertain_reasons'];
const WITH_FACE = ['file', 'width', 'height', 'emotion', 'confidence', 'face_location', 'faces', 'reading', 'model'];
const WITHOUT_FACE = ['file', 'width', 'height', 'error', 'faces', 'reading', 'model'];
const UNREADABLE = ['file', 'error', 'faces', 'reading', 'model'];

interface Face {
  readonly emotion: string;
  readonly confidence: number;
  readonly label_held: string;
  readonly face_score: number;
  readonly box: readonly number[];
  readonly probabilities: Readonly<Record<string, number>>;
  readonly head_pose: Readonly<Record<string, number>>;
  readonly uncertain: boolean;
  readonly uncertain_reasons: readonly string[];
}

interface Photo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly emotion: string;
  readonly confidence: number;
  readonly face_location: Readonly<Record<string, number>>;
  readonly error: string;
  readonly faces: readonly Face[];
  readonly skipped_faces?: readonly { readonly reason: string; readonly box: readonly number[] }[];
  readonly reading: Readonly<Record<string, unknown>>;
  readonly model: Readonly<Record<string, string>>;
}

function expectFace(face: Face): void {
  expect(Object.keys(face)).toEqual(FACE_KEYS);
  expect(EXPRESSIONS).toContain(face.emotion);
  expect(face.box).toHaveLength(4);
  for (const value of face.box) expect(Number.isInteger(value)).toBe(true);
  expect(Object.keys(face.probabilities)).toEqual([...EXPRESSIONS]);
  const values = Object.values(face.probabilities);
  expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
  for (const value of values) expect(value).toBeGreaterThanOrEqual(0);
  expect(face.confidence).toBe(face.probabilities[face.emotion]);
  expect(face.confidence).toBe(Math.max(...values));
  expect(face.label_held).toBe(face.emotion);
  expect(Object.keys(face.head_pose)).toEqual(['yaw', 'pitch', 'roll']);
  for (const value of Object.values(face.head_pose)) expect(Math.abs(value)).toBeLessThanOrEqual(180);
  // For the other reasons see quality.spec.ts.
  expect(face.uncertain_reasons.includes('no expression stands out')).toBe(face.confidence < 0.45);
  expect(face.uncertain).toBe(face.uncertain_reasons.length > 0);
}

function expectModel({ model }: Photo): void {
  expect(Object.keys(model)).toEqual(['id', 'version', 'sha256']);
  expect(model['sha256']).toMatch(/^[0-9a-f]{64}$/);
}

function expectPhoto(photo: Photo, count: number): void {
  expect(Object.keys(photo)).toEqual(WITH_FACE);
  expectModel(photo);
  expect(photo.faces).toHaveLength(count);
  photo.faces.forEach(expectFace);
  const largest = photo.faces.reduce((a, b) => ((b.box[2] ?? 0) * (b.box[3] ?? 0) > (a.box[2] ?? 0) * (a.box[3] ?? 0) ? b : a));
  expect(photo.emotion).toBe(largest.emotion);
  expect(photo.confidence).toBe(largest.confidence);
  expect(Object.entries(photo.face_location)).toEqual(['x', 'y', 'width', 'height'].map((side, i) => [side, largest.box[i]]));
}

/** Rows of fields; the drawn pictures' names need no quoting. */
function rowsOf(csv: Buffer): string[][] {
  const text = csv.toString('utf8');
  expect(text).toMatch(/\r\n$/);
  return text.trimEnd().split('\r\n').map((row) => row.split(','));
}

test('one picture: one object, in the documented keys and types', async ({ readyPage: page }) => {
  await choosePictures(page, await pictureOf(page, oneFace(), 'one.jpg', 'image/jpeg'));
  await expectFaces(page, 1);
  const { name, bytes } = await download(page, 'JSON');
  expect(name).toBe('one.json');
  const photo = JSON.parse(bytes.toString('utf8')) as Photo;
  expect(photo).toMatchObject({ file: 'one.jpg', width: 640, height: 480, emotion: 'happy' });
  expectPhoto(photo, 1);
  expect((await download(page, 'annotated PNG')).name).toBe('one-mien.png');
});

test('several: an array in their order; entries without a face or a picture say so; the CSV agrees', async ({ readyPage: page }) => {
  await choosePictures(page, [
    await pictureOf(page, fiveFaces(), 'five.png'),
    await pictureOf(page, noFace(), 'wall.png'),
    file('notes.jpg', 'image/jpeg', Buffer.from('text')),
  ]);
  await expect(page.getByText('2 of 3 read, 1 could not be read')).toBeVisible({ timeout: READING_MS });
  const photos = (await downloadJson(page)) as Photo[];
  expect(photos).toHaveLength(3);
  const [five, wall, notes] = photos as [Photo, Photo, Photo];
  expect(five).toMatchObject({ file: 'five.png', width: 1280, height: 720 });
  expectPhoto(five, 5);
  expect(Object.keys(wall)).toEqual(WITHOUT_FACE);
  expect(wall).toMatchObject({ file: 'wall.png', width: 640, height: 480, error: 'No face detected', faces: [] });
  expectModel(wall);
  expect(wall.reading).toMatchObject({ source: { name: 'wall.png', container: 'png' }, frames_read: 1, search: 'thorough' });
  expect(Object.keys(notes)).toEqual(UNREADABLE);
  expect(notes).toMatchObject({ file: 'notes.jpg', error: 'This is not a picture', faces: [] });
  expectModel(notes);
  expect(notes.reading).toMatchObject({ frames_read: 0, frames_left_out: [{ reason: 'undecodable', count: 1 }] });

  const csv = await download(page, 'CSV');
  expect(csv.name).toBe('mien-photos.csv');
  const [header = [], ...rows] = rowsOf(csv.bytes);
  expect(header.join()).toBe(
    'file,width,height,face,emotion,confidence,label_held,uncertain,uncertain_reasons,face_score,box_x,box_y,box_width,box_height,' +
      'probabilities_angry,probabilities_disgust,probabilities_fear,probabilities_happy,probabilities_sad,probabilities_surprise,probabilities_neutral,' +
      'head_pose_yaw,head_pose_pitch,head_pose_roll,error,' +
      'source_bytes,source_container,source_codec,source_width,source_height,source_duration_s,source_start_s,source_broken_off_s,source_track,source_recordings,source_not_read,' +
      'part_from_s,part_to_s,rate_asked,frames_asked,frames_read,frames_left_out,frames_left_out_reasons,complete,search,smoothing_ms,sensitivity,backend,app_version,started,' +
      'model_id,model_version,model_sha256',
  );
  expect(rows).toHaveLength(7);
  for (const row of rows) expect(row).toHaveLength(header.length);
  five.faces.forEach((face, i) => {
    const read = [face.emotion, face.confidence, face.label_held, face.uncertain, face.uncertain_reasons.join('; '), face.face_score];
    const written = [...[five.file, 1280, 720, i + 1], ...read, ...face.box, ...Object.values(face.probabilities), ...Object.values(face.head_pose), ''];
    expect(rows[i]?.slice(0, written.length)).toEqual(written.map(String));
  });
  const error = header.indexOf('error');
  expect([rows[5]?.[0], rows[5]?.[error]]).toEqual(['wall.png', 'No face detected']);
  expect([rows[6]?.[0], rows[6]?.[1], rows[6]?.[error]]).toEqual(['notes.jpg', '', 'This is not a picture']);
});

async function readOne(page: Page, picture: TestFile): Promise<Photo> {
  await choosePictures(page, picture);
  await expectFaces(page, 1);
  return (await downloadJson(page)) as Photo;
}

test('an unread face is shown with its reason, and saved with it', async ({ readyPage: page }) => {
  const words = 'Too small to read';
  const small = drawScene({ width: 48, height: 48 }, [{ x: 24, y: 20, height: 20, expression: 'happy', seed: 1 }]);
  const photo = await readOne(page, await pictureOf(page, small, 'odd.png'));
  await expect(faceCards(page).getByText(words)).toBeVisible();
  await expect(faceCards(page).getByRole('table')).toHaveCount(0);
  await expect(page.getByRole('button', { name: `Face 1: ${words}. Go to its card` })).toBeVisible();
  expect(photo).toMatchObject({ error: 'No face could be read', faces: [], skipped_faces: [{ reason: 'face-too-small' }] });
  const [, row] = rowsOf((await download(page, 'CSV')).bytes);
  expect(row).toContain('face-too-small');
});
