const LONGEST = 100;

/** What is wrong with the name of a data store, in a sentence, or null. */
export function checkDataStoreName(name: string): string | null {
  if (name === "") return "Give the data store a name.";
  return name.length > LONGEST ? `A name has at most ${LONGEST} characters.` : null;
}
