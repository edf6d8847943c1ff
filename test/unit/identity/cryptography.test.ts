import { describe, expect, test } from "vitest";
import { type Cryptography, nodeCryptography } from "#engine/identity/cryptography.ts";
import { CryptographyUnproven, proveCryptography } from "#engine/identity/prove-cryptography.ts";

/** Flips one bit, as a broken library would somewhere. */
function spoiled(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
}

const works = nodeCryptography;

const broken: Readonly<Record<string, readonly [vector: string, provider: Cryptography]>> = {
  hash: ["SHA-256", { ...works, hash: (...parts) => spoiled(works.hash(...parts)) }],
  "hash of the first part only": [
    "SHA-256",
    { ...works, hash: (first = new Uint8Array()) => works.hash(first) },
  ],
  signature: [
    "Ed25519 signature",
    {
      ...works,
      signer: (seed) => {
        const signer = works.signer(seed);
        return { ...signer, sign: (message) => spoiled(signer.sign(message)) };
      },
    },
  ],
  "verification that accepts everything": [
    "Ed25519 verification",
    { ...works, verifier: () => () => true },
  ],
  agreement: [
    "X25519",
    {
      ...works,
      agreer: (secret) => {
        const agreer = works.agreer(secret);
        return { ...agreer, agree: (key) => spoiled(agreer.agree(key)) };
      },
    },
  ],
  derivation: ["HKDF-SHA-256", { ...works, derive: (input) => spoiled(works.derive(input)) }],
  sealing: ["AES-256-GCM sealing", { ...works, seal: (box) => spoiled(works.seal(box)) }],
  "opening without a look at the tag": [
    "AES-256-GCM refusal",
    { ...works, open: (box) => works.open(box) ?? box.content },
  ],
  stretching: [
    "scrypt",
    { ...works, stretch: async (...args) => spoiled(await works.stretch(...args)) },
  ],
  "an operation that is missing": [
    "X25519",
    {
      ...works,
      agreer: () => {
        throw new Error("unsupported");
      },
    },
  ],
};

describe("the cryptography of this system", () => {
  test("gives what the published vectors say", async () => {
    await expect(proveCryptography(nodeCryptography)).resolves.toBeUndefined();
  });

  test.each(Object.entries(broken))(
    "is refused loudly with a broken %s",
    async (_, [name, provider]) => {
      const failure = await proveCryptography(provider).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CryptographyUnproven);
      const { failed, message } = failure as CryptographyUnproven;
      expect(failed.some((vector) => vector.startsWith(name))).toBe(true);
      expect(message).toContain(name);
      expect(message).toContain("does not start");
    },
  );

  test("opens nothing that is shorter than a tag", () => {
    const box = { key: new Uint8Array(32), nonce: new Uint8Array(12), context: new Uint8Array() };
    expect(works.open({ ...box, content: new Uint8Array(15) })).toBeUndefined();
  });
});
