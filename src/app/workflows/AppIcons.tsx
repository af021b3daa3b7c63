import { Braces } from "lucide-react";
import { findApp } from "../../catalog/index.ts";
import { AppIcon } from "../../ui/index.ts";
import styles from "./workflows.module.css";

/** Tiles there is room for; the last one counts what has none. */
const TILES = 3;
const UNKNOWN_COLOR = "#6b7280";

/** The icons of a workflow's apps; the names are there for assistive technology. */
export function AppIcons({ apps }: { readonly apps: readonly string[] }) {
  const shown = apps.length > TILES ? apps.slice(0, TILES - 1) : apps;
  const more = apps.length - shown.length;
  return (
    <span className={styles.icons}>
      {apps.length === 0 && (
        <span className={styles.plainIcon} aria-hidden>
          <Braces size={15} />
        </span>
      )}
      {shown.map((slug) => {
        const app = findApp(slug);
        return (
          <AppIcon
            key={slug}
            name={app?.name ?? slug}
            color={app?.color ?? UNKNOWN_COLOR}
            iconPath={app?.iconPath ?? null}
          />
        );
      })}
      {more > 0 && (
        <span className={styles.more} aria-hidden>
          +{more}
        </span>
      )}
    </span>
  );
}

/** `Slack, GitHub`: the names of the apps. */
export function appNames(apps: readonly string[]): string {
  return apps.map((slug) => findApp(slug)?.name ?? slug).join(", ");
}
