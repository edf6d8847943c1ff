/** Words of the commands about sharing: roles, people and looks at the folder, for a person. */
import type { HeldRole, Member, SyncReport } from "#shared/contract/sharing.ts";
import { count } from "./outcome.ts";
import type { Paint } from "./terminal.ts";

/** "lead of Sales and Care, verifier". */
export function rolesInWords(roles: readonly HeldRole[]): string {
  const words = roles.map(({ role, departments }) => {
    const names = (departments ?? []).map(({ name }) => name).join(" and ");
    return names === "" ? role : `${role} of ${names}`;
  });
  return words.length === 0 ? "no role" : words.join(", ");
}

/** "removed" and how much came late, or nothing for somebody who belongs to it. */
export function stateInWords({ state, late }: Member): string {
  if (state === "active") return "";
  return late === 0 ? "removed" : `removed, ${count(late, "later change")} held`;
}

/** What is odd about devices, a sentence for each that somebody should see to. */
export function oddDevices(members: readonly Member[]): readonly string[] {
  return members.flatMap(({ name, devices }) =>
    devices.flatMap(({ id, clockAhead, forked }) => [
      ...(clockAhead === null
        ? []
        : [
            `${id} (${name}): its clock was ${ahead(clockAhead)} ahead, so its changes win over later ones until it is set right.`,
          ]),
      ...(forked
        ? [
            `${id} (${name}): two copies of Guildhall write as this device. Everything of both is kept; remove it and let one of them join anew.`,
          ]
        : []),
    ]),
  );
}

function ahead(minutes: number): string {
  if (minutes < 120) return count(minutes, "minute");
  if (minutes < 48 * 60) return count(Math.round(minutes / 60), "hour");
  return count(Math.round(minutes / 1440), "day");
}

/** What one look did, in two or three lines. */
export function lookInWords(report: SyncReport, paint: Paint): string {
  const { sent, received, applied, waiting, quarantined, filesOpened, bytesRead, ms } = report;
  const kilobytes = Math.ceil(bytesRead / 1024).toLocaleString("en");
  return [
    `${count(sent, "change")} sent, ${received.toLocaleString("en")} received, ${applied.toLocaleString("en")} of them applied`,
    paint(
      "dim",
      `${count(filesOpened, "file")} opened, ${kilobytes} KB read, ${Math.round(ms)} ms`,
    ),
    ...(waiting > 0 ? [paint("yellow", `${count(waiting, "change")} not in the folder yet`)] : []),
    ...quarantined.map(({ path, reason }) => paint("yellow", `set aside  ${path}: ${reason}`)),
  ].join("\n");
}
