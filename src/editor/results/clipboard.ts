import { toast } from "../../ui/index.ts";

/** Puts `text` on the clipboard and says so: `Copied path`. */
export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${what}`, { tone: "ok" });
  } catch {
    toast("The browser did not allow copying. Select the text and copy it by hand.", { tone: "bad" });
  }
}
