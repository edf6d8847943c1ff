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
