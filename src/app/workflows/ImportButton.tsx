import { Upload } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../ui/index.ts";

/** Asks for exported files. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>
        <Upload size={15} aria-hidden />
        Import
      </Button>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label="Workflow files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          // Choosing the same file again is a change then.
          event.target.value = "";
        }}
      />
    </>
  );
}
