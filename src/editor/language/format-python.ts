/**
 * Python as Ruff formats it, with the width of its own indents. Loads Ruff where it isn't loaded yet.
 *
 * @throws Error with Ruff's message where the code is no Python.
 */
export async function formatPython(code: string): Promise<string> {
  const { tools } = await import("./tools/tools.ts");
  return tools().ask("format", { code });
}
