import { useMemo } from "react";
import { formatBytes } from "../../../lib/format.ts";
import type { Display } from "../../../runs/index.ts";
import { withMarks } from "../marks.tsx";
import { HeaderList } from "../network/HeaderList.tsx";
import { prettyJson } from "../network/pretty.ts";
import styles from "./output.module.css";

export interface ResponseViewProps {
  readonly head: Extract<Display["head"], { kind: "response" }>;
  /** As the head says. */
  readonly body: string;
  readonly name: string;
}

/** What a step answers to an HTTP request: status, headers and body (fact 26 of the reference). */
export function ResponseView({ head, body, name }: ResponseViewProps) {
  const { status, headers, encoding } = head;
  const shown = useMemo(
    () => (encoding === "text" && /^\s*[[{]/.test(body) ? prettyJson(body) : body),
    [body, encoding],
  );
  const size =
    encoding === "text" ? new TextEncoder().encode(body).length : Math.floor((body.length * 3) / 4);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section for each would crowd the list of landmarks
    <div className={styles.response} role="group" aria-label={name}>
      <p className={styles.responseLine}>
        <strong>{status}</strong> HTTP response, {formatBytes(size)}
        {encoding === "base64" && ", no text: shown as base64"}
      </p>
      <div className={styles.responseHeaders}>
        <HeaderList title="Headers" headers={headers} />
      </div>
      {body !== "" && <pre className={styles.text}>{withMarks(shown)}</pre>}
    </div>
  );
}
