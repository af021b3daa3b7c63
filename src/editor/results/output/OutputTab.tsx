import type { Display } from "../../../runs/index.ts";
import { withMarks } from "../marks.tsx";
import { JsonTree } from "../tree/JsonTree.tsx";
import { pythonPath } from "../tree/path.ts";
import { HtmlView } from "./HtmlView.tsx";
import { ImageView } from "./ImageView.tsx";
import styles from "./output.module.css";
import { ResponseView } from "./ResponseView.tsx";
import { TableView } from "./TableView.tsx";

export interface OutputTabProps {
  readonly stepName: string;
  readonly displays: readonly Display[];
}

/** What the step shows besides text, in its order. */
export function OutputTab({ stepName, displays }: OutputTabProps) {
  return (
    <div className={styles.output}>
      {displays.map((display, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they only ever come behind each other
        <section key={index} className={styles.display}>
          {display.head.note !== null && <p className={styles.note}>{withMarks(display.head.note)}</p>}
          <Shown display={display} name={`${nounOf(display)} ${index + 1} of ${stepName}`} />
        </section>
      ))}
    </div>
  );
}

function Shown({ display, name }: { readonly display: Display; readonly name: string }) {
  if ("bytes" in display) return <ImageView head={display.head} bytes={display.bytes} name={name} />;
  const { head, parts } = display;
  const text = parts[0] ?? "";
  switch (head.kind) {
    case "table":
      return <TableView head={head} parts={parts} name={name} />;
    case "html":
      return <HtmlView html={text} name={name} />;
    case "json":
      return <JsonTree label={name} json={text} pathOf={(path) => pythonPath("", path)} open={[]} />;
    case "response":
      return <ResponseView head={head} body={text} name={name} />;
    case "text":
      return text === "" ? null : <pre className={styles.text}>{withMarks(text)}</pre>;
  }
}

function nounOf({ head }: Display): string {
  const nouns = {
    table: "Table",
    image: "Image",
    html: "HTML",
    json: "Value",
    response: "HTTP response",
    text: "Text",
  } as const;
  return nouns[head.kind];
}
