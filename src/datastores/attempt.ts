import { toast } from "../ui/index.ts";

/** Does something and says so where it could not be done: `${what}: ${reason}`. Whether it was done. */
export async function attempt(what: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast(`${what}: ${error instanceof Error ? error.message : String(error)}`, { tone: "bad" });
    return false;
  }
}
