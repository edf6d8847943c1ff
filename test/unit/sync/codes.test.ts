/** Codes as people type them: read whatever the case and spaces, refused for any slip. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import {
  fingerprintOf,
  formatInvitation,
  formatRecovery,
  readInvitation,
  readRecovery,
  signerOf,
} from "#engine/sync/people/codes.ts";
import { spoken } from "#shared/domain/roster/spoken.ts";
import { seeded } from "#test/support/seeded.ts";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** What people make of a code: other letters that look the same, spaces, small letters. */
function typed(code: string, careless: boolean): string {
  if (!careless) return code.toLowerCase();
  return ` ${code.replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "L").replaceAll("V", "u")}\n`;
}

describe("an invitation's code", () => {
  it("says the library's fingerprint and the secret, however it is typed", () => {
    fc.assert(
      fc.property(bytes(32), bytes(16), fc.boolean(), (root, secret, careless) => {
        const code = formatInvitation(nodeCryptography, { root, secret });
        expect(code).toMatch(/^(?:[0-9A-Z]{5}-){8}[0-9A-Z]{5}$/u);
        const read = readInvitation(nodeCryptography, typed(code, careless));
        expect(read?.fingerprint).toBe(fingerprintOf(nodeCryptography, root));
        expect(Buffer.from(read?.secret ?? [])).toEqual(Buffer.from(secret));
      }),
      seeded(41, 200),
    );
  });

  it("is refused when a letter is another, missing or too many", () => {
    const slip = fc.record({ at: fc.nat(44), letter: fc.constantFrom(...letters.split("")) });
    fc.assert(
      fc.property(bytes(32), bytes(16), slip, (root, secret, { at, letter }) => {
        const code = formatInvitation(nodeCryptography, { root, secret }).replaceAll("-", "");
        const other = code.slice(0, at) + letter + code.slice(at + 1);
        if (other !== code) expect(readInvitation(nodeCryptography, other)).toBeUndefined();
        expect(readInvitation(nodeCryptography, code.slice(1))).toBeUndefined();
        expect(readInvitation(nodeCryptography, code + letter)).toBeUndefined();
      }),
      // A slip goes unnoticed once in 65,536 times.
      seeded(42, 300),
    );
  });

  it("survives anything that is pasted in its place", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(readInvitation(nodeCryptography, text)).toBeUndefined();
        expect(readRecovery(nodeCryptography, text)).toBeUndefined();
      }),
      seeded(43, 500),
    );
  });
});

describe("a recovery sheet", () => {
  it("says its secret, and is no invitation", () => {
    fc.assert(
      fc.property(bytes(16), fc.boolean(), (secret, careless) => {
        const code = formatRecovery(nodeCryptography, secret);
        expect(code).toMatch(/^(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}$/u);
        const read = readRecovery(nodeCryptography, typed(code, careless));
        expect(Buffer.from(read ?? [])).toEqual(Buffer.from(secret));
        expect(readInvitation(nodeCryptography, code)).toBeUndefined();
      }),
      seeded(44, 200),
    );
  });

  it("can be read out", () => {
    expect(spoken("A0Z9-B1XY")).toEqual([
      { group: "A0Z9", said: "Alfa Zero Zulu Nine" },
      { group: "B1XY", said: "Bravo One X-ray Yankee" },
    ]);
  });
});

it("makes keys of a secret that are others for each use", () => {
  const secret = new Uint8Array(16).fill(7);
  const [root, invitation] = (["root", "invitation"] as const).map((use) =>
    Buffer.from(signerOf(nodeCryptography, secret, use).publicKey).toString("hex"),
  );
  expect(root).not.toBe(invitation);
  // Sheets are printed: the same secret has to make the same key for ever.
  expect(root).toBe("1d336db4eb88f2f89fa4985e5471882e98fab2bf1ec4e8c3f55f9f763e244419");
});
