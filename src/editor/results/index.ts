export { Results, type ResultsProps } from "./Results.tsx";
export { JsonTree } from "./tree/JsonTree.tsx";
export { pythonPath, stepRoot } from "./tree/path.ts";
