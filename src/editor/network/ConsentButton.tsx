import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "../../ui/index.ts";

/** Milliseconds in which a click was meant for what stood there before. */
const SETTLING = 500;

/**
 * A button that gives something away. Questions come up unasked, maybe under a pointer that is about to click: for a
 * moment clicks don't count. Keys do, as the focus is on the refusal first.
 */
export function ConsentButton({ onClick, ...rest }: ButtonProps) {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLING);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Button
      {...rest}
      aria-disabled={!settled || undefined}
      onClick={(event) => {
        const fromPointer = event.detail > 0;
        if (settled || !fromPointer) onClick?.(event);
      }}
    />
  );
}
