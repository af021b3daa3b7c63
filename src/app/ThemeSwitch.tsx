import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton, Menu, type Theme, useTheme } from "../ui/index.ts";

const themes: readonly { readonly theme: Theme; readonly label: string; readonly Icon: typeof Sun }[] = [
  { theme: "system", label: "Like the system", Icon: Monitor },
  { theme: "light", label: "Light", Icon: Sun },
  { theme: "dark", label: "Dark", Icon: Moon },
];

/** Menu in the header: light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const Current = themes.find((entry) => entry.theme === theme)?.Icon ?? Monitor;
  return (
    <Menu
      trigger={<IconButton label="Theme" icon={<Current size={16} />} />}
      items={themes.map(({ theme: value, label, Icon }) => ({
        label,
        icon: <Icon size={15} />,
        onSelect: () => setTheme(value),
      }))}
    />
  );
}
