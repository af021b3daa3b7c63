/** What the codes of the system mean. */
const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused: nothing listens there",
  ECONNRESET: "The other side reset the connection",
  EPIPE: "The other side had closed the connection",
  ENOTFOUND: "The host is unknown",
  EAI_AGAIN: "The host's name could not be looked up",
  ETIMEDOUT: "The other side did not answer in time",
  EHOSTUNREACH: "The host can't be reached",
  ENETUNREACH: "The network can't be reached",
};

/** An error with what its code means before it; one that is a sentence already stays as it is. */
export function inWords(error: string): string {
  const code = /\bE[A-Z_]{3,}\b/.exec(error)?.[0];
  const meaning = code === undefined ? undefined : meanings[code];
  return meaning === undefined ? error : `${meaning} (${error}).`;
}
