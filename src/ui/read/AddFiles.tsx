import { FileTrigger } from 'react-aria-components/FileTrigger';
import { folderFiles } from '../../app/files/file-path';
import { Button } from '../shared/Button';
import { FolderIcon, PhotoIcon } from '../shared/icons';
import { t } from '../../words/i18n';

/** Extensions that some systems know no type for. */
const ACCEPTED = ['image/*', '.heic', '.heif', '.avif', 'video/*', '.mkv', '.avi', '.mov', '.webm', '.mp4', '.m4v', '.ts', '.mts', '.m2ts'];

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
}

/** The two ways to choose from the disk: files, or a folder. */
export function AddFiles({ onFiles, primary = false }: Props) {
  return (
    <>
      <ChooseFiles variant={primary ? 'primary' : 'plain'} onFiles={onFiles}>
        {primary ? t('Choose photos or videos') : t('Add files')}
      </ChooseFiles>
      <FileTrigger acceptDirectory onSelect={(files) => onFiles(folderFiles([...(files ?? [])]))}>
        <Button>
          <FolderIcon />
          {primary ? t('Choose a folder') : t('Add a folder')}
        </Button>
      </FileTrigger>
    </>
  );
}

interface ChooseProps {
  readonly variant: 'primary' | 'plain';
  readonly onFiles: Props['onFiles'];
  readonly children: string;
}

/** A button that opens the file picker. */
export function ChooseFiles({ variant, onFiles, children }: ChooseProps) {
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={ACCEPTED} onSelect={(files) => onFiles([...(files ?? [])])}>
      <Button variant={variant}>
        <PhotoIcon />
        {children}
      </Button>
    </FileTrigger>
  );
}
