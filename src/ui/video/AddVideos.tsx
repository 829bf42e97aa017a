import { FileTrigger } from 'react-aria-components/FileTrigger';
import { Button } from '../shared/Button';
import { VideoIcon } from './icons';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
  readonly primary?: boolean;
}

export function AddVideos({ onFiles, primary = false }: Props) {
  return (
    <FileTrigger allowsMultiple acceptedFileTypes={['video/*', '.mkv', '.avi', '.mov', '.webm', '.mp4', '.m4v']} onSelect={(files) => onFiles([...(files ?? [])])}>
      <Button variant={primary ? 'primary' : 'plain'}>
        <VideoIcon />
        {primary ? 'Choose videos' : 'Add videos'}
      </Button>
    </FileTrigger>
  );
}
