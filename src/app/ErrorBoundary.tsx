import { Component, type ErrorInfo, type ReactNode } from "react";
import { Banner, Button } from "../ui/index.ts";
import styles from "./shell.module.css";

interface State {
  readonly error: Error | null;
}

/** What a person sees when the page itself has failed: the document is stored as it is typed, so a reload loses nothing. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className={styles.notice} role="alert">
        <Banner
          tone="bad"
          actions={
            <>
              <Button onClick={() => this.setState({ error: null })}>Try again</Button>
              <Button variant="primary" onClick={() => location.reload()}>
                Reload
              </Button>
            </>
          }
        >
          This page has failed. Your workflow is stored; reloading loses nothing.
        </Banner>
        <pre>{error.message}</pre>
      </div>
    );
  }
}
