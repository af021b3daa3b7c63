import type { App, AppField } from "../types.ts";

/**
 * An account of the app with a value of its own in every needed field, so that a test can tell which one was
 * sent where. Addresses keep the example's shape.
 */
export function sampleAccount(app: App): Record<string, string> {
  const needed = app.fields.filter((field) => !field.optional);
  return Object.fromEntries(needed.map((field) => [field.name, sampleValue(app, field)]));
}

function sampleValue(app: App, field: AppField): string {
  const example = field.placeholder ?? "";
  const isAddress = /^[a-z]/.test(example) && example.includes(".") && !example.includes("…");
  return isAddress ? example : `${app.slug}-${field.name}-1`.replaceAll("_", "-").toLowerCase();
}
