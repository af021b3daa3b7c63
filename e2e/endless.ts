/** Bodies of steps that never end by themselves, each in another way. All of them print "started", where `endlessStep` is told no other word. */
const endless = {
  "a busy loop": `print("started")
while True:
    pass`,
  "time.sleep": `import time
print("started")
time.sleep(1000)`,
  "a receive that nobody answers": `import socket
connection = socket.create_connection(("127.0.0.1", SILENT))
print("started")
connection.recv(1)`,
  "an await in an async library": `import asyncio
print("started")
asyncio.get_event_loop().run_until_complete(asyncio.sleep(1000))`,
  "catastrophic backtracking": `import re
print("started")
re.match("(a+)+$", "a" * 50 + "b")`,
  "allocating 10 GB piece by piece": `print("started")
held = []
while sum(map(len, held)) < 10 * 2**30:
    held.append(bytes(2**16))`,
  // Nothing runs any more in its thread that could send the last of the lines, which are of a later batch than the first that waits.
  "a loop inside of C": `import time
for number in range(200):
    print("line", number)
end = time.perf_counter() + 0.02
while time.perf_counter() < end:
    pass
print("another batch")
print("started")
sum(range(10**15))`,
  "printing for ever": `while True:
    print("started")`,
  "code that catches everything": `print("started")
while True:
    try:
        while True:
            pass
    except BaseException:
        pass`,
  "code that prints and catches everything": `while True:
    try:
        while True:
            print("started")
    except BaseException:
        pass`,
} as const;

export type Endless = keyof typeof endless;

export const endlessKinds = Object.keys(endless) as Endless[];

/** A step's code with this body. */
export function handlerOf(body: string): string {
  return `def handler(pd: "pipedream"):\n${body.replace(/^(?=.)/gm, "    ")}\n`;
}

/** A step that never ends. `silentPort`: of a server on this machine that never answers. `word`: what it prints. */
export function endlessStep(kind: Endless, silentPort: number, word = "started"): string {
  return handlerOf(endless[kind].replace("SILENT", String(silentPort)).replace("started", word));
}
