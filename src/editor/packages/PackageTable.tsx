import type { LockedPackage, Workflow } from "../../workflow/index.ts";
import { usesOf } from "../../workflow/index.ts";
import styles from "./packages.module.css";

/** The workflow's packages: those that steps ask for first, then what these need. */
export function PackageTable({ workflow }: { readonly workflow: Workflow }) {
  const sorted = workflow.packages.toSorted(
    (a, b) => Number(a.asked.length === 0) - Number(b.asked.length === 0) || (a.name < b.name ? -1 : 1),
  );
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Version</th>
          <th scope="col">Needed by</th>
          <th scope="col">SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((entry) => (
          <PackageRow key={entry.name} workflow={workflow} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function PackageRow({ workflow, entry }: { readonly workflow: Workflow; readonly entry: LockedPackage }) {
  const { steps, packages } = usesOf(workflow, entry);
  return (
    <tr>
      <th scope="row">{entry.name}</th>
      <td className={styles.version}>{entry.version}</td>
      <td className={styles.uses}>
        {steps.map((name) => (
          <code key={name}>{name}</code>
        ))}
        {packages.length > 0 && <span>needed by {packages.join(", ")}</span>}
        {steps.length + packages.length === 0 && <span>no step any more</span>}
      </td>
      <td className={styles.hash} title={`${entry.filename}\nsha256 ${entry.sha256}`}>
        {entry.sha256.slice(0, 8)}
      </td>
    </tr>
  );
}
