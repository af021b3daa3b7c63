/** An attribute of a class in a stub. */
export interface StubMember {
  readonly name: string;
  /** Of a method, without `self`: `(ms: float) -> dict[str, str]`. Null: it is no method. */
  readonly signature: string | null;
  /** Of what is no method. */
  readonly type: string | null;
  readonly documentation: string;
}

const CLASS = /^class (\w+)/;
const METHOD = /^ {4}def (\w+)\(self(?:, )?(.*)\) -> (.+?):(?: \.\.\.)?$/;
const ATTRIBUTE = /^ {4}(\w+): (.+)$/;
const ALIAS = /^ {4}(\w+) = (\w+)$/;
const DOCUMENTATION = /^ {4,8}"""(.+)"""$/;

/**
 * What the classes of a stub have, by their names; attributes whose names begin with an underscore are left out. Reads stubs as they
 * are written here: one line a member, and its documentation in the line below.
 */
export function membersOf(stub: string): ReadonlyMap<string, readonly StubMember[]> {
  const classes = new Map<string, StubMember[]>();
  let members: StubMember[] = [];
  const lines = stub.split("\n");
  for (const [index, line] of lines.entries()) {
    const opened = CLASS.exec(line)?.[1];
    if (opened !== undefined) {
      members = [];
      classes.set(opened, members);
    }
    const documentation = DOCUMENTATION.exec(lines[index + 1] ?? "")?.[1] ?? "";
    const [, method, parameters = "", result = ""] = METHOD.exec(line) ?? [];
    const [, attribute, type = ""] = ATTRIBUTE.exec(line) ?? [];
    const [, alias, same] = ALIAS.exec(line) ?? [];
    const known = members.find(({ name }) => name === same);
    if (method !== undefined)
      members.push({ name: method, signature: `(${parameters}) -> ${result}`, type: null, documentation });
    else if (attribute !== undefined) members.push({ name: attribute, signature: null, type, documentation });
    else if (alias !== undefined && known !== undefined) members.push({ ...known, name: alias });
  }
  return new Map(
    [...classes].map(([name, all]) => [name, all.filter((member) => !member.name.startsWith("_"))]),
  );
}
