import { Copy } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import type { ShownBody } from "../../../runs/index.ts";
import { Button } from "../../../ui/index.ts";
import { copy } from "../clipboard.ts";
import { withMarks } from "../marks.tsx";
import shared from "../results.module.css";
import { cutNote, describeBody, formPairs, leftOutWords, viewOf } from "./body-view.ts";
import styles from "./details.module.css";
import { hexView } from "./hex.ts";
import { prettyJson } from "./pretty.ts";

export interface BodyViewProps {
  readonly title: string;
  readonly body: ShownBody;
}

/** A body as text, picture or bytes, and what is to be known about it. */
export function BodyView({ title, body }: BodyViewProps) {
  const { content } = body;
  const [isRaw, setRaw] = useState(false);
  const view = useMemo(() => viewOf(body), [body]);
  const hex = useMemo(() => (content.kind === "bytes" ? hexView(content.latin1) : ""), [content]);
  if (content.kind === "empty") return <p className={shared.nothing}>No body.</p>;
  if (content.kind === "arriving") return <p className={shared.nothing}>Still arriving.</p>;
  const copied = content.kind === "text" ? content.text : hex;
  const note = cutNote(body);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section for each would crowd the list of landmarks
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={styles.pane} tabIndex={0} role="group" aria-label={title}>
      <div className={styles.bodyHead}>
        <span className={styles.bodyType}>{withMarks(describeBody(body))}</span>
        {view !== null && (
          <Button size="s" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
            Raw
          </Button>
        )}
        {copied !== "" && (
          <Button size="s" variant="ghost" onClick={() => void copy(copied, "body")}>
            <Copy size={13} aria-hidden /> Copy body
          </Button>
        )}
      </div>
      {note !== "" && <p className={styles.cut}>{note}</p>}
      {contentOf()}
    </div>
  );

  function contentOf(): ReactNode {
    switch (content.kind) {
      case "text":
        if (isRaw || view === null) return <Code text={content.text} />;
        return view === "form" ? <Form text={content.text} /> : <PrettyJson text={content.text} />;
      case "bytes":
        return <pre className={styles.hex}>{withMarks(hex)}</pre>;
      case "image":
        return (
          <img
            className={styles.picture}
            src={`data:${body.mediaType};base64,${content.base64}`}
            alt={title}
          />
        );
      case "left-out":
        return <p className={shared.nothing}>{leftOutWords[content.why]}</p>;
      default:
        return null;
    }
  }
}

function Code({ text }: { readonly text: string }) {
  return <pre className={styles.text}>{withMarks(text)}</pre>;
}

function PrettyJson({ text }: { readonly text: string }) {
  return <Code text={useMemo(() => prettyJson(text), [text])} />;
}

function Form({ text }: { readonly text: string }) {
  return (
    <dl className={styles.facts}>
      {formPairs(text).map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one name may stand there twice, and nothing is moved
        <div key={index} className={styles.fact}>
          <dt>{withMarks(name)}</dt>
          <dd className={styles.code}>{withMarks(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
