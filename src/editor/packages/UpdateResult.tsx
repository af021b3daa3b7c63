import { ArrowRight } from "lucide-react";
import type { PackageChange, PackageUpdate } from "../../runs/index.ts";
import { Banner, Button } from "../../ui/index.ts";
import styles from "./packages.module.css";

/** What *Update packages* came to. */
export function UpdateResult({
  update,
  onUndo,
}: {
  readonly update: PackageUpdate;
  readonly onUndo: () => void;
}) {
  if (update.kind === "stopped") return <Banner tone="info">Stopped. Nothing has changed.</Banner>;
  if (update.kind === "failed") {
    return (
      <Banner tone="bad">
        <strong>The packages could not be updated, and are as they were.</strong> {update.error.message}{" "}
        {update.error.hint}
      </Banner>
    );
  }
  if (update.changes.length === 0) {
    return <Banner tone="info">Nothing has changed: these are the newest versions that suit.</Banner>;
  }
  return (
    <section className={styles.changes} aria-labelledby="package-changes">
      <div className={styles.changesHead}>
        <h3 id="package-changes" role="status">
          {update.changes.length === 1 ? "1 package changed" : `${update.changes.length} packages changed`}
        </h3>
        <Button onClick={onUndo}>Undo</Button>
      </div>
      <ul>
        {update.changes.map((change) => (
          <li key={change.name}>
            <strong>{change.name}</strong> <Versions change={change} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ change: { from, to } }: { readonly change: PackageChange }) {
  if (from === null) return <span>{to} is new</span>;
  if (to === null) return <span>{from} is no longer needed</span>;
  if (from === to) return <span>{to} in another file</span>;
  return (
    <span>
      {from} <ArrowRight size={12} role="img" aria-label="to" /> {to}
    </span>
  );
}
