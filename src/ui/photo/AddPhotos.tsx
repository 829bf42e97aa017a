import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../shared/Button';
import { FolderIcon, PhotoIcon } from '../shared/icons';
import { withoutHidden } from '../shared/use-incoming-files';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
}

/** The two ways to choose from the disk. */
export function AddPhotos({ onFiles, primary = false }: Props) {
  return (
    <>
      <FileTrigger allowsMultiple acceptedFileTypes={['image/*', '.heic', '.heif', '.avif']} onSelect={(files) => onFiles([...(files ?? [])])}>
        <Button variant={primary ? 'primary' : 'plain'}>
          <PhotoIcon />
          {primary ? 'Choose photos' : 'Add photos'}
        </Button>
      </FileTrigger>
      <FileTrigger acceptDirectory onSelect={(files) => onFiles(withoutHidden([...(files ?? [])]))}>
        <Button>
          <FolderIcon />
          {primary ? 'Choose a folder' : 'Add a folder'}
        </Button>
      </FileTrigger>
    </>
  );
}
