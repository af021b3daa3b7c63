import { LogOut } from "lucide-react";
import { useState } from "react";
import { IconButton, toast } from "../ui/index.ts";
import { useServices } from "./services.ts";

/** In the header, where the gateway asks for a password. */
export function SignOutButton() {
  const { signOut } = useServices();
  const [busy, setBusy] = useState(false);
  if (!signOut) return null;
  const leave = async () => {
    setBusy(true);
    try {
      await signOut();
      location.assign("/");
    } catch (error) {
      setBusy(false);
      toast(error instanceof Error ? error.message : String(error), { tone: "bad" });
    }
  };
  return (
    <IconButton label="Sign out" icon={<LogOut size={16} />} disabled={busy} onClick={() => void leave()} />
  );
}
