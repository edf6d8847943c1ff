/**
 * Who this device is: an Ed25519 key that signs the log and an X25519 key that others seal to. It
 * is not who the person is; a person has a record and may have several devices. Private keys are
 * wrapped by the operating system's key store where the host has one, else by a passphrase, else
 * only the file's permissions guard them, and screens say so.
 */
import type { z } from "zod";
import type { keyProtectionSchema } from "#shared/contract/workspace.ts";
import { type DeviceId, deviceIdSchema, encodeBase32, type IdSource } from "#shared/domain/ids.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import type { KeyStore, Logger } from "../engine.ts";
import type { Cryptography } from "./cryptography.ts";
import { readKeyFile, writeKeyFile } from "./key-file.ts";
import { createKeyProtection, type Unwrapped } from "./key-protection.ts";

export type KeyProtection = z.infer<ReturnType<typeof keyProtectionSchema>>;

/** What anybody may know of a device. */
export type PublicDevice = {
  readonly id: DeviceId;
  readonly signingKey: Uint8Array;
  readonly agreementKey: Uint8Array;
};

export type Identity = {
  /** `absent`: no keys yet; `locked`: they wait for a passphrase or the key store; `ready`: it can sign. */
  readonly state: () => "absent" | "locked" | "ready";
  readonly device: () => PublicDevice | undefined;
  readonly protection: () => KeyProtection | undefined;
  /** Makes new keys in place of any there are. */
  readonly create: (passphrase?: string) => Promise<PublicDevice>;
  /** Fails with `wrong_passphrase`. */
  readonly unlock: (passphrase: string) => Promise<void>;
  /** Wraps the keys with a passphrase from now on. Fails with `locked`. */
  readonly protect: (passphrase: string) => Promise<void>;
  /** An Ed25519 signature of 64 bytes. Fails with `locked`. */
  readonly sign: (message: Uint8Array) => Uint8Array;
};

type Dependencies = {
  readonly profile: string;
  readonly cryptography: Cryptography;
  readonly keyStore: KeyStore | null;
  readonly randomBytes: IdSource["randomBytes"];
  readonly logger: Logger;
  /** log2 of scrypt's N; 17 unless a test says otherwise. */
  readonly scryptLogN?: number;
};

type Keys = {
  readonly device: PublicDevice;
  readonly protection: KeyProtection;
  /** Undefined while locked. */
  readonly secret: Uint8Array | undefined;
  readonly sign: ((message: Uint8Array) => Uint8Array) | undefined;
};

/** Reads the profile's keys and opens them where no passphrase is needed. */
export async function createIdentity(deps: Dependencies): Promise<Identity> {
  const protections = createKeyProtection({ ...deps, scryptLogN: deps.scryptLogN ?? 17 });
  let keys = await load();

  async function load(): Promise<Keys | undefined> {
    const file = readKeyFile(deps.profile);
    if (file === undefined) return undefined;
    const device = {
      id: file.device,
      signingKey: Buffer.from(file.signingKey, "base64"),
      agreementKey: Buffer.from(file.agreementKey, "base64"),
    };
    const unwrapped = await protections.unwrap(file.protection, device.id);
    return assemble(device, file.protection.kind, unwrapped);
  }

  function assemble(device: PublicDevice, protection: KeyProtection, unwrapped: Unwrapped): Keys {
    if (unwrapped === "locked") return { device, protection, secret: undefined, sign: undefined };
    const signer = deps.cryptography.signer(unwrapped.subarray(0, 32));
    if (!Buffer.from(signer.publicKey).equals(device.signingKey)) {
      throw new ExpectedFailure(
        "damaged_keys",
        "The private and the public half of this device's keys do not belong together. Put device-keys.json back from a backup; if there is none, move it away and Guildhall makes new keys.",
      );
    }
    return { device, protection, secret: unwrapped, sign: signer.sign };
  }

  async function keep(device: PublicDevice, secret: Uint8Array, passphrase?: string) {
    const protection = await protections.wrap(secret, device.id, passphrase);
    writeKeyFile(deps.profile, {
      v: 1,
      device: device.id,
      signingKey: Buffer.from(device.signingKey).toString("base64"),
      agreementKey: Buffer.from(device.agreementKey).toString("base64"),
      protection,
    });
    keys = assemble(device, protection.kind, secret);
  }

  return {
    state: () => {
      if (keys === undefined) return "absent";
      return keys.sign === undefined ? "locked" : "ready";
    },
    device: () => keys?.device,
    protection: () => keys?.protection,
    create: async (passphrase) => {
      const secret = deps.randomBytes(64);
      const device = publicDevice(deps.cryptography, secret);
      await keep(device, secret, passphrase);
      return device;
    },
    unlock: async (passphrase) => {
      const file = readKeyFile(deps.profile);
      if (file === undefined || keys === undefined || keys.sign !== undefined) return;
      const unwrapped = await protections.unwrap(file.protection, file.device, passphrase);
      keys = assemble(keys.device, file.protection.kind, unwrapped);
      if (keys.sign === undefined) throw lockedFailure(keys.protection);
    },
    protect: async (passphrase) => {
      if (keys?.secret === undefined) throw lockedFailure(keys?.protection);
      await keep(keys.device, keys.secret, passphrase);
    },
    sign: (message) => {
      if (keys?.sign === undefined) throw lockedFailure(keys?.protection);
      return keys.sign(message);
    },
  };
}

/** The device that 64 secret bytes make: 32 for signing, 32 for agreement. */
function publicDevice(cryptography: Cryptography, secret: Uint8Array): PublicDevice {
  const signingKey = cryptography.signer(secret.subarray(0, 32)).publicKey;
  const agreementKey = cryptography.agreer(secret.subarray(32)).publicKey;
  return { id: deviceIdOf(cryptography, signingKey), signingKey, agreementKey };
}

/** The id of the device with this public signing key: the first 100 bits of its SHA-256. */
export function deviceIdOf(cryptography: Cryptography, signingKey: Uint8Array): DeviceId {
  return deviceIdSchema.parse(encodeBase32(cryptography.hash(signingKey)).slice(0, 20));
}

function lockedFailure(protection: KeyProtection | undefined): ExpectedFailure {
  return protection === "key_store"
    ? new ExpectedFailure(
        "locked",
        "Nothing was written: this device's keys lie in the operating system's key store, which only the installed Guildhall app can open. Write in its window, or set a passphrase in its settings, which opens them everywhere.",
      )
    : new ExpectedFailure(
        "locked",
        "This device's keys are locked, so nothing can be written. Unlock them with the passphrase first.",
      );
}
