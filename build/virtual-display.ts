/** A display for windows on a machine without one: Xvfb, on a number it picks itself. */
import { spawn } from "node:child_process";

export type VirtualDisplay = { readonly name: string; readonly stop: () => void };

/** Whether windows can be shown here as things are. */
export function hasDisplay(environment: NodeJS.ProcessEnv = process.env): boolean {
  if (process.platform !== "linux") return true;
  return Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/** Starts one. Rejects when Xvfb is not installed or does not come up. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const server = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"],
    { stdio: ["ignore", "ignore", "ignore", "pipe"] },
  );
  const number = Promise.withResolvers<string>();
  server.on("error", number.reject);
  server.on("exit", (code) => {
    number.reject(new Error(`Xvfb ended with code ${code ?? "none"} before it was ready.`));
  });
  server.stdio[3]?.on("data", (text: Buffer) => {
    number.resolve(text.toString().trim());
  });
  const name = `:${await number.promise}`;
  // A test run that is broken off must not leave the server behind.
  const stop = () => {
    server.kill();
  };
  process.once("exit", stop);
  server.unref();
  return { name, stop };
}
