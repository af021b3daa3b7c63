import { Package } from "lucide-react";
import { AppIcon, List } from "../../ui/index.ts";
import { useEditor } from "../services.ts";
import { patternTexts } from "./host-text.ts";
import styles from "./network.module.css";
import type { AttachedHosts } from "./use-app-hosts.ts";

/** What needs no permission: hosts of the attached apps, and where packages come from. */
export function AlwaysAllowed({ apps }: { readonly apps: readonly AttachedHosts[] | null }) {
  const { catalog } = useEditor();
  return (
    <section className={styles.section} aria-labelledby="network-always">
      <h3 id="network-always">Always allowed</h3>
      <List frame="dialog" className={styles.always} aria-label="Always allowed">
        {apps?.map(({ slug, name, hosts, needsAccount }) => {
          const app = catalog.findApp(slug);
          return (
            <li key={slug}>
              <AppIcon
                name={name}
                color={app?.color ?? "#6b7280"}
                iconPath={app?.iconPath ?? null}
                size={22}
              />
              <div>
                <strong>{name}</strong>
                <div className={styles.patterns}>
                  {patternTexts(hosts).map((text) => (
                    <span key={text}>{text}</span>
                  ))}
                  {needsAccount && <em>its hosts, once an account is chosen</em>}
                  {!needsAccount && hosts.length === 0 && <em>its account names no host</em>}
                </div>
              </div>
            </li>
          );
        })}
        <li>
          <span className={styles.packageIcon} aria-hidden>
            <Package size={14} />
          </span>
          <div>
            <strong>Package index</strong>
            <div className={styles.patterns}>where the packages that steps import are installed from</div>
          </div>
        </li>
      </List>
    </section>
  );
}
