/** Messages within a period after which a worker is taken to be hostile: Python can't make as many. */
const MAX_MESSAGES = 12_500;
const PERIOD = 250;
/** Messages of no known form after which it is. */
const MAX_MALFORMED = 100;

/** Watches how a worker, which is not trusted, uses one of its ports. */
export interface Offences {
  /** A message has come. False: there are too many of them. */
  message(): boolean;
  /** It was none that our own worker sends. False: there have been too many of those. */
  malformed(): boolean;
}

/**
 * @param now a clock in milliseconds; tests give one that stands still.
 * @param maxMessages within a period, where fewer than for the network say that a worker is hostile.
 */
export function createOffences(
  now: () => number = () => performance.now(),
  maxMessages = MAX_MESSAGES,
): Offences {
  let periodStart = 0;
  let messages = 0;
  let malformed = 0;
  return {
    message() {
      const time = now();
      if (time - periodStart > PERIOD) {
        periodStart = time;
        messages = 0;
      }
      messages += 1;
      return messages <= maxMessages;
    },
    malformed() {
      malformed += 1;
      return malformed <= MAX_MALFORMED;
    },
  };
}
