import { MienError } from '../../engine/errors';
import { verdictOf } from '../../engine/labels';
import type { FaceObservation } from '../../engine/types';
import { annotatedSize, drawAnnotated, type FaceMark } from '../../export/annotated-image';
import type { CsvOptions } from '../../export/csv';
import { photosToCsv, photosToFields } from '../../export/photo-csv';
import { photosToJson, toPhotoRecord, type PhotoOutcome, type PhotoRecord } from '../../export/photo-record';
import { APP_VERSION } from '../../reading/app-version';
import { pictureAccount, pictureSource, type LeftOutCount } from '../../session/reading-account';
import { openImage } from '../../sources/image-file-source';
import { expressionColor, type ColorScheme } from '../../words/expression-style';
import { canvasToBlob } from '../files/canvas-blob';
import { stemOfPath } from '../../export/file-names';
import { copyTable } from '../files/copy-table';
import { saveFile } from '../files/save-file';
import { copyImage, shareFile } from '../files/share-file';
import { wordError } from '../../words/errors';
import { inEnglish } from '../../words/i18n';
import { formatPlain } from '../../words/format';
import { headlineOf } from '../../words/face';
import type { Photo, ReadBy } from './photo-queue';

/** Downloads the records of all photos in one file. */
export function downloadRecords(photos: readonly Photo[], health: ReadBy, kind: 'json' | 'csv', options: CsvOptions): void {
  const records = photoRecords(photos, health);
  const [text, type] = kind === 'json' ? [photosToJson(records), 'application/json'] : [photosToCsv(records, options), 'text/csv'];
  const [only] = photos;
  const name = photos.length === 1 && only ? stemOfPath(only.name, 'photo') : 'mien-photos';
  saveFile(new Blob([text], { type: `${type};charset=utf-8` }), `${name}.${kind}`);
}

/**
 * One record per photo, in order, including photos that failed or were not read.
 *
 * @param health engine to name for photos that were not read.
 */
export function photoRecords(photos: readonly Photo[], health: ReadBy): PhotoRecord[] {
  return photos.map((photo) => {
    const readBy = photo.state.status === 'done' ? photo.state.readBy : health;
    return toPhotoRecord(toOutcome(photo, readBy), readBy.model);
  });
}

function toOutcome(photo: Photo, { sensitivity = null, backend }: ReadBy): PhotoOutcome {
  const { name, file, missing, state } = photo;
  const result = state.status === 'done' ? state.result : null;
  const { startedAtMs, container } = 'startedAtMs' in state ? state : { startedAtMs: null, container: null };
  const source = pictureSource({ name, bytes: missing?.bytes ?? file.size, container }, result?.frame ?? null);
  const reading = pictureAccount({ source, search: 'thorough', sensitivity, backend, appVersion: APP_VERSION, startedAtMs }, leftOutReason(photo));
  return state.status === 'failed' ? { failure: inEnglish(() => wordError(state.error).title), reading } : { result, ...(state.status === 'done' && state.notFaces && { notFaces: state.notFaces }), reading };
}

/** Reason why a photo was not read; null if it was. */
function leftOutReason({ state }: Photo): LeftOutCount['reason'] | null {
  if (state.status === 'done') return null;
  if (state.status !== 'failed') return 'stopped';
  return state.error.is('image') ? 'undecodable' : 'failed';
}

/** A photo that was read. */
export type DonePhoto = Photo & { readonly state: { readonly status: 'done' } };

export function isRead(photo: Photo): photo is DonePhoto {
  return photo.state.status === 'done';
}

/** Downloads the `annotatedPicture`. */
export async function downloadPng(photo: DonePhoto, scheme: ColorScheme, pose: boolean): Promise<void> {
  const picture = await annotatedPicture(photo, scheme, pose);
  saveFile(picture, picture.name);
}

/** Copies the photos' table to the clipboard, with numbers in the chosen language. */
export async function copyPhotoTable(photos: readonly Photo[], health: ReadBy): Promise<void> {
  await copyTable(photosToFields(photoRecords(photos, health), formatPlain));
}

/** Copies the `annotatedPicture` to the clipboard. */
export async function copyPicture(photo: DonePhoto, scheme: ColorScheme, pose: boolean): Promise<void> {
  await copyImage(annotatedPicture(photo, scheme, pose));
}

/** Shares the `annotatedPicture` with another app. */
export async function sharePicture(photo: DonePhoto, scheme: ColorScheme, pose: boolean): Promise<void> {
  await shareFile(await annotatedPicture(photo, scheme, pose));
}

/** The photo as a PNG with boxes, labels and, if `pose`, head axes. Rejects with a `MienError` of kind `image`. */
export async function annotatedPicture(photo: DonePhoto, scheme: ColorScheme, pose: boolean): Promise<File> {
  const { bitmap } = await openImage(photo.file);
  try {
    const canvas = document.createElement('canvas');
    const { width, height } = annotatedSize(photo.state.result.frame);
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) throw new MienError('image', 'too-large', 'no canvas');
    drawAnnotated(context, bitmap, photo.state.result, (face, index) => markOf(face, index + 1, scheme), pose);
    return new File([await canvasToBlob(canvas, 'image/png')], `${stemOfPath(photo.name, 'photo')}-mien.png`, { type: 'image/png' });
  } finally {
    bitmap.close();
  }
}

function markOf(face: FaceObservation, number: number, scheme: ColorScheme): FaceMark {
  const named = face.status === 'classified' && !face.uncertain;
  return { color: expressionColor(named ? verdictOf(face.smoothed).label : 'neutral', scheme), text: `${number} ${headlineOf(face)}` };
}
