import { ExternalLink } from "lucide-react";
import type { App, AppField } from "../catalog/index.ts";
import { CopyCode, SecretField } from "../ui/index.ts";
import { SHORTEST_SECRET } from "../vault/index.ts";
import styles from "./accounts.module.css";
import { isMultiline } from "./normalize-field.ts";

interface CredentialFieldProps {
  readonly app: Pick<App, "slug" | "name">;
  readonly field: AppField;
  readonly value: string;
  /** A secret is stored, and stays unless something is typed. */
  readonly keepsStored: boolean;
  readonly problem: string | undefined;
  readonly note: string | undefined;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
}

const TOO_SHORT = `Values shorter than ${SHORTEST_SECRET} characters are not hidden in the output of steps.`;

function isTooShort(value: string): boolean {
  const length = Array.from(value.trim()).length;
  return length > 0 && length < SHORTEST_SECRET;
}

/** One property of an account: what it is, where to get it, how code reads it. */
export function CredentialField(props: CredentialFieldProps) {
  const { app, field, value, keepsStored, problem, note, onChange, onBlur } = props;
  const placeholder = keepsStored
    ? "Kept as it is. Type to replace it."
    : (field.placeholder ?? (field.default && `${field.default} unless given`));
  return (
    <SecretField
      label={field.name}
      value={value}
      masked={field.secret}
      multiline={isMultiline(field)}
      required={!field.optional}
      placeholder={placeholder}
      error={problem}
      note={[note, field.secret && isTooShort(value) && TOO_SHORT].filter(Boolean).join(" ")}
      onChange={onChange}
      onBlur={onBlur}
      help={
        <div className={styles.help}>
          <span>
            {field.label}
            {field.optional && " (optional)"}
            {field.help ? `. ${field.help} ` : ". "}
            {field.helpUrl !== undefined && (
              <a href={field.helpUrl} target="_blank" rel="noreferrer">
                Where to get it
                <ExternalLink size={12} aria-label="opens in a new tab" />
              </a>
            )}
          </span>
          <span>
            In code: <CopyCode code={`pd.inputs["${app.slug}"]["$auth"]["${field.name}"]`} />
          </span>
        </div>
      }
    />
  );
}
