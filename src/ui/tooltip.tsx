import { Tooltip } from "@base-ui/react/tooltip";
import styles from "./tooltip.module.css";

/** Ties every icon button to the one tooltip of the page: hundreds of cards don't carry hundreds of tooltips. */
export const tooltipHandle = Tooltip.createHandle<string>();

/** Draws the tooltip of whichever icon button is hovered or focused. Mounted once, by `<Toaster />`. */
export function TooltipHost() {
  return (
    <Tooltip.Provider delay={500}>
      <Tooltip.Root handle={tooltipHandle}>
        {({ payload }) => (
          <Tooltip.Portal>
            <Tooltip.Positioner sideOffset={6} className={styles.positioner}>
              <Tooltip.Popup className={styles.popup} aria-hidden>
                {payload}
              </Tooltip.Popup>
            </Tooltip.Positioner>
          </Tooltip.Portal>
        )}
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
