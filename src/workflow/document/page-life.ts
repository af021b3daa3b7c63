import type { DocumentStore } from "./document-store.ts";

/**
 * Stores the document when the page is hidden, left or closed. Asks the person to stay only where something is unsaved
 * that could not be put aside either. Returns the way to end it.
 */
export function flushOnHide(store: DocumentStore, page: Window): () => void {
  const leave = () => store.getState().leave();
  const onHide = () => {
    if (page.document.visibilityState === "hidden") leave();
  };
  const onUnload = (event: BeforeUnloadEvent) => {
    if (!leave()) event.preventDefault();
  };
  page.addEventListener("beforeunload", onUnload);
  page.addEventListener("pagehide", leave);
  page.document.addEventListener("visibilitychange", onHide);
  return () => {
    page.removeEventListener("beforeunload", onUnload);
    page.removeEventListener("pagehide", leave);
    page.document.removeEventListener("visibilitychange", onHide);
  };
}
