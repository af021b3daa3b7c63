import { Database, KeyRound, Search, SquareFunction, Workflow as WorkflowIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useRoute } from "wouter";
import { useStore } from "zustand";
import { shownChord } from "../ui/commands/index.ts";
import { Banner, Button, cx, IconButton } from "../ui/index.ts";
import { PythonStatus } from "./PythonStatus.tsx";
import { SignOutButton } from "./SignOutButton.tsx";
import { useServices } from "./services.ts";
import styles from "./shell.module.css";
import { ThemeSwitch } from "./ThemeSwitch.tsx";
import { useRecentWorkflows } from "./use-recent-workflows.ts";

/** Frame of every page: header with what the page puts there, navigation, content. */
export function Shell({ header, children }: { readonly header?: ReactNode; readonly children: ReactNode }) {
  const { accounts, dataStores, environment, problems, commands } = useServices();
  const storageProblem = useStore(problems, (state) => state.storageProblem);
  const accountCount = useStore(accounts, (state) => state.accounts.length);
  const variableCount = useStore(environment, (state) => state.variables.length);
  const dataStoreCount = useStore(dataStores, (state) => state.stores.length);
  const recent = useRecentWorkflows(5);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.header}>
        <Link href="/" className={styles.logo} aria-label="Runnel">
          <i aria-hidden="true" />
          <span>Runnel</span>
        </Link>
        <div className={styles.slot}>{header}</div>
        <PythonStatus />
        <IconButton
          label="Command palette"
          shortcut={shownChord("Mod+K")}
          icon={<Search size={16} />}
          onClick={() => commands.open("palette")}
        />
        <ThemeSwitch />
        <SignOutButton />
      </header>
      <nav className={styles.nav} aria-label="Main">
        <NavLink href="/" pattern="/" icon={<WorkflowIcon size={16} />} label="Workflows" />
        <NavLink href="/accounts" icon={<KeyRound size={16} />} label="Accounts" count={accountCount} />
        <NavLink
          href="/environment"
          icon={<SquareFunction size={16} />}
          label="Environment"
          count={variableCount}
        />
        <NavLink
          href="/data-stores"
          pattern="/data-stores/:id?"
          icon={<Database size={16} />}
          label="Data stores"
          count={dataStoreCount}
        />
        {recent.length > 0 && (
          <section className={styles.recent} aria-labelledby="recent-workflows">
            <h2 id="recent-workflows">Recent</h2>
            {recent.map(({ id, name }) => (
              <NavLink key={id} href={`/workflows/${id}`} label={name} />
            ))}
          </section>
        )}
      </nav>
      <main id="content" className={styles.content} tabIndex={-1}>
        {storageProblem !== null && (
          <div className={styles.problem}>
            <Banner tone="bad" actions={<Button onClick={() => location.reload()}>Reload</Button>}>
              {storageProblem}
            </Banner>
          </div>
        )}
        {children}
      </main>
    </div>
  );
}

interface NavLinkProps {
  readonly href: string;
  /** Route at which the link is the current one; `href` itself by default. */
  readonly pattern?: string;
  readonly icon?: ReactNode;
  readonly label: string;
  readonly count?: number;
}

function NavLink({ href, pattern = href, icon, label, count = 0 }: NavLinkProps) {
  const [active] = useRoute(pattern);
  return (
    <Link
      href={href}
      className={cx(styles.link, active && styles.active)}
      aria-current={active ? "page" : undefined}
    >
      {icon}
      <span className={styles.linkText}>{label}</span>
      {count > 0 && (
        <span className={styles.count} aria-hidden="true">
          {count}
        </span>
      )}
    </Link>
  );
}
