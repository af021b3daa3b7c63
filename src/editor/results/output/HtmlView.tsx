import { useMemo } from "react";
import styles from "./output.module.css";
import { documentOf } from "./safe-html.ts";

/** HTML in a frame that can do nothing but show it. Its height can't be known from outside: it is dragged. */
export function HtmlView({ html, name }: { readonly html: string; readonly name: string }) {
  const source = useMemo(() => documentOf(html), [html]);
  return (
    <div className={styles.htmlFrame}>
      <iframe className={styles.html} title={name} sandbox="" srcDoc={source} />
    </div>
  );
}
