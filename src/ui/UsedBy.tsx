import { Fragment } from "react";
import { Link } from "wouter";

export interface UsedByProps {
  /** The workflows; null while that is not known. */
  readonly uses:
    | readonly {
        readonly id: string;
        readonly name: string;
        /** Path within the app at which it opens, if it can be linked to. */
        readonly href?: string | undefined;
      }[]
    | null;
}

/** Which workflows use a thing, as links where they have an address. */
export function UsedBy({ uses }: UsedByProps) {
  if (uses === null) return <span>Looking up where it is used</span>;
  if (uses.length === 0) return <span>Not used by any workflow</span>;
  return (
    <span>
      Used by{" "}
      {uses.map(({ id, name, href }, index) => (
        <Fragment key={id}>
          {index > 0 && ", "}
          {href === undefined ? name : <Link href={href}>{name}</Link>}
        </Fragment>
      ))}
    </span>
  );
}
