import { type FormEvent, useState } from "react";
import { isLiteralHost } from "../../lib/host-range.ts";
import { Button, TextField } from "../../ui/index.ts";
import { useEditor } from "../services.ts";
import { hostAndPort, isLocalName } from "./host-text.ts";
import styles from "./network.module.css";
import { type ParsedHost, parseHost } from "./parse-host.ts";
import type { AttachedHosts } from "./use-app-hosts.ts";

export interface AddHostProps {
  readonly apps: readonly AttachedHosts[] | null;
  /** What stands in the field at first: the host that a step was denied. */
  readonly proposal: string | null;
  readonly onAdd: (host: ParsedHost, decision: "allow" | "deny") => void;
}

/** Puts a host on the list before any step has asked for it. */
export function AddHost({ apps, proposal, onAdd }: AddHostProps) {
  const { catalog } = useEditor();
  const [text, setText] = useState(proposal ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState("");

  const add = (decision: "allow" | "deny") => {
    setDone("");
    const parsed = parseHost(text);
    if (!parsed.ok) return setProblem(parsed.problem);
    const { host, port } = parsed.value;
    const owner = apps?.find(({ hosts }) => catalog.coversHost(hosts, host));
    if (owner !== undefined)
      return setProblem(`${host} is a host of ${owner.name}, which is attached: it is always allowed.`);
    onAdd(parsed.value, decision);
    setText("");
    const turnsOut =
      decision === "allow" && isLocalName(host) && !isLiteralHost(host)
        ? " Where its name leads into your own network, you are asked once more."
        : "";
    setDone(`${hostAndPort(host, port)} is ${decision === "allow" ? "allowed" : "denied"}.${turnsOut}`);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add("allow");
  };

  return (
    <form className={styles.add} noValidate onSubmit={submit} aria-label="Add host">
      <div data-first={proposal === null ? undefined : true} className={styles.addField}>
        <TextField
          label="Add host"
          value={text}
          mono
          placeholder="api.example.com or 192.168.1.20:8080"
          error={problem}
          onChange={(next) => {
            setText(next);
            setProblem(null);
          }}
        />
      </div>
      <Button type="submit">Allow host</Button>
      <Button onClick={() => add("deny")}>Deny host</Button>
      <p role="status" className={styles.done}>
        {done}
      </p>
    </form>
  );
}
