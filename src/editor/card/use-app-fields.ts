import { useEffect, useState } from "react";
import type { AttachedApp } from "../../workflow/index.ts";
import { useEditor } from "../services.ts";

/** Names of the properties under `$auth` of each attached app, as far as they are loaded. */
export function useAppFields(
  apps: readonly AttachedApp[],
  wanted: boolean,
): ReadonlyMap<string, readonly string[]> {
  const { catalog } = useEditor();
  const [fields, setFields] = useState<ReadonlyMap<string, readonly string[]>>(new Map());
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    for (const { app } of apps) {
      catalog
        .loadApp(app)
        .then((loaded) => {
          if (!left)
            setFields((before) =>
              new Map(before).set(
                app,
                loaded.fields.map(({ name }) => name),
              ),
            );
        })
        .catch(() => {
          // Completion only lacks these names; whoever needs the app says so.
        });
    }
    return () => {
      left = true;
    };
  }, [apps, catalog, wanted]);
  return fields;
}
