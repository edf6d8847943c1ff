/**
 * `guildhall` on the command line: the third host, which calls the engine directly and has no
 * window. This file ties it to the real terminal and nothing more.
 */
import nodeModule from "node:module";
import { createInterface } from "node:readline";

// Loading is most of what a short command does; compiled code is kept between runs where it can be.
nodeModule.enableCompileCache?.();

const { runCli } = await import("./cli/run.ts");
const lent = await lentServices();

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe may stop early, as `head` does.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const services = lent?.borrowServices();
const exitCode = await runCli({
  words: process.argv.slice(2),
  keyStore: services?.keyStore ?? null,
  terminal: {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    watched: { out: process.stdout.isTTY ?? false, err: process.stderr.isTTY ?? false },
    width: process.stdout.columns ?? 80,
    readInput: services?.readInput ?? readStandardInput,
    environment: process.env,
    askSecret,
    onInterrupt: (call) => {
      process.on("SIGINT", call).on("SIGTERM", call);
      return () => process.off("SIGINT", call).off("SIGTERM", call);
    },
  },
});
// What was written reaches a slow reader before the process ends.
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));

/** What the process that started this one lends, where one did. */
async function lentServices() {
  if (process.send === undefined && !("parentPort" in process)) return undefined;
  const { connectToParent } = await import("./parent-port.ts");
  return connectToParent() === undefined ? undefined : import("./cli/lent-services.ts");
}

async function readStandardInput(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

async function askSecret(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  process.stderr.write(question);
  const answered = Promise.withResolvers<string>();
  // Without an output nothing that is typed is shown.
  const reader = createInterface({ input: process.stdin, terminal: true });
  reader.question("", answered.resolve);
  const answer = await answered.promise;
  reader.close();
  process.stderr.write("\n");
  return answer;
}
