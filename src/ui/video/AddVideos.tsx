import { FileTrigger } from 'react-aria-components/FileTrigger';
import { folderFiles } from '../../app/files/file-path';
import { Button } from '../shared/Button';
import { FolderIcon } from '../shared/icons';
import { VideoIcon } from './icons';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
}

/** The two ways to choose from the disk. */
export function AddVideos({ onFiles, primary = false }: Props) {
  return (
    <>
      <FileTrigger allowsMultiple acceptedFileTypes={['video/*', '.mkv', '.avi', '.mov', '.webm', '.mp4', '.m4v', '.ts', '.mts', '.m2ts']} onSelect={(files) => onFiles([...(files ?? [])])}>
        <Button variant={primary ? 'primary' : 'plain'}>
          <VideoIcon />
          {primary ? 'Choose videos' : 'Add videos'}
        </Button>
      </FileTrigger>
      <FileTrigger acceptDirectory onSelect={(files) => onFiles(folderFiles([...(files ?? [])]))}>
        <Button>
          <FolderIcon />
          {primary ? 'Choose a folder' : 'Add a folder'}
        </Button>
      </FileTrigger>
    </>
  );
}
