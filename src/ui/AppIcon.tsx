import styles from "./AppIcon.module.css";
import { initialsOf, inkOn } from "./app-icon.ts";

export interface AppIconProps {
  readonly name: string;
  /** Brand colour, `#rrggbb`. */
  readonly color: string;
  /** SVG path data on a 24×24 grid, or null: letters are drawn. */
  readonly iconPath: string | null;
  /** Letters drawn where there is no icon; by default taken from the name. */
  readonly letters?: string | undefined;
  /** Edge of the tile in pixels. */
  readonly size?: number | undefined;
}

/** An app's logo on a tile in its brand's colour. Decorative: the name stands beside it. */
export function AppIcon({ name, color, iconPath, letters, size = 28 }: AppIconProps) {
  const ink = inkOn(color, iconPath === null ? "letters" : "logo");
  const glyph = Math.round(size * 0.6);
  return (
    <span
      aria-hidden
      className={styles.tile}
      style={{
        width: size,
        height: size,
        borderRadius: size * 0.29,
        background: color,
        color: ink,
        fontSize: size * 0.42,
      }}
    >
      {iconPath === null ? (
        (letters ?? initialsOf(name))
      ) : (
        <svg width={glyph} height={glyph} viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
          <path d={iconPath} />
        </svg>
      )}
    </span>
  );
}
