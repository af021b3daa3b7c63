import { returns, seen, type WorkingCase } from "./case.ts";

/** As others, on CPython; `requirements`: its packages, as pip takes them. */
export interface CPythonCase extends WorkingCase {
  readonly requirements: readonly string[];
}

const sheets = ["sheets.googleapis.com"];

/**
 * Steps whose packages are compiled by Pyodide, whose server the tests can't reach: in the browser their error is tested
 * (failing.ts), their code here.
 */
export const onCPython: readonly CPythonCase[] = [
  {
    name: "pandas_report",
    seen: seen.python,
    // The same as of the bridge's own tests, which have installed them.
    requirements: ["pandas==3.1.1", "matplotlib==3.11.2"],
    exports: {
      best: { region: "north", amount: 120.5 },
      pivot: [
        { north: 120.5, south: 80 },
        { north: 0, south: 99.5 },
      ],
      $return_value: { north: 120.5, south: 179.5 },
    },
  },
  {
    name: "google_sheets_api",
    seen: seen.community,
    talksTo: sheets,
    requirements: ["google-api-python-client==2.202.0", "gspread==6.2.1"],
    ...returns({
      rows: [
        ["name", "count"],
        ["A", "1"],
        ["B", "2"],
      ],
      updated: 1,
    }),
  },
  {
    name: "gspread_rows",
    seen: seen.community,
    talksTo: sheets,
    requirements: ["google-api-python-client==2.202.0", "gspread==6.2.1"],
    ...returns([
      { name: "A", count: 1 },
      { name: "B", count: 2 },
    ]),
  },
];
