import { Fragment } from "react";
import { Link } from "wouter";
import type { AccountUse } from "./context.tsx";

/** The workflows that use an account, as links where they have an address. */
export function AccountUses({ uses }: { readonly uses: readonly AccountUse[] | null }) {
  if (uses === null) return <span>Looking up where it is used</span>;
  if (uses.length === 0) return <span>Not used by any workflow</span>;
  return (
    <span>
      Used by{" "}
      {uses.map((use, index) => (
        <Fragment key={use.id}>
          {index > 0 && ", "}
          {use.href === undefined ? use.name : <Link href={use.href}>{use.name}</Link>}
        </Fragment>
      ))}
    </span>
  );
}
