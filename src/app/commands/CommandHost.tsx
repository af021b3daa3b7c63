import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useStore } from "zustand";
import { useCommandKeys } from "../../ui/commands/index.ts";
import { useServices } from "../services.ts";
import { appCommands } from "./app-commands.ts";

const CommandPalette = lazy(() =>
  import("./CommandPalette.tsx").then(({ CommandPalette: palette }) => ({ default: palette })),
);
const ShortcutsSheet = lazy(() =>
  import("./ShortcutsSheet.tsx").then(({ ShortcutsSheet: sheet }) => ({ default: sheet })),
);

/** The app's commands and their keys; palette and sheet, which load when they are first asked for. */
export function CommandHost() {
  const services = useServices();
  const { commands: center } = services;
  const [path, navigate] = useLocation();
  const source = () => appCommands({ services, navigate, path });
  useCommandKeys(source);
  useEffect(
    () => center.provide(() => appCommands({ services, navigate, path })),
    [center, services, navigate, path],
  );
  const open = useStore(center.view, (state) => state.open);
  const focused = useStore(center.view, (state) => state.focused);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  // Once loaded they stay, so that they can fade out.
  if (open !== null && !asked.has(open)) setAsked(new Set([...asked, open]));
  return (
    <Suspense>
      {asked.has("palette") && (
        <CommandPalette center={center} open={open === "palette"} focused={focused} navigate={navigate} />
      )}
      {asked.has("shortcuts") && <ShortcutsSheet center={center} open={open === "shortcuts"} />}
    </Suspense>
  );
}
