import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Shorter ones are refused at the start: whoever has the password can use this machine's network. */
export const MIN_PASSWORD = 12;

/** Throws an Error with what to do about a password that can't be used. Never repeats it. */
export function checkPassword(password: string): void {
  if (password.trim().length < MIN_PASSWORD) {
    throw new Error(
      `The access password must have at least ${MIN_PASSWORD} characters. One way to make one: openssl rand -base64 18`,
    );
  }
}

/** Makes the test for the right password; it takes the same time wherever the two differ. */
export function passwordTest(password: string): (given: string) => boolean {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac("sha256", key).update(text.normalize("NFC")).digest();
  const right = digest(password);
  return (given) => timingSafeEqual(digest(given), right);
}
