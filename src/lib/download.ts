/** Hands a file to the person: the browser saves it under `filename`. */
export function downloadBlob(filename: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the data only after the click's task is over, and none tells when it is done.
  setTimeout(() => URL.revokeObjectURL(url), 40_000);
}

/** Like `downloadBlob`, for text. `type` is a media type such as `application/json`. */
export function downloadText(filename: string, text: string, type = "text/plain"): void {
  downloadBlob(filename, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** A file name made of what a person called a thing: letters, digits and dashes of any script, never empty. */
export function fileNameOf(name: string, extension: string): string {
  const stem = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .toLowerCase();
  return `${stem || "untitled"}.${extension}`;
}
