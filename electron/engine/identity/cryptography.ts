/**
 * The few cryptographic operations Guildhall needs, over node:crypto. Everything else in the engine
 * goes through this interface, with randomness from the engine's own source; `prove-cryptography.ts` holds it against the published vectors at
 * each start, because Electron's library differs from Node's. Keys are raw bytes of 32.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  hkdfSync,
  type KeyObject,
  scrypt,
  sign,
  verify,
} from "node:crypto";

/** How much work a passphrase costs: N = 2^logN blocks of 128·r bytes, p times over. */
export type ScryptCost = {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
  readonly length: number;
};

export type Cryptography = {
  readonly hash: (...parts: readonly Uint8Array[]) => Uint8Array;
  /** Ed25519 (RFC 8032): the public key of a seed, and signatures of 64 bytes with it. */
  readonly signer: (seed: Uint8Array) => {
    readonly publicKey: Uint8Array;
    readonly sign: (message: Uint8Array) => Uint8Array;
  };
  readonly verifier: (
    publicKey: Uint8Array,
  ) => (message: Uint8Array, signature: Uint8Array) => boolean;
  /** X25519 (RFC 7748): the public key of a secret, and the secret shared with another public key. */
  readonly agreer: (secret: Uint8Array) => {
    readonly publicKey: Uint8Array;
    readonly agree: (publicKey: Uint8Array) => Uint8Array;
  };
  /** HKDF-SHA-256 (RFC 5869). */
  readonly derive: (input: {
    readonly secret: Uint8Array;
    readonly salt: Uint8Array;
    readonly purpose: Uint8Array;
    readonly length: number;
  }) => Uint8Array;
  /** AES-256-GCM with a nonce of 12 bytes; answers the ciphertext with the tag of 16 bytes behind it. */
  readonly seal: (box: Box) => Uint8Array;
  /** The plaintext; undefined when the key, the nonce, the context or a single bit differs. */
  readonly open: (box: Box) => Uint8Array | undefined;
  /** scrypt (RFC 7914); runs beside the event loop. */
  readonly stretch: (
    passphrase: Uint8Array,
    salt: Uint8Array,
    cost: ScryptCost,
  ) => Promise<Uint8Array>;
};

/** What AES-GCM works on; `context` is authenticated but not hidden. */
export type Box = {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly content: Uint8Array;
  readonly context: Uint8Array;
};

const tagLength = 16;

/** The operations as node:crypto does them. */
export const nodeCryptography: Cryptography = {
  hash: (...parts) => {
    const [only] = parts;
    const whole = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
    return hash("sha256", whole, "buffer");
  },
  signer: (seed) => {
    const key = privateKey("ed25519", seed);
    return { publicKey: publicBytes(key), sign: (message) => sign(null, message, key) };
  },
  verifier: (bytes) => {
    const key = verifyingKey(bytes);
    return (message, signature) => verify(null, message, key, signature);
  },
  agreer: (secret) => {
    const key = privateKey("x25519", secret);
    return {
      publicKey: publicBytes(key),
      agree: (bytes) => diffieHellman({ privateKey: key, publicKey: publicKey("x25519", bytes) }),
    };
  },
  derive: ({ secret, salt, purpose, length }) =>
    new Uint8Array(hkdfSync("sha256", secret, salt, purpose, length)),
  seal: ({ key, nonce, content, context }) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
    cipher.setAAD(context);
    return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  },
  open: ({ key, nonce, content, context }) => {
    if (content.length < tagLength) return undefined;
    const end = content.length - tagLength;
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagLength });
    decipher.setAAD(context);
    decipher.setAuthTag(content.subarray(end));
    try {
      return Buffer.concat([decipher.update(content.subarray(0, end)), decipher.final()]);
    } catch {
      // node:crypto says "the tag does not fit" with an exception and nothing more.
      return undefined;
    }
  },
  stretch: (passphrase, salt, { logN, r, p, length }) => {
    const N = 2 ** logN;
    const stretched = Promise.withResolvers<Uint8Array>();
    scrypt(passphrase, salt, length, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) stretched.reject(error);
      else stretched.resolve(key);
    });
    return stretched.promise;
  },
};

/** The fixed DER in front of the 32 bytes of a key (RFC 8410): the object identifiers end in 110 and 112. */
const algorithms = { x25519: 0x6e, ed25519: 0x70 } as const;
type Algorithm = keyof typeof algorithms;

function privateKey(algorithm: Algorithm, bytes: Uint8Array): KeyObject {
  const head = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, algorithms[algorithm], 4, 0x22, 4];
  const der = Buffer.concat([Buffer.from([...head, bytes.length]), bytes]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function publicKey(algorithm: Algorithm, bytes: Uint8Array): KeyObject {
  const head = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, algorithms[algorithm], 3, 0x21, 0];
  const der = Buffer.concat([Buffer.from(head), bytes]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** Nearly all signatures are of a few devices, and making a key of its bytes takes half as long as verifying. */
const verifyingKeys = new Map<string, KeyObject>();
const mostKeys = 512;

function verifyingKey(bytes: Uint8Array): KeyObject {
  const name = Buffer.from(bytes).toString("latin1");
  const known = verifyingKeys.get(name);
  if (known !== undefined) return known;
  const key = publicKey("ed25519", bytes);
  if (verifyingKeys.size >= mostKeys) verifyingKeys.clear();
  verifyingKeys.set(name, key);
  return key;
}

function publicBytes(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
}
