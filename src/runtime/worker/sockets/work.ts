import type { TcpSocket } from "./tcp-socket.ts";

/** What a work waits for: a change of one of the channels, or of what else changes by what the page sends. */
export interface Pause {
  readonly channels: readonly { changed(): Promise<void> }[];
  /** Sockets on which a call of C waits: they end with EINTR when the step is stopped. */
  readonly calls?: readonly TcpSocket[];
  /** Milliseconds; without it the wait has no end. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Something that waits for the network, written once for both ways of waiting. It may be woken for nothing. Each pause answers
 * whether the step was stopped meanwhile.
 */
export type Work<Result> = Generator<Pause, Result, boolean>;

/** Waits for a work with the thread free to go on: for browsers that can suspend Python (JSPI), and for asyncio there. */
export async function suspended<Result>(work: Work<Result>): Promise<Result> {
  let step = work.next();
  while (!step.done) step = work.next(await pause(step.value));
  return step.value;
}

async function pause({ channels, calls = [], timeoutMs }: Pause): Promise<boolean> {
  const before = calls.map(({ stops }) => stops);
  for (const socket of calls) socket.waitingCalls += 1;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const waits: Promise<void>[] = channels.map((channel) => channel.changed());
    if (timeoutMs !== undefined) {
      waits.push(
        new Promise((resolve) => {
          timer = setTimeout(resolve, timeoutMs);
        }),
      );
    }
    await Promise.race(waits);
  } finally {
    clearTimeout(timer);
    for (const socket of calls) socket.waitingCalls -= 1;
  }
  return calls.some(({ stops }, index) => stops !== before[index]);
}
