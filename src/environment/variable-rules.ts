/** Fact 16: a value is at most 64 KB. */
const LONGEST_VALUE = 65_536;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What is wrong with the name of an environment variable, as a sentence; null where nothing is. */
export function checkVariableName(name: string): string | null {
  if (name === "") return "Give the variable a name.";
  if (NAME.test(name)) return null;
  if (/^\d/.test(name)) return "A name starts with a letter or an underscore, not with a digit.";
  const bad = Array.from(name).find((char) => !/[A-Za-z0-9_]/.test(char)) ?? "";
  const shown = /\s/.test(bad) ? "a space" : `"${bad}"`;
  return `A name holds letters (A–Z, a–z), digits and underscores only, not ${shown}.`;
}

/** What is wrong with a variable's value, as a sentence; null where nothing is. An empty value is one. */
export function checkVariableValue(value: string): string | null {
  const bytes = new TextEncoder().encode(value).length;
  if (bytes > LONGEST_VALUE) {
    return `A value is at most 64 KB (${count(LONGEST_VALUE)} bytes) long, this one has ${count(bytes)} bytes. Put larger data into a file or a service that the step reads.`;
  }
  if (value.includes("\0")) {
    return "A value can't hold a zero byte: Python refuses it in os.environ.";
  }
  return null;
}

function count(bytes: number): string {
  return bytes.toLocaleString("en");
}
