/** Bytes that this process holds in buffers. */
export function memory(): number {
  const { external, arrayBuffers } = process.memoryUsage();
  return external + arrayBuffers;
}
