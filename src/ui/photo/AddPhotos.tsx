import { FileTrigger } from 'react-aria-components/FileTrigger';
import { folderFiles } from '../../app/files/file-path';
import { Button } from '../shared/Button';
import { FolderIcon, PhotoIcon } from '../shared/icons';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
}

/** The two ways to choose from the disk. */
export function AddPhotos({ onFiles, primary = false }: Props) {
  return (
    <>
      <ChoosePhotos variant={primary ? 'primary' : 'plain'} onFiles={onFiles}>
        {primary ? 'Choose photos' : 'Add photos'}
      </ChoosePhotos>
      <FileTrigger acceptDirectory onSelect={(files) => onFiles(folderFiles([...(files ?? [])]))}>
        <Button>
          <FolderIcon />
          {primary ? 'Choose a folder' : 'Add a folder'}
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
export function ChoosePhotos({ variant, onFiles, children }: ChooseProps) {
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={['image/*', '.heic', '.heif', '.avif']} onSelect={(files) => onFiles([...(files ?? [])])}>
      <Button variant={variant}>
        <PhotoIcon />
        {children}
      </Button>
    </FileTrigger>
  );
}
