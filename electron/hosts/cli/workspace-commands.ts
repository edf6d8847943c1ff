/** `init`, `check` and `rebuild`. */
import { checkReportSchema } from "#shared/contract/health.ts";
import { count, type Outcome, UsageError } from "./outcome.ts";
import type { Session } from "./session.ts";

type InitOptions = {
  readonly name: string;
  readonly department: string;
  readonly sample: boolean;
};

/** Makes the workspace; a passphrase in GUILDHALL_PASSPHRASE wraps its keys. */
export async function init({ client, terminal }: Session, options: InitOptions): Promise<Outcome> {
  for (const [name, value] of Object.entries({
    name: options.name,
    department: options.department,
  })) {
    if (value.trim() === "") throw new UsageError(`--${name} is empty; it needs a name.`);
    if (/[\r\n]/u.test(value)) throw new UsageError(`--${name} has several lines; a name is one.`);
  }
  const passphrase = terminal.environment.GUILDHALL_PASSPHRASE;
  const made = await client.workspace.start({
    ...options,
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  await warnOfBareKeys({ client, terminal });
  const { workspace, device, person } = made;
  return {
    json: { workspace, device, person },
    text: () =>
      `The workspace is ready.\nworkspace  ${workspace}\ndevice     ${device}\nperson     ${person}`,
  };
}

/** Says so where nothing but file permissions guards the private keys. */
export async function warnOfBareKeys({
  client,
  terminal,
}: Pick<Session, "client" | "terminal">): Promise<void> {
  const { keyProtection } = await client.workspace.state({});
  if (keyProtection !== "file_permissions") return;
  terminal.err(
    "Note: the private keys of this workspace are protected by file permissions only. Put a passphrase in GUILDHALL_PASSPHRASE before, or set one in the app's settings.\n",
  );
}

/** Verifies everything stored; problems make the command fail. */
export async function check({ client, finish }: Session): Promise<Outcome> {
  const { job } = await client.health.check({});
  const report = checkReportSchema().parse(await finish(job));
  const { changes, records, ok, problems } = report;
  return {
    json: { changes, records, ok, problems },
    text: (paint) =>
      [
        `${count(changes, "change")}, ${count(records, "record")}`,
        ...problems.map((problem) => paint("red", problem)),
        ok ? paint("green", "Everything is whole.") : paint("red", "There are problems."),
      ].join("\n"),
    ...(ok ? {} : { failed: true }),
  };
}

/** Drops every projection and folds it from the log again. */
export async function rebuild({ client, finish }: Session): Promise<Outcome> {
  const { job } = await client.health.rebuild({});
  await finish(job);
  const { changes, records } = await client.health.about({});
  return {
    json: { changes, records },
    text: () => `Rebuilt ${count(records, "record")} from ${count(changes, "change")}.`,
  };
}
