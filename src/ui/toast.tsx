import { Toaster as Sonner, toast as show } from "sonner";
import { TooltipHost } from "./tooltip.tsx";
import { useTheme } from "./use-theme.ts";

export interface ToastOptions {
  readonly action?: { readonly label: string; readonly onClick: () => void } | undefined;
  readonly tone?: "info" | "ok" | "warn" | "bad" | undefined;
}

/** Shows a short message at the bottom for some seconds; longer where there is something to undo. */
export function toast(message: string, { action, tone = "info" }: ToastOptions = {}): void {
  const options = {
    duration: action === undefined ? 4_000 : 10_000,
    ...(action === undefined ? {} : { action }),
  };
  if (tone === "ok") show.success(message, options);
  else if (tone === "warn") show.warning(message, options);
  else if (tone === "bad") show.error(message, options);
  else show(message, options);
}

/** Mounted once by the shell: draws toasts, and the tooltip of every `IconButton`. */
export function Toaster() {
  const { theme } = useTheme();
  return (
    <>
      <Sonner
        theme={theme}
        position="bottom-center"
        style={{ fontFamily: "var(--ui)" }}
        toastOptions={{
          style: { background: "var(--panel)", color: "var(--text)", borderColor: "var(--line-strong)" },
          actionButtonStyle: { background: "var(--accent)", color: "var(--on-accent)" },
        }}
      />
      <TooltipHost />
    </>
  );
}
