const BARE = /^(?:async[ \t]+)?def[ \t]+handler[ \t]*\([ \t]*\w+[ \t]*,?[ \t]*\)[ \t]*:(?=[ \t]*(?:#.*)?$)/gm;
const QUOTED = /^((?:async[ \t]+)?def[ \t]+handler[ \t]*\(\s*\w+[ \t]*:[ \t]*)("[^"\n]+"|'[^'\n]+')/gm;

/**
 * The step's code as the language server gets it: `handler`'s parameter has its type, whatever its annotation says (fact 1: it need not
 * resolve). Nothing moves: what is written stays at its line and column.
 */
export function typedText(code: string): string {
  return code
    .replace(BARE, "$&  # type: (pipedream) -> object")
    .replace(QUOTED, (found, before: string, annotation: string) =>
      annotation.slice(1, -1) === "pipedream" ? found : before + "_P".padEnd(annotation.length),
    );
}
