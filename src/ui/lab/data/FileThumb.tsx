import { useEffect, useState } from 'react';
import styles from '../lab.module.css';

/** A picture file, small. */
export function FileThumb({ file, alt }: { readonly file: File | null; readonly alt: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file) return;
    const address = URL.createObjectURL(file);
    setUrl(address);
    return () => URL.revokeObjectURL(address);
  }, [file]);
  return url ? <img className={styles['face']} src={url} alt={alt} loading="lazy" /> : null;
}
