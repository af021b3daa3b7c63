import type { App, AppFile } from "./types.ts";

/** One chunk an app, named by its path. */
const files = import.meta.glob<AppFile>("./apps/*.json", { import: "default" });

/**
 * Everything about one app.
 * @throws Error where the catalogue has no such app, or its file can't be loaded
 */
export async function loadApp(slug: string): Promise<App> {
  const load = files[`./apps/${slug}.json`];
  if (load === undefined) throw new Error(`The catalogue has no app "${slug}".`);
  return appOfFile(await load());
}

/** Joins the lines of the file's Python. */
function appOfFile(file: AppFile): App {
  return {
    ...file,
    python: file.python?.join("\n").concat("\n"),
    templates: file.templates?.map(({ title, python }) => ({ title, python: `${python.join("\n")}\n` })),
  };
}
