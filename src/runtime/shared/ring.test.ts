import { describe, expect, it } from "vitest";
import {
  createRingMemory,
  createRingReader,
  createRingWriter,
  interrupt,
  KEYBOARD_INTERRUPT,
  notedStep,
} from "./ring.ts";

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;
const values = (message: ArrayBuffer | null | undefined) => message && [...new Uint8Array(message)];

function pair(ringBytes: number) {
  const memory = createRingMemory(ringBytes);
  const writer = createRingWriter(memory);
  const rooms = { told: 0 };
  const reader = createRingReader(memory, () => {
    rooms.told += 1;
  });
  return { memory, writer, reader, rooms };
}

/** Whole numbers below `limit`, the same ones in each run with the same seed. */
function random(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

describe("the ring", () => {
  it("carries messages in their order, empty ones and null as well", () => {
    const { writer, reader } = pair(64);
    expect(reader.read()).toBeUndefined();
    writer.write(bytes(1, 2, 3));
    writer.write(bytes());
    writer.write(null);
    writer.write(bytes(4));
    expect(values(reader.read())).toEqual([1, 2, 3]);
    expect(values(reader.read())).toEqual([]);
    expect(reader.read()).toBeNull();
    expect(values(reader.read())).toEqual([4]);
    expect(reader.read()).toBeUndefined();
  });

  it("carries a message that is longer than the ring, bit by bit", () => {
    const { writer, reader, rooms } = pair(16);
    const long = Array.from({ length: 100 }, (_, index) => index);
    writer.write(bytes(...long));
    let message = reader.read();
    for (let turns = 0; message === undefined && turns < 100; turns++) {
      expect(rooms.told).toBe(turns + 1);
      writer.resume();
      message = reader.read();
    }
    expect(values(message)).toEqual(long);
  });

  it("asks for more only where the writer waits", () => {
    const { writer, reader, rooms } = pair(64);
    writer.write(bytes(1, 2, 3));
    reader.read();
    expect(rooms.told).toBe(0);
  });

  it.each([16, 64, 1024])("loses and mixes up nothing, whoever is faster (%i bytes)", (ringBytes) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { memory, writer, reader, rooms } = pair(ringBytes);
      // As after four gigabytes: the counters start over while messages pass.
      new Int32Array(memory).fill(-ringBytes / 2, 3, 5);
      const next = random(seed);
      const sent: (number[] | null)[] = [];
      const received: unknown[] = [];
      const read = () => {
        const message = reader.read();
        if (message !== undefined) received.push(values(message));
        return message !== undefined;
      };
      for (let turn = 0; turn < 200; turn++) {
        if (next(2) === 0) {
          const message =
            next(20) === 0 ? null : Array.from({ length: next(ringBytes * 2) }, () => next(256));
          sent.push(message);
          writer.write(message && Uint8Array.from(message).buffer);
        } else read();
        if (rooms.told > 0 && next(2) === 0) {
          rooms.told = 0;
          writer.resume();
        }
      }
      for (let idle = false; !idle; ) {
        idle = !read() && rooms.told === 0;
        rooms.told = 0;
        writer.resume();
      }
      expect(received).toEqual(sent);
    }
  });

  it("does not let a reader that writes nonsense harm the writer", () => {
    for (const nonsense of [1, -1, 12345, -(2 ** 31)]) {
      const { memory, writer } = pair(64);
      new Int32Array(memory)[4] = nonsense;
      for (let count = 0; count < 10; count++) writer.write(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }
  });
});

describe("waiting", () => {
  it("ends at once where something has come, or Python is to be interrupted", () => {
    const { memory, writer, reader } = pair(64);
    writer.write(bytes(1));
    reader.wait(undefined);
    reader.read();
    interrupt(memory);
    reader.wait(undefined);
    expect(reader.interrupted).toBe(true);
    expect(new Uint8Array(memory)[0]).toBe(KEYBOARD_INTERRUPT);
    reader.clearInterrupt();
    expect(reader.interrupted).toBe(false);
  });

  it("ends when its time is over", () => {
    const { reader } = pair(64);
    reader.wait(1);
    expect(reader.read()).toBeUndefined();
  });
});

describe("the flags", () => {
  it("need no ring", () => {
    const memory = createRingMemory(0);
    notedStep(memory)[0] = 7;
    interrupt(memory);
    expect(new Uint8Array(memory)[0]).toBe(KEYBOARD_INTERRUPT);
    expect(new Int32Array(memory)[1]).toBe(7);
  });

  it("goes on writing whatever a worker writes into the memory that both share", () => {
    const { memory, writer } = pair(64);
    const fields = new Int32Array(memory);
    const next = random(7);
    for (let round = 0; round < 2000; round++) {
      // All of the header's fields; what is read with them lies in the ring at most.
      fields[next(16)] = next(2 ** 32) | 0;
      writer.write(next(10) === 0 ? null : bytes(...Array.from({ length: next(200) }, () => 1)));
      writer.resume();
    }
    interrupt(memory);
    expect(fields).toHaveLength(32);
  });
});
