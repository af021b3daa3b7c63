import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import type { AppFile, AppSummary } from "../types.ts";
import { iconPath } from "./icons.ts";
import { appFilesIn, readApps } from "./read-apps.ts";
import { tileColor } from "./tile-color.ts";

const VIRTUAL_ID = "virtual:runnel-apps";
const RESOLVED_ID = `\0${VIRTUAL_ID}`;

/** The folder of the app files, with a separator at its end. */
export const APPS_FOLDER = fileURLToPath(new URL("../apps/", import.meta.url));

/**
 * Builds the catalogue's index, `virtual:runnel-apps`: a summary of every app, its icon resolved.
 * A bad app file fails the build with an error that names the file and the path in it.
 */
export function catalogPlugin(folder = APPS_FOLDER): Plugin {
  return {
    name: "runnel-catalog",
    resolveId: (id) => (id === VIRTUAL_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      for (const file of appFilesIn(folder)) this.addWatchFile(join(folder, file));
      // A string for JSON.parse: engines read it faster than an object literal of this size.
      const json = JSON.stringify(readApps(folder).map(summaryOf));
      return `export const appSummaries = JSON.parse(${JSON.stringify(json)});`;
    },
    configureServer(server) {
      const refresh = (file: string) => {
        if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return;
        const module = server.moduleGraph.getModuleById(RESOLVED_ID);
        if (module !== undefined) server.moduleGraph.invalidateModule(module);
        server.ws.send({ type: "full-reload" });
      };
      for (const event of ["add", "change", "unlink"]) server.watcher.on(event, refresh);
    },
  };
}

function summaryOf(app: AppFile): AppSummary {
  const { slug, name, description, categories, aliases, authType, weight } = app;
  return {
    slug,
    name,
    description,
    categories,
    aliases,
    authType,
    weight,
    color: tileColor(app.color),
    iconPath: app.icon === undefined ? null : iconPath(app.icon),
  };
}
