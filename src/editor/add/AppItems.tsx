import { AppIcon } from "../../ui/index.ts";
import { PickerGroup, PickerItem } from "../../ui/Picker.tsx";
import { Highlighted } from "./Highlighted.tsx";
import type { AppGroup } from "./rows.ts";

export interface AppItemsProps {
  readonly groups: readonly AppGroup[];
  readonly onSelect: (slug: string) => void;
  /** Slugs that can't be chosen, and why. */
  readonly taken?: { readonly slugs: ReadonlySet<string>; readonly hint: string } | undefined;
}

/** Found apps as choices. */
export function AppItems({ groups, onSelect, taken }: AppItemsProps) {
  return groups.map(({ heading, rows }) => (
    <PickerGroup key={heading} heading={heading}>
      {rows.map(({ app, highlight, hint }) => {
        const isTaken = taken?.slugs.has(app.slug) === true;
        return (
          <PickerItem
            key={app.slug}
            value={`app ${app.slug}`}
            name={app.name}
            icon={<AppIcon name={app.name} color={app.color} iconPath={app.iconPath} />}
            hint={isTaken ? taken.hint : hint}
            disabled={isTaken}
            onSelect={() => onSelect(app.slug)}
          >
            <Highlighted text={app.name} ranges={highlight} />
          </PickerItem>
        );
      })}
    </PickerGroup>
  ));
}
