/** Where shapes of steps were seen; the code in steps/ is our own, of the same shape. */
export const seen = {
  http: "https://pipedream.com/docs/workflows/building-workflows/code/python/http-requests",
  files: "https://pipedream.com/docs/workflows/building-workflows/code/python/working-with-files",
  python: "https://pipedream.com/docs/workflows/building-workflows/code/python",
  stores: "https://pipedream.com/docs/workflows/building-workflows/code/python/using-data-stores",
  olderDocs: "https://github.com/PipedreamHQ/pipedream, docs/docs/code/python/README.md (the older form)",
  olderBlog: "https://www.raymondcamden.com, posts of 2022 with Python steps in the older form",
  blog: "https://www.raymondcamden.com, posts of 2024 and 2025 with Python steps (AgentQL, Foxit, Diffbot)",
  community: "https://pipedream.com/community, threads on Python steps",
  repositories: 'public repositories with def handler(pd: "pipedream")',
} as const;

/** A step as people publish them: its code is `steps/NAME.py`, which is also what the step is called. */
export interface CorpusCase {
  readonly name: string;
  /** Where this shape is seen. */
  readonly seen: string;
  /** Hosts of the mocks that it talks to. */
  readonly talksTo?: readonly string[];
}

/** A case that goes through. */
export interface WorkingCase extends CorpusCase {
  /** All that it exports, a return value under `$return_value`. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** What stands in its log. */
  readonly log?: string | RegExp;
}

/** A case that can't work in the browser, or is wrong: the error has to say what to do. */
export interface FailingCase extends CorpusCase {
  /** In this order in the panel. */
  readonly error: RegExp;
  /** It goes through where Pyodide's own server can be reached. */
  readonly mayWork?: boolean;
}

/** As `WorkingCase`, for a step whose return value is all. */
export const returns = (value: unknown) => ({ exports: { $return_value: value } });
