import { ChevronDown, ChevronRight } from "lucide-react";
import { useRef, useState } from "react";
import { useNear } from "../card/use-near.ts";
import { CodeDiff } from "../code/index.ts";
import type { ComparedText } from "./compare.ts";
import styles from "./history.module.css";

interface TextDifferenceProps {
  /** Stable key of the two texts. */
  readonly id: string;
  readonly what: "Event" | "Code" | "Exports";
  readonly language: "python" | "json";
  readonly text: ComparedText;
  readonly note?: string | undefined;
}

/** Larger texts are not laid beside each other. Characters. */
const LARGEST = 1_000_000;

/** Says whether a text is the same in both runs; where it isn't, it opens and shows what differs. */
export function TextDifference({ id, what, language, text, note }: TextDifferenceProps) {
  const { older, newer } = text;
  const [open, setOpen] = useState(what !== "Code");
  const differs = older !== newer;
  const tooLarge = Math.max(older?.length ?? 0, newer?.length ?? 0) > LARGEST;
  const canOpen = differs && !tooLarge;
  const frame = useRef<HTMLDivElement>(null);
  // Of many steps, those that are looked at.
  const { seen } = useNear(frame);
  return (
    <div ref={frame} className={styles.difference}>
      {canOpen ? (
        <button
          type="button"
          className={styles.differenceHead}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          {what} <strong>{wordOf(text)}</strong>
        </button>
      ) : (
        <p className={styles.differenceHead}>
          {what} {differs ? "differ, and are too large to be shown here" : sameWord(text)}
        </p>
      )}
      {note !== undefined && <p className={styles.leftOut}>{note}</p>}
      {canOpen && open && seen && (
        <CodeDiff
          id={id}
          language={language}
          label={`${what} compared`}
          older={older ?? ""}
          newer={newer ?? ""}
        />
      )}
    </div>
  );
}

function wordOf({ older, newer }: ComparedText): string {
  if (older === null) return "only in the newer run";
  return newer === null ? "only in the older run" : "changed";
}

function sameWord({ older }: ComparedText): string {
  return older === null ? "in neither run" : "unchanged";
}
