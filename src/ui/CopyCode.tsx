import { Copy } from "lucide-react";
import styles from "./CopyCode.module.css";
import { IconButton } from "./IconButton.tsx";
import { toast } from "./toast.tsx";

/** A piece of code to be used elsewhere, with a button that copies it. */
export function CopyCode({ code }: { readonly code: string }) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      toast("Copied", { tone: "ok" });
    } catch {
      toast("The browser did not allow copying. Select the code and copy it by hand.", { tone: "bad" });
    }
  };
  return (
    <span className={styles.line}>
      <code className={styles.code}>{code}</code>
      <IconButton label={`Copy ${code}`} icon={<Copy size={13} />} size="s" onClick={() => void copy()} />
    </span>
  );
}
