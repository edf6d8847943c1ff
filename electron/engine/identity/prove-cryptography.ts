/** Holds the cryptography against published test vectors before anything is signed or sealed with it. */
import type { Cryptography } from "./cryptography.ts";

type Vector = {
  /** Where the vector stands. */
  readonly source: string;
  readonly compute: (cryptography: Cryptography) => Uint8Array | Promise<Uint8Array>;
  readonly expected: string;
};

const none = new Uint8Array();

const ed25519Seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

const aesBox = {
  key: hex("feffe9928665731c6d6a8f9467308308".repeat(2)),
  nonce: hex("cafebabefacedbaddecaf888"),
  context: hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
};
const aesPlain =
  "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72" +
  "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
const aesSealed =
  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa" +
  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" +
  "76fc6ece0f4e1768cddf8853bb2d551b";

const vectors: readonly Vector[] = [
  {
    source: 'SHA-256, FIPS 180-4, "abc" in two parts',
    compute: (by) => by.hash(hex("61"), hex("6263")),
    expected: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  },
  {
    source: "Ed25519 public key, RFC 8032 section 7.1, test 2",
    compute: (by) => by.signer(ed25519Seed).publicKey,
    expected: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
  },
  {
    source: "Ed25519 signature, RFC 8032 section 7.1, test 2",
    compute: (by) => by.signer(ed25519Seed).sign(hex("72")),
    expected:
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  },
  {
    source: "Ed25519 verification, RFC 8032 section 7.1, test 1: accepts its own, refuses another",
    compute: (by) => {
      const { publicKey, sign } = by.signer(
        hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
      );
      const verify = by.verifier(publicKey);
      const flags = [verify(none, sign(none)), verify(hex("72"), sign(none))];
      return Uint8Array.from(flags, Number);
    },
    expected: "0100",
  },
  {
    source: "X25519, RFC 7748 section 5.2, first vector",
    compute: (by) =>
      by
        .agreer(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"))
        .agree(hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")),
    expected: "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
  },
  {
    source: "HKDF-SHA-256, RFC 5869 appendix A.1",
    compute: (by) =>
      by.derive({
        secret: hex("0b".repeat(22)),
        salt: hex("000102030405060708090a0b0c"),
        purpose: hex("f0f1f2f3f4f5f6f7f8f9"),
        length: 42,
      }),
    expected:
      "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  },
  {
    source: "AES-256-GCM sealing, McGrew and Viega test case 16",
    compute: (by) => by.seal({ ...aesBox, content: hex(aesPlain) }),
    expected: aesSealed,
  },
  {
    source: "AES-256-GCM opening, McGrew and Viega test case 16",
    compute: (by) => by.open({ ...aesBox, content: hex(aesSealed) }) ?? none,
    expected: aesPlain,
  },
  {
    source: "AES-256-GCM refusal of a changed context",
    compute: (by) => by.open({ ...aesBox, content: hex(aesSealed), context: none }) ?? none,
    expected: "",
  },
  {
    source: "scrypt, RFC 7914 section 12, first vector",
    compute: (by) => by.stretch(none, none, { logN: 4, r: 1, p: 1, length: 64 }),
    expected:
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
  },
];

/** Thrown when a vector fails: nothing may be signed, sealed or opened then. */
export class CryptographyUnproven extends Error {
  readonly failed: readonly string[];
  constructor(failed: readonly string[]) {
    super(
      `The cryptography of this system gives wrong results (${failed.join("; ")}), so Guildhall does not start: nothing could be signed or kept private. Update the system or reinstall Guildhall.`,
    );
    this.name = "CryptographyUnproven";
    this.failed = failed;
  }
}

/** Resolves when every vector holds; takes a few milliseconds. Rejects with CryptographyUnproven. */
export async function proveCryptography(cryptography: Cryptography): Promise<void> {
  const outcomes = await Promise.all(vectors.map((vector) => holds(vector, cryptography)));
  const failed = vectors.filter((_, index) => !outcomes[index]).map((vector) => vector.source);
  if (failed.length > 0) throw new CryptographyUnproven(failed);
}

async function holds(vector: Vector, cryptography: Cryptography): Promise<boolean> {
  try {
    const result = await vector.compute(cryptography);
    return Buffer.from(result).toString("hex") === vector.expected;
  } catch {
    // An operation that is missing fails its vector like one that is wrong; the vector is named.
    return false;
  }
}

function hex(text: string): Uint8Array {
  return Buffer.from(text, "hex");
}
