/** A command of the command line, run in this very process on a profile. */
import { runCli } from "#hosts/cli/run.ts";

/** Its exit code and both outputs. Nobody is at the terminal. */
export async function runCommand(profile: string, ...words: readonly string[]) {
  let out = "";
  let err = "";
  const code = await runCli({
    words: [...words, "--profile", profile],
    keyStore: null,
    terminal: {
      out: (text) => (out += text),
      err: (text) => (err += text),
      watched: { out: false, err: false },
      width: 80,
      readInput: () => Promise.resolve(new Uint8Array()),
      environment: {},
      askSecret: () => Promise.resolve(undefined),
      onInterrupt: () => () => undefined,
    },
  });
  return { code, out, err };
}
