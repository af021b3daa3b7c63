import { Download, Plus } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { countOf } from "../../lib/format.ts";
import type { WorkflowRepository, WorkflowSummary } from "../../storage/index.ts";
import { Banner, Button, EmptyState, List, Page, Spinner, TextField } from "../../ui/index.ts";
import { ImportButton } from "./ImportButton.tsx";
import { matchWorkflows } from "./match-workflows.ts";
import { RenameWorkflowDialog } from "./RenameWorkflowDialog.tsx";
import type { NewcomerPolicies } from "./stored-workflows.ts";
import { useListFocus } from "./use-list-focus.ts";
import { useNow } from "./use-now.ts";
import { type TrustList, useUntrusted } from "./use-untrusted.ts";
import { useWaitingCounts, type WaitingCounts } from "./use-waiting-counts.ts";
import { useWorkflowActions } from "./use-workflow-actions.ts";
import { useWorkflowList } from "./use-workflow-list.ts";
import { WorkflowRow } from "./WorkflowRow.tsx";
import { useWaitingRequests, type WaitingRequests } from "./waiting-requests.ts";
import styles from "./workflows.module.css";

/** From how many workflows on there is a search. */
const MANY = 6;

interface WorkflowsPageProps {
  readonly repository: WorkflowRepository;
  readonly policies: NewcomerPolicies;
  readonly trust: TrustList;
  readonly requests?: WaitingRequests | undefined;
  readonly waitingRuns: WaitingCounts;
  readonly onOpen: (id: string) => void;
  readonly onImport: (files: readonly File[]) => void;
}

/** The list of workflows: create, open, rename, duplicate, delete, import, export. */
export function WorkflowsPage(props: WorkflowsPageProps) {
  const { repository, policies, trust, requests, waitingRuns, onOpen, onImport } = props;
  const { workflows, problem, reload } = useWorkflowList(repository);
  const actions = useWorkflowActions(repository, policies, onOpen, requests);
  const untrusted = useUntrusted(trust);
  const waiting = useWaitingRequests(requests);
  const waits = useWaitingCounts(waitingRuns);
  const [renaming, setRenaming] = useState<WorkflowSummary | null>(null);
  const [query, setQuery] = useState("");
  const now = useNow(workflows);

  const found = matchWorkflows(workflows ?? [], query);
  const createButton = useRef<HTMLButtonElement>(null);
  const { listRef, onKeyDown, leave, backTo } = useListFocus(found, createButton);
  const isEmpty = workflows?.length === 0;
  const createHasFocus = useRef(false);
  // It is another button once the list is known to be empty: who had the focus on it keeps it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what decides which button it is
  useLayoutEffect(() => {
    if (createHasFocus.current) createButton.current?.focus();
  }, [isEmpty]);
  const create = (
    <Button
      ref={createButton}
      variant="primary"
      onClick={() => void actions.create()}
      onFocus={() => {
        createHasFocus.current = true;
      }}
      onBlur={() => {
        createHasFocus.current = false;
      }}
    >
      <Plus size={15} aria-hidden />
      New workflow
    </Button>
  );

  return (
    <Page
      title="Workflows"
      actions={
        <>
          <ImportButton onFiles={onImport} />
          {(workflows?.length ?? 0) > 1 && (
            <Button onClick={() => void actions.exportAll()}>
              <Download size={15} aria-hidden />
              Export all
            </Button>
          )}
          {!isEmpty && create}
        </>
      }
    >
      {problem !== null && (
        <Banner tone="bad" actions={<Button onClick={reload}>Try again</Button>}>
          The workflows can't be read. {problem}
        </Banner>
      )}
      {workflows === null && problem === null && <Spinner label="Loading workflows" />}
      {isEmpty && (
        <EmptyState title="No workflows yet" action={create}>
          A workflow is a stack of Python steps that run one after the other. Pick an app, connect an account,
          press Test: it runs right here.
        </EmptyState>
      )}
      {((workflows?.length ?? 0) >= MANY || query !== "") && (
        <div className={styles.search}>
          <TextField label="Search workflows" type="search" value={query} onChange={setQuery} />
          <p role="status" className={styles.count}>
            {query.trim() === "" ? "" : `${found.length} of ${countOf(workflows?.length ?? 0, "workflow")}`}
          </p>
        </div>
      )}
      {!isEmpty && workflows !== null && found.length === 0 && (
        <EmptyState title="Nothing found" action={<Button onClick={() => setQuery("")}>Show all</Button>}>
          No workflow has “{query.trim()}” in its name or its apps.
        </EmptyState>
      )}
      {found.length > 0 && (
        <List frame="page" aria-label="Workflows" ref={listRef} onKeyDown={onKeyDown}>
          {found.map((workflow) => (
            <WorkflowRow
              key={workflow.id}
              workflow={workflow}
              now={now}
              untrusted={untrusted.has(workflow.id)}
              waiting={waiting.get(workflow.id) ?? 0}
              waitingRuns={waits.get(workflow.id) ?? 0}
              onOpen={onOpen}
              onRename={setRenaming}
              onDuplicate={(row) => void actions.duplicate(row)}
              onExport={(row) => void actions.exportToFile(row)}
              onDownloadRaw={(row) => void actions.downloadRaw(row)}
              onDelete={(row) => {
                leave(row.id);
                void actions.remove(row);
              }}
            />
          ))}
        </List>
      )}
      {renaming !== null && (
        <RenameWorkflowDialog
          name={renaming.name}
          onRename={(name) => actions.rename(renaming.id, name)}
          onClose={() => {
            setRenaming(null);
            backTo(renaming.id);
          }}
        />
      )}
    </Page>
  );
}
