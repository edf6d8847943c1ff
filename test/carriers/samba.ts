/**
 * A file server: Samba's smbd on a port of the loopback, with one share. Each of the two computers
 * reaches it with a client of its own, Samba's libsmbclient mounted by smbnetfs, so that names,
 * sizes and contents come through SMB's requests and through two clients' memories.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findProgram } from "#build/system-packages.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { spawnSync } from "node:child_process";
import { answers, type Daemon, freePort, startDaemon, until } from "./daemon.ts";
import type { Meeting } from "./meeting.ts";

/** Why the file server cannot be run on this machine; undefined when it can. */
export function sambaMissing(): string | undefined {
  const programs = ["smbd", "smbnetfs", "fusermount"];
  const missing = programs.filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) return `not installed: ${missing.join(", ")}`;
  return existsSync("/dev/fuse") ? undefined : "this machine mounts nothing: no /dev/fuse";
}

/** Starts the server and mounts its share twice. */
export async function startSamba(): Promise<Meeting> {
  const base = temporaryFolder();
  const port = await freePort();
  const share = path.join(base.path, "share");
  const state = path.join(base.path, "state");
  for (const folder of [share, state]) mkdirSync(folder);
  const config = path.join(base.path, "smb.conf");
  writeFileSync(config, serverConfig(port, share, state));
  const server = startDaemon("smbd", ["--foreground", "--no-process-group", "-s", config]);
  const clients: Client[] = [];
  const end = async () => {
    await Promise.all(clients.map((client) => client.end()));
    await server.end();
    base[Symbol.dispose]();
  };
  const check = () => {
    for (const daemon of [server, ...clients]) daemon.check();
  };
  const mount = (name: string): string => {
    const client = mountShare(path.join(base.path, name), port);
    clients.push(client);
    return client.place;
  };
  try {
    // A client that asks too early remembers for seconds that nobody is there.
    await until("the server answers", () => {
      check();
      return answers(port);
    });
    const places = [mount("ana"), mount("ben")] as const;
    await until("both computers see the share", () => {
      check();
      return places.every(isThere);
    });
    return opened(places, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/** What one computer wrote is on the server at once; nothing has to be waited for. */
function opened(places: Meeting["places"], end: () => Promise<void>): Meeting {
  return {
    places,
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: end,
  };
}

type Client = Daemon & { readonly place: string };

function mountShare(home: string, port: number): Client {
  const mount = path.join(home, "mount");
  const settings = path.join(home, ".smb");
  for (const folder of [mount, settings]) mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(settings, "smb.conf"), "[global]\nclient min protocol = SMB2\n");
  // It reads no settings that others could have written.
  writeFileSync(path.join(settings, "smbnetfs.conf"), 'auth "guest" ""\n', { mode: 0o600 });
  const client = startDaemon("smbnetfs", ["-f", mount], { HOME: home });
  return {
    place: path.join(mount, `127.0.0.1:${port}`, "library"),
    check: client.check,
    end: async () => {
      spawnSync("fusermount", ["-u", "-z", mount]);
      await client.end();
    },
  };
}

function isThere(place: string): boolean {
  try {
    readdirSync(place);
    return true;
  } catch {
    // The client says "no such file" until the server answers.
    return false;
  }
}

function serverConfig(port: number, share: string, state: string): string {
  const folders = ["private dir", "lock directory", "state directory", "cache directory"];
  return [
    "[global]",
    "server role = standalone server",
    `smb ports = ${port}`,
    "interfaces = 127.0.0.1/8",
    "bind interfaces only = yes",
    "server min protocol = SMB2",
    "disable netbios = yes",
    "load printers = no",
    "disable spoolss = yes",
    "map to guest = Bad User",
    `guest account = ${process.env.USER ?? "root"}`,
    ...folders.map((name) => `${name} = ${state}`),
    `pid directory = ${state}`,
    `ncalrpc dir = ${path.join(state, "rpc")}`,
    `log file = ${path.join(state, "log")}`,
    "usershare path =",
    "[library]",
    `path = ${share}`,
    "guest ok = yes",
    "read only = no",
    "",
  ].join("\n");
}
