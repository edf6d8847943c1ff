/** Which stories were told in earlier runs and how they ended: one line each, `seed well` or `seed wrong …`. */
import { appendFileSync, existsSync, readFileSync } from "node:fs";

export type Journal = {
  readonly told: ReadonlyMap<number, "well" | "wrong">;
  readonly note: (seed: number, violations: readonly string[]) => void;
};

/** Opens the journal; without a file nothing is remembered. */
export function openJournal(file: string | undefined): Journal {
  if (file === undefined) return { told: new Map(), note: () => undefined };
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const told = lines.flatMap((line) => {
    const [, seed, end] = /^(\d+) (well|wrong)/u.exec(line) ?? [];
    return seed === undefined ? [] : [[Number(seed), end === "well" ? end : "wrong"] as const];
  });
  return {
    told: new Map(told),
    note: (seed, violations) => {
      const [first] = violations;
      const end = first === undefined ? "well" : `wrong ${first.split("\n")[0]?.slice(0, 300)}`;
      appendFileSync(file, `${seed} ${end}\n`);
    },
  };
}
