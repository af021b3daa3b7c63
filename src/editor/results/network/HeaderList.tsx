import type { ShownMessage } from "../../../runs/index.ts";
import { withMarks } from "../marks.tsx";
import shared from "../results.module.css";
import styles from "./details.module.css";

export interface HeaderListProps {
  readonly title: string;
  readonly headers: ShownMessage["headers"];
}

/** Headers as they were sent, in their order. */
export function HeaderList({ title, headers }: HeaderListProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section for each would crowd the list of landmarks
    <div role="group" aria-label={title}>
      <p className={styles.partTitle}>{title}</p>
      {headers === null ? (
        <p className={shared.nothing}>
          Not kept: all that this step sent and received is more than the 16 MB that are kept of it.
        </p>
      ) : headers.length === 0 ? (
        <p className={shared.nothing}>None.</p>
      ) : (
        <dl className={styles.facts}>
          {headers.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one name may stand there twice, and nothing is moved
            <div key={index} className={styles.fact}>
              <dt>{withMarks(name)}</dt>
              <dd className={styles.code}>{withMarks(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
