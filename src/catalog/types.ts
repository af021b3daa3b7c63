/** An app of the catalogue. One JSON file an app under `apps/`, validated by `schema.ts`. */

export type AuthType = "oauth" | "keys" | "none";

/** One property under `pd.inputs[slug]["$auth"]`. */
export interface AppField {
  /** Property name in code, e.g. `oauth_access_token`. */
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  readonly optional: boolean;
  readonly placeholder?: string | undefined;
  /** What it is and where to get it, one or two sentences. */
  readonly help?: string | undefined;
  readonly helpUrl?: string | undefined;
  /** Used when the person leaves an optional field empty. */
  readonly default?: string | undefined;
}

/** Where a credential goes in a request. Values are templates: `{field}` stands for a field of the account. */
export type CredentialPlacement =
  | { readonly in: "header"; readonly name: string; readonly value: string }
  | { readonly in: "query"; readonly name: string; readonly value: string }
  | { readonly in: "basic"; readonly username: string; readonly password: string }
  | { readonly in: "path" }
  | { readonly in: "body"; readonly name: string; readonly value: string }
  /** The app's own `python` signs the request or speaks the protocol; `scheme` names it for people. */
  | { readonly in: "code"; readonly scheme: string };

/** A harmless request that shows whether an account works: *who am I* where the vendor has one. */
export interface TestRequest {
  /** `CONNECT`: not HTTP; the URL's scheme names the protocol, which the app's own `python` speaks. */
  readonly method: "GET" | "POST" | "CONNECT";
  /** Absolute, may hold `{field}` templates. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly json?: unknown;
  /** What a good answer looks like, for people: "Returns the user the token belongs to." */
  readonly success: string;
  /** Top-level property of the answer that must be true: for vendors who answer 200 to a bad token. */
  readonly okField?: string | undefined;
}

/** What the search and the cards need of every app; loaded with the page. */
export interface AppSummary {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly categories: readonly string[];
  readonly aliases: readonly string[];
  readonly authType: AuthType;
  /** Popularity, 0 to 100; breaks ties in the search. */
  readonly weight: number;
  /** Brand colour, `#rrggbb`. */
  readonly color: string;
  /** SVG path data on a 24×24 grid, or null: a lettered tile is drawn. */
  readonly iconPath: string | null;
}

/** Everything about one app; loaded on demand. */
export interface App extends Omit<AppSummary, "iconPath"> {
  readonly fields: readonly AppField[];
  /** Hosts it may talk to; may hold `{field}` templates and a leading `*.`. */
  readonly hosts: readonly string[];
  readonly placements: readonly CredentialPlacement[];
  readonly docsUrl: string;
  readonly testRequest: TestRequest;
  /** Name of the icon in simple-icons, where it has one. */
  readonly icon?: string | undefined;
  /** The app's own Python, where an SDK is what people use; else the generator writes it. */
  readonly python?: string | undefined;
  /** Further templates offered after *Run Python with any APP API*. */
  readonly templates?: readonly AppTemplate[] | undefined;
}

export interface AppTemplate {
  readonly title: string;
  readonly python: string;
}

/** An app as its file under `apps/` says it: Python as lines, so that a diff of a template can be read. */
export interface AppFile extends Omit<App, "python" | "templates"> {
  readonly python?: readonly string[] | undefined;
  readonly templates?: readonly { readonly title: string; readonly python: readonly string[] }[] | undefined;
}
