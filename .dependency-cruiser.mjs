/**
 * The rooms of the architecture (README, "Architecture") as rules: who may import whom.
 * A room that is not listed as allowed is forbidden; the message names the room to go to instead.
 */
const rooms = {
  app: "editor triggers accounts environment datastores workflow runs catalog storage vault runtime ui lib".split(
    " ",
  ),
  editor: "workflow runs triggers catalog accounts environment datastores ui lib".split(" "),
  accounts: "vault catalog storage ui lib workflow".split(" "),
  environment: "vault catalog storage ui lib workflow".split(" "),
  datastores: "storage ui lib workflow".split(" "),
  catalog: ["lib"],
  workflow: ["lib"],
  runs: "workflow runtime vault lib".split(" "),
  triggers: "workflow runs runtime lib".split(" "),
  runtime: ["lib"],
  vault: "lib storage".split(" "),
  storage: ["lib"],
  gateway: ["lib"],
  ui: ["lib"],
  lib: [],
};

/** Rooms whose types (never values) storage may name: it stores what they define. */
const storedTypes = "workflow runs triggers accounts environment datastores vault";

/** Tests and build scripts put rooms together as they need. */
const notShipped = "\\.test\\.tsx?$|/testing/|/build/";

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import only: ${[room, ...allowed].join(", ")}. Pass anything else in as a parameter from src/main.ts.`,
  severity: "error",
  from: { path: `^src/${room}/`, pathNot: notShipped },
  to: {
    path: "^src/[^/]+/",
    pathNot: [
      `^src/(${[room, ...allowed].join("|")})/`,
      // What page and gateway say to each other is declared once, beside the gateway.
      ...(room === "runtime" ? ["^src/gateway/[a-z-]*protocol\\.ts$"] : []),
      ...(room === "storage" ? [`^src/(${storedTypes.split(" ").join("|")})/`] : []),
    ],
  },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: "storage-names-types-only",
      comment: "src/storage may import the types of what it stores, never their code.",
      severity: "error",
      from: { path: "^src/storage/", pathNot: "\\.test\\.ts$" },
      to: { path: `^src/(${storedTypes.split(" ").join("|")})/`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "face-of-a-room",
      comment: "Import another room through its index.ts, not its insides.",
      severity: "error",
      from: { path: "^src/([^/]+)/", pathNot: notShipped },
      to: {
        path: "^src/([^/]+)/",
        pathNot: ["^src/$1/", "^src/[^/]+/index\\.ts$", "^src/lib/", "^src/ui/", "protocol\\.ts$"],
      },
    },
    {
      name: "only-the-worker-touches-pyodide",
      comment: "Pyodide is loaded in src/runtime/worker (and by the build of its snapshot) only.",
      severity: "error",
      from: { pathNot: "^src/runtime/(worker|build)/" },
      to: { path: "node_modules/pyodide/" },
    },
    {
      name: "only-the-code-editor-touches-monaco",
      comment: "Monaco is used in src/editor/code only.",
      severity: "error",
      from: { pathNot: "^src/editor/code/" },
      to: { path: "node_modules/monaco-editor/" },
    },
    {
      name: "only-storage-touches-idb",
      comment: "IndexedDB belongs to src/storage.",
      severity: "error",
      from: { pathNot: "^src/storage/" },
      to: { path: "node_modules/idb/" },
    },
    {
      name: "no-circles",
      comment: "Dependencies run downward only.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
