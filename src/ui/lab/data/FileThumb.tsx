import { useEffect, useRef } from 'react';
import styles from '../lab.module.css';

/** A picture file, small. */
export function FileThumb({ file, alt }: { readonly file: File | null; readonly alt: string }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    if (!file || !image.current) return;
    const address = URL.createObjectURL(file);
    image.current.src = address;
    return () => URL.revokeObjectURL(address);
  }, [file]);
  return file ? <img ref={image} className={styles['face']} alt={alt} /> : null;
}
