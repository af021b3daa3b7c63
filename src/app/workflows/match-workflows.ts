import { findApp } from "../../catalog/index.ts";
import type { WorkflowSummary } from "../../storage/index.ts";

/** The workflows whose name or apps hold every word of `query`; case and accents don't matter. */
export function matchWorkflows(
  workflows: readonly WorkflowSummary[],
  query: string,
): readonly WorkflowSummary[] {
  const words = plain(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return workflows;
  return workflows.filter(({ name, apps }) => {
    const text = plain([name, ...apps.map((slug) => `${slug} ${findApp(slug)?.name ?? ""}`)].join(" "));
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
