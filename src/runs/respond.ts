import type { Display, HookResponse, StepEvent } from "../runtime/index.ts";
import type { Redactor } from "../vault/index.ts";

/** What becomes of an answer: it was sent, one was sent before it, nobody waits for one any more, or nobody ever did. */
export type Answered = "sent" | "answered-before" | "too-late" | "nobody";

const notes: Readonly<Record<Answered, string | null>> = {
  sent: "Sent to the request that this run came from.",
  "answered-before": "Not sent: the request that this run came from was answered before.",
  "too-late": "Not sent: nobody waits for an answer any more.",
  nobody: "Only shown: no request waits for it.",
};

/**
 * Sends what a step answers (`pd.respond`), with the same secrets replaced as in what is shown of it, and gives what is shown, which
 * says what became of it. Any other event is given back as it is.
 */
export function answered<Event extends StepEvent>(
  event: Event,
  redactor: Pick<Redactor, "text">,
  respond: ((response: HookResponse) => Answered) | undefined,
): Event | Extract<StepEvent, { type: "display" }> {
  if (event.type !== "display" || event.display.head.kind !== "response" || "bytes" in event.display)
    return event;
  const { head, parts } = event.display;
  const isText = head.encoding === "text";
  const body = isText ? redactor.text(parts[0] ?? "") : (parts[0] ?? "");
  const headers = head.headers.map(([name, value]) => [redactor.text(name), redactor.text(value)] as const);
  const response = { status: head.status, headers, body: isText ? base64(body) : body };
  const note = notes[respond?.(response) ?? "nobody"];
  const display: Display = { head: { ...head, headers, note }, parts: [body] };
  return { type: "display", display };
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let latin1 = "";
  for (let at = 0; at < bytes.length; at += 8192)
    latin1 += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(latin1);
}
