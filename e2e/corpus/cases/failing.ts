import { type FailingCase, seen } from "./case.ts";

/** Compiled packages come from Pyodide's own server: where it can't be reached, the error says so. */
const noBuild = /part of Pyodide's own distribution[\s\S]*could not be downloaded[\s\S]*network connection/;

/** Steps that can't work in the browser, and common slips. */
export const failing: readonly FailingCase[] = [
  {
    name: "e_thread",
    seen: seen.community,
    error: /RuntimeError[\s\S]*can't be started in the browser[\s\S]*ThreadPoolExecutor/,
  },
  {
    name: "e_multiprocessing",
    seen: seen.community,
    error: /can't be started in the browser[\s\S]*ThreadPoolExecutor/,
  },
  { name: "e_subprocess", seen: seen.community, error: /Other programs can't be started in the browser/ },
  {
    name: "e_pip_install",
    seen: seen.community,
    error: /Leave this line out[\s\S]*# pipedream add-package humanize/,
  },
  { name: "e_os_system", seen: seen.community, error: /Leave this line out/ },
  { name: "e_selenium", seen: seen.community, error: /selenium can't work in the browser/ },
  {
    name: "e_attribute_of_steps",
    seen: seen.repositories,
    error: /\["create_task"\] instead of \.create_task/,
  },
  { name: "e_env_as_input", seen: seen.repositories, error: /os\.environ\["NAME"\]/ },
  {
    name: "e_lxml_parser",
    seen: seen.repositories,
    error: /# pipedream add-package lxml, or use "html\.parser"/,
  },
  { name: "e_proxies", seen: seen.http, error: /can't go through a proxy[\s\S]*leave out proxies=/ },
  { name: "e_openai_before_1", seen: seen.community, error: /# pipedream add-package openai==0\.28/ },
  { name: "pandas_report", seen: seen.python, error: noBuild, mayWork: true },
  { name: "google_sheets_api", seen: seen.community, error: noBuild, mayWork: true },
  { name: "gspread_rows", seen: seen.community, error: noBuild, mayWork: true },
];
