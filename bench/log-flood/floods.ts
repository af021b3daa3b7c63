/** Something that writes much. */
export interface Flood {
  readonly name: string;
  /** Python statements. */
  readonly code: string;
  /** How much it writes, in `unit`. */
  readonly amount: number;
  readonly unit: "lines" | "MB";
}

export const floods: readonly Flood[] = [
  {
    name: "1,000,000 lines",
    code: 'for number in range(1_000_000):\n    print("line number", number)',
    amount: 1_000_000,
    unit: "lines",
  },
  { name: "one line of 50 MB", code: 'print("x" * 50_000_000)', amount: 50, unit: "MB" },
  {
    name: "400 MB of lines in large writes",
    code: 'text = ("x" * 999 + "\\n") * 64\nfor _ in range(6250):\n    sys.stdout.write(text)',
    amount: 400,
    unit: "MB",
  },
];

/** A whole program, which leaves in `seconds` how long it took. */
export function program(flood: Flood): string {
  return `import sys, time
begin = time.perf_counter()
${flood.code}
sys.stdout.flush()
seconds = time.perf_counter() - begin`;
}
