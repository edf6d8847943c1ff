/** Programs that others wrote, run for one test on this machine alone and ended with it. */
import { type ChildProcess, spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export type Daemon = {
  /** Fails with what the program printed when it has ended by itself. */
  readonly check: () => void;
  /** Ends it, and waits until it is gone. */
  readonly end: () => Promise<void>;
};

/** Starts a program that stays. It ends with this process at the latest. */
export function startDaemon(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Daemon {
  const child: ChildProcess = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // In a process group of its own: some end their whole group with themselves.
    detached: true,
    env: { ...process.env, ...environment },
  });
  let printed = "";
  let over = false;
  const keep = (chunk: Buffer) => {
    printed = `${printed}${chunk.toString()}`.slice(-4000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const ended = Promise.withResolvers<void>();
  child.on("error", (error) => keep(Buffer.from(error.message)));
  child.on("close", () => {
    over = true;
    ended.resolve();
  });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  return {
    check: () => {
      if (over) throw new Error(`${command} ended by itself:\n${printed}`);
    },
    end: async () => {
      child.kill("SIGTERM");
      const late = setTimeout(kill, 3000);
      await ended.promise;
      clearTimeout(late);
      process.off("exit", kill);
    },
  };
}

/** Asks again and again until the answer is yes; another program gives no better sign. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
    await pause(50);
  }
}

/** Whether somebody answers at a port of the loopback. */
export async function answers(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const answer = Promise.withResolvers<boolean>();
  socket.on("connect", () => answer.resolve(true));
  socket.on("error", () => answer.resolve(false));
  const yes = await answer.promise;
  socket.destroy();
  return yes;
}

/** A port of the loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  const address = server.address();
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  await closed.promise;
  if (address === null || typeof address === "string") throw new Error("No port was given");
  return address.port;
}
