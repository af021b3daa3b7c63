/**
 * Marks that stand in for secrets: `⟦slack.$auth.oauth_access_token⟧`. The brackets are rare enough that a mark is told
 * from other text, and survive JSON, URLs and a terminal.
 */
export const MARK_PATTERN = /⟦([^⟦⟧\n]+)⟧/gu;

/** The mark of the secret called `name`. */
export function markOf(name: string): string {
  return `⟦${name}⟧`;
}
