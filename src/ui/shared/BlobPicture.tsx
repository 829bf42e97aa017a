import { useEffect, useRef } from 'react';

interface Props {
  readonly blob: Blob;
  readonly alt: string;
  readonly className?: string | undefined;
}

/** Displays an in-memory picture. */
export function BlobPicture({ blob, alt, className }: Props) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const address = URL.createObjectURL(blob);
    if (image.current) image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [blob]);
  return <img ref={image} className={className} alt={alt} />;
}
