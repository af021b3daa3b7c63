/** Milliseconds: of one small GET on average, of the large body down and up. */
export interface Times {
  readonly get: number;
  readonly down: number;
  readonly up: number;
  /** Of it in a small GET: what `http.client` does itself, where it is used. */
  readonly python?: number;
}

/** How much is measured in one round. */
export interface Load {
  readonly count: number;
  readonly bytes: number;
}

/** A way to the server: measures one round on one of its ports. */
export interface Way {
  readonly name: string;
  measure(port: number, load: Load): Promise<Times>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
