/** The three ways in which private keys lie on the disk. */
import type { IdSource } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { KeyStore, Logger } from "../engine.ts";
import type { Cryptography } from "./cryptography.ts";
import type { Protection } from "./key-file.ts";

/** The secret bytes, or that something is missing to get at them. */
export type Unwrapped = Uint8Array | "locked";

type Dependencies = {
  readonly cryptography: Cryptography;
  readonly keyStore: KeyStore | null;
  readonly randomBytes: IdSource["randomBytes"];
  readonly logger: Logger;
  readonly scryptLogN: number;
};

type KeyProtection = {
  /** A passphrase when one is given, else the key store, else the file's permissions. */
  readonly wrap: (secret: Uint8Array, device: string, passphrase?: string) => Promise<Protection>;
  /** Fails with `wrong_passphrase`. */
  readonly unwrap: (
    protection: Protection,
    device: string,
    passphrase?: string,
  ) => Promise<Unwrapped>;
};

/** Builds wrapping and unwrapping over the host's key store. */
export function createKeyProtection(deps: Dependencies): KeyProtection {
  const { cryptography, keyStore, logger } = deps;

  async function withPassphrase(secret: Uint8Array, device: string, passphrase: string) {
    const salt = deps.randomBytes(16);
    const nonce = deps.randomBytes(12);
    const cost = { logN: deps.scryptLogN, r: 8, p: 1 };
    const key = await stretch(passphrase, salt, cost);
    const box = { key, nonce, content: secret, context: contextOf(device) };
    const sealed = base64(cryptography.seal(box));
    return {
      kind: "passphrase",
      salt: base64(salt),
      nonce: base64(nonce),
      sealed,
      ...cost,
    } as const;
  }

  function stretch(
    passphrase: string,
    salt: Uint8Array,
    cost: { logN: number; r: number; p: number },
  ) {
    const typed = Buffer.from(passphrase.normalize("NFKC"), "utf8");
    return cryptography.stretch(typed, salt, { ...cost, length: 32 });
  }

  async function wrap(
    secret: Uint8Array,
    device: string,
    passphrase?: string,
  ): Promise<Protection> {
    if (passphrase !== undefined) return withPassphrase(secret, device, passphrase);
    if (keyStore !== null) {
      try {
        return { kind: "key_store", wrapped: base64(await keyStore.wrap(secret)) };
      } catch (error) {
        // Refusal must not stop the first start; the protection that is left is shown on screens.
        logger.error("identity.key_store_refused", error);
      }
    }
    return { kind: "file_permissions", secret: base64(secret) };
  }

  async function unwrap(
    protection: Protection,
    device: string,
    passphrase?: string,
  ): Promise<Unwrapped> {
    switch (protection.kind) {
      case "file_permissions":
        return bytes(protection.secret);
      case "key_store":
        if (keyStore === null) return "locked";
        try {
          return await keyStore.unwrap(bytes(protection.wrapped));
        } catch (error) {
          logger.error("identity.key_store_refused", error);
          return "locked";
        }
      case "passphrase": {
        if (passphrase === undefined) return "locked";
        const key = await stretch(passphrase, bytes(protection.salt), protection);
        const nonce = bytes(protection.nonce);
        const content = bytes(protection.sealed);
        const secret = cryptography.open({ key, nonce, content, context: contextOf(device) });
        if (secret === undefined) throw wrongPassphrase();
        return secret;
      }
    }
  }

  return { wrap, unwrap };
}

/** Binds the sealed keys to their purpose and device. */
function contextOf(device: string): Uint8Array {
  return Buffer.from(`guildhall/keys/v1\0${device}`, "utf8");
}

function wrongPassphrase(): ExpectedFailure {
  return new ExpectedFailure(
    "wrong_passphrase",
    "That is not the passphrase of this device's keys, so they stay locked. Try again; mind capital letters and the keyboard's language.",
  );
}

function base64(content: Uint8Array): string {
  return Buffer.from(content).toString("base64");
}

function bytes(text: string): Uint8Array {
  return Buffer.from(text, "base64");
}
