import { useEffect, useState } from "react";
import { Link } from "wouter";
import { Editor, EditorHeader, paletteCommands } from "../editor/index.ts";
import { downloadText } from "../lib/download.ts";
import type { LoadedWorkflow } from "../storage/index.ts";
import { Button, Spinner } from "../ui/index.ts";
import { Notice } from "./Notice.tsx";
import { type OpenWorkflow, openWorkflow } from "./open-workflow.ts";
import { Shell } from "./Shell.tsx";
import { useServices } from "./services.ts";

type PageState =
  | { readonly kind: "loading" }
  | { readonly kind: "open"; readonly open: OpenWorkflow }
  | {
      readonly kind: "problem";
      readonly loaded: Extract<LoadedWorkflow, { kind: "missing" | "corrupt" | "newer-version" }>;
    }
  | { readonly kind: "unreadable"; readonly message: string };

/** The builder with one workflow. */
export function EditorPage({ id }: { readonly id: string }) {
  const services = useServices();
  const [state, setState] = useState<PageState>({ kind: "loading" });
  useEffect(() => {
    let open: OpenWorkflow | null = null;
    let left = false;
    let withdraw = () => {};
    services.storage.workflows
      .load(id)
      .then((loaded) => {
        if (left) return;
        open = openWorkflow(services, loaded);
        if (open) withdraw = services.commands.provide(paletteCommands(open.editor));
        setState(open ? { kind: "open", open } : problemOf(loaded));
      })
      .catch((error: unknown) => {
        if (!left)
          setState({ kind: "unreadable", message: error instanceof Error ? error.message : String(error) });
      });
    return () => {
      left = true;
      withdraw();
      open?.close();
    };
  }, [services, id]);

  if (state.kind === "open") {
    const { editor } = state.open;
    return (
      <Shell header={<EditorHeader services={editor} />}>
        <Editor services={editor} />
      </Shell>
    );
  }
  return (
    <Shell>
      {state.kind === "loading" ? (
        <Spinner label="Opening the workflow" />
      ) : (
        <Problem id={id} state={state} />
      )}
    </Shell>
  );
}

function problemOf(loaded: LoadedWorkflow): PageState {
  if (loaded.kind === "ok") throw new Error("A workflow that could be read was not opened.");
  return { kind: "problem", loaded };
}

function Problem({
  id,
  state,
}: {
  readonly id: string;
  readonly state: Extract<PageState, { kind: "problem" | "unreadable" }>;
}) {
  const back = <Link href="/">Go to your workflows</Link>;
  if (state.kind === "unreadable") {
    return (
      <Notice title="The workflow can't be read" action={back}>
        {state.message}
      </Notice>
    );
  }
  const { loaded } = state;
  if (loaded.kind === "missing") {
    return (
      <Notice title="There is no such workflow" action={back}>
        It may have been deleted, or it lives in another browser: workflows are kept in the browser they were
        made in.
      </Notice>
    );
  }
  const download = (
    <Button variant="primary" onClick={() => downloadText(`${id}.json`, loaded.raw, "application/json")}>
      Download it as it is
    </Button>
  );
  return loaded.kind === "corrupt" ? (
    <Notice title="This workflow is damaged" action={download}>
      It could not be read ({loaded.message}). It is kept as it is and will not be overwritten.
    </Notice>
  ) : (
    <Notice title="This workflow was made by a newer Runnel" action={download}>
      It has version {loaded.version} of the format, which this Runnel does not know. Nothing of it is
      changed; update Runnel to open it.
    </Notice>
  );
}
