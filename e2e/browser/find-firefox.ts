import { installDebianPackage, isDebianRoot, onPath, problemOf } from "./programs.ts";

/** The first version that Playwright can drive as it comes from Mozilla or Debian. */
const oldestVersion = 140;

const usualPlaces = ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * Finds a Firefox that starts on this machine, or installs Debian's (as root): `FIREFOX_PATH`, one of the system. Throws an Error that
 * says what was tried and what to do.
 */
export async function findFirefox(say: (line: string) => void): Promise<string> {
  const tried: string[] = [];
  const usable = async (place: string) => {
    const program = await onPath(place);
    const problem = program ? await problemOf(program, oldestVersion) : "not there";
    if (problem) tried.push(`${place}: ${problem}`);
    return problem ? null : program;
  };

  const chosen = process.env.FIREFOX_PATH;
  if (chosen) {
    const program = await usable(chosen);
    if (program) return program;
    throw new Error(`FIREFOX_PATH can't be used. ${tried.join("; ")}`);
  }
  for (const place of usualPlaces) {
    const program = await usable(place);
    if (program) return program;
  }
  if (await isDebianRoot()) {
    say("No Firefox was found on this machine. Installing Debian's firefox-esr package …");
    await installDebianPackage("firefox-esr", say);
    const program = await usable("firefox-esr");
    if (program) return program;
  }
  throw new Error(
    `No Firefox could be found or installed.\n  ${tried.join("\n  ")}\nInstall Firefox ${oldestVersion} or later and set FIREFOX_PATH to it.`,
  );
}
