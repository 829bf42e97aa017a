import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { folderFiles } from '../../app/files/file-path';
import { ACCEPTED } from '../../app/files/sort-files';
import { Button } from '../shared/Button';
import { FolderIcon, PhotoIcon } from '../shared/icons';
import { t } from '../../words/i18n';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
  /** True if the files were chosen before. */
  readonly again?: boolean;
}

/** File picker buttons: one for files, one for a folder. */
export function AddFiles({ onFiles, primary = false, again = false }: Props) {
  const [files, folder] = again
    ? [t('Choose the files again'), t('Choose the folder again')]
    : primary
      ? [t('Choose photos or videos'), t('Choose a folder')]
      : [t('Add files'), t('Add a folder')];
  return (
    <>
      <ChooseFiles variant={primary ? 'primary' : 'plain'} onFiles={onFiles}>
        {files}
      </ChooseFiles>
      <FileTrigger acceptDirectory onSelect={(chosen) => onFiles(folderFiles([...(chosen ?? [])]))}>
        <Button>
          <FolderIcon />
          {folder}
        </Button>
      </FileTrigger>
    </>
  );
}

interface ChooseProps {
  readonly variant: 'primary' | 'plain';
  readonly onFiles: Props['onFiles'];
  readonly children: ReactNode;
}

/** A button that opens the file picker. */
export function ChooseFiles({ variant, onFiles, children }: ChooseProps) {
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={[...ACCEPTED.photo, ...ACCEPTED.video]} onSelect={(files) => onFiles([...(files ?? [])])}>
      <Button variant={variant}>
        <PhotoIcon />
        {children}
      </Button>
    </FileTrigger>
  );
}
