import { ArrowLeft } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { Button } from "../../ui/index.ts";
import { useEditor } from "../services.ts";
import styles from "./history.module.css";

interface HistoryBannerProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** What is shown, that it is of the past, and the way back. Takes the focus when it comes. */
export function HistoryBanner({ title, children, actions }: HistoryBannerProps) {
  const { view } = useEditor();
  const banner = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // The dialog that is closing gives the focus back to its button first.
    const timer = setTimeout(() => banner.current?.focus({ preventScroll: true }));
    return () => clearTimeout(timer);
  }, []);
  return (
    <section ref={banner} className={styles.banner} aria-label={title} tabIndex={-1}>
      <div className={styles.bannerText}>
        <h1 className={styles.bannerTitle}>{title}</h1>
        <div className={styles.bannerFacts}>{children}</div>
      </div>
      <div className={styles.bannerActions}>
        {actions}
        <Button variant="primary" onClick={() => view.getState().showHistory(null)}>
          <ArrowLeft size={14} aria-hidden /> Back to editing
        </Button>
      </div>
    </section>
  );
}
