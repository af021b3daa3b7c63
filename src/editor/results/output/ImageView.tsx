import { Download } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { downloadBlob, fileNameOf } from "../../../lib/download.ts";
import { formatBytes } from "../../../lib/format.ts";
import type { Display } from "../../../runs/index.ts";
import { Button } from "../../../ui/index.ts";
import styles from "./output.module.css";

type Image = Extract<Display, { readonly bytes: ArrayBuffer }>;

export interface ImageViewProps extends Image {
  readonly name: string;
}

/** An image in its own size, or as wide as there is room. */
export function ImageView({ head, bytes, name }: ImageViewProps) {
  const blob = useMemo(() => new Blob([bytes], { type: head.mime }), [bytes, head.mime]);
  const [url, setUrl] = useState<string | null>(null);
  const [size, setSize] = useState<{ readonly width: number; readonly height: number } | null>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  const extension = head.mime.slice("image/".length).replace("svg+xml", "svg").replace("jpeg", "jpg");
  return (
    <figure className={styles.figure}>
      {broken ? (
        <p className={styles.note}>The browser can't read this image. Download it to look into it.</p>
      ) : (
        url !== null && (
          <img
            className={styles.image}
            src={url}
            alt={name}
            width={size ? Math.round(size.width / head.scale) : undefined}
            onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
              width > 0 && setSize({ width, height })
            }
            onError={() => setBroken(true)}
          />
        )
      )}
      <figcaption className={styles.tools}>
        <span className={styles.facts}>
          {size && `${size.width} × ${size.height}, `}
          {formatBytes(bytes.byteLength)}
        </span>
        <Button size="s" variant="ghost" onClick={() => downloadBlob(fileNameOf(name, extension), blob)}>
          <Download size={13} aria-hidden /> Download image
        </Button>
      </figcaption>
    </figure>
  );
}
