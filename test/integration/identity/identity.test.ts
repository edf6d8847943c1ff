import { readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { KeyStore } from "#engine/engine.ts";
import { nodeCryptography } from "#engine/identity/cryptography.ts";
import { createIdentity, deviceIdOf } from "#engine/identity/identity.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { testClock } from "#test/support/test-clock.ts";
import { testLogger } from "#test/support/test-logger.ts";

const message = Buffer.from("a message");

/** A key store that turns bytes around and can be made to refuse. */
function keyStore(): KeyStore & { refuses: boolean } {
  const turn = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ 0x5a);
  const store = {
    refuses: false,
    wrap: async (secret: Uint8Array) => {
      if (store.refuses) throw new Error("no");
      return turn(secret);
    },
    unwrap: async (wrapped: Uint8Array) => {
      if (store.refuses) throw new Error("no");
      return turn(wrapped);
    },
  };
  return store;
}

function open(profile: string, store: KeyStore | null = null) {
  return createIdentity({
    profile,
    cryptography: nodeCryptography,
    keyStore: store,
    randomBytes: testClock(5).randomBytes,
    logger: testLogger(),
    scryptLogN: 10,
  });
}

const secretBytes = Buffer.from(testClock(5).randomBytes(64));

function keyFile(profile: string): string {
  return readFileSync(path.join(profile, "device-keys.json"), "utf8");
}

/** Whether the private half lies in the file as it is. */
function showsSecret(profile: string): boolean {
  return keyFile(profile).includes(secretBytes.toString("base64"));
}

describe("this device's keys", () => {
  test("are absent at first, then made, and the device is named after the public one", async () => {
    using folder = temporaryFolder();
    const identity = await open(folder.path);
    expect(identity.state()).toBe("absent");
    expect(() => identity.sign(message)).toThrow(expect.objectContaining({ code: "locked" }));
    const device = await identity.create();
    expect(identity.state()).toBe("ready");
    expect(device.id).toMatch(/^[0-9a-z]{20}$/u);
    expect(device.id).toBe(deviceIdOf(nodeCryptography, device.signingKey));
    const verify = nodeCryptography.verifier(device.signingKey);
    expect(verify(message, identity.sign(message))).toBe(true);
  });

  test("are the same after a restart", async () => {
    using folder = temporaryFolder();
    const first = await open(folder.path);
    const device = await first.create();
    const second = await open(folder.path);
    expect(second.device()).toEqual(device);
    expect(second.sign(message)).toEqual(first.sign(message));
  });

  test("without a key store lie in a file for the owner alone, and it is said", async () => {
    using folder = temporaryFolder();
    const identity = await open(folder.path);
    await identity.create();
    expect(identity.protection()).toBe("file_permissions");
    expect(statSync(path.join(folder.path, "device-keys.json")).mode & 0o777).toBe(0o600);
    expect(showsSecret(folder.path)).toBe(true);
  });

  test("in the operating system's key store are not in the file, and locked without it", async () => {
    using folder = temporaryFolder();
    const store = keyStore();
    const identity = await open(folder.path, store);
    await identity.create();
    expect(identity.protection()).toBe("key_store");
    expect(showsSecret(folder.path)).toBe(false);
    expect((await open(folder.path, store)).state()).toBe("ready");
    const elsewhere = await open(folder.path, null);
    expect(elsewhere.state()).toBe("locked");
    expect(() => elsewhere.sign(message)).toThrow(/only the installed Guildhall app can open/u);
    store.refuses = true;
    expect((await open(folder.path, store)).state()).toBe("locked");
  });

  test("fall back to what is left when the key store refuses at the first start", async () => {
    using folder = temporaryFolder();
    const store = keyStore();
    store.refuses = true;
    const identity = await open(folder.path, store);
    await identity.create();
    expect(identity.protection()).toBe("file_permissions");
    expect(identity.state()).toBe("ready");
  });

  test("behind a passphrase open with it, in any composition of its accents, and with no other", async () => {
    using folder = temporaryFolder();
    const identity = await open(folder.path);
    const device = await identity.create("caf\u00e9 au lait");
    expect(identity.protection()).toBe("passphrase");
    expect(showsSecret(folder.path)).toBe(false);
    const again = await open(folder.path);
    expect(again.state()).toBe("locked");
    expect(again.device()).toEqual(device);
    await expect(again.unlock("cafe au lait")).rejects.toMatchObject({ code: "wrong_passphrase" });
    expect(again.state()).toBe("locked");
    await again.unlock("cafe\u0301 au lait");
    expect(again.sign(message)).toEqual(identity.sign(message));
  });

  test("get a passphrase later, and another one after that", async () => {
    using folder = temporaryFolder();
    const identity = await open(folder.path, keyStore());
    await identity.create();
    await identity.protect("first passphrase");
    expect(identity.protection()).toBe("passphrase");
    await identity.protect("second passphrase");
    const again = await open(folder.path);
    await expect(again.unlock("first passphrase")).rejects.toMatchObject({
      code: "wrong_passphrase",
    });
    await expect(again.protect("third")).rejects.toMatchObject({ code: "locked" });
    await again.unlock("second passphrase");
    expect(again.state()).toBe("ready");
  });

  test("of another device are not opened by a passphrase that fits", async () => {
    using folder = temporaryFolder();
    const identity = await open(folder.path);
    await identity.create("a passphrase");
    const file = path.join(folder.path, "device-keys.json");
    const stranger = "0".repeat(20);
    writeFileSync(file, keyFile(folder.path).replace(identity.device()!.id, stranger));
    const again = await open(folder.path);
    await expect(again.unlock("a passphrase")).rejects.toMatchObject({ code: "wrong_passphrase" });
  });

  test.each(["", "{", '{"v": 2}', '{"v":1,"device":"x"}'])(
    "that cannot be read (%j) are refused with what to do",
    async (content) => {
      using folder = temporaryFolder();
      writeFileSync(path.join(folder.path, "device-keys.json"), content);
      await expect(open(folder.path)).rejects.toMatchObject({ code: "damaged_keys" });
    },
  );

  test("whose halves do not belong together are refused", async () => {
    using folder = temporaryFolder();
    await (await open(folder.path)).create();
    const file = path.join(folder.path, "device-keys.json");
    const other = Buffer.alloc(64, 9).toString("base64");
    writeFileSync(file, keyFile(folder.path).replace(secretBytes.toString("base64"), other));
    await expect(open(folder.path)).rejects.toMatchObject({ code: "damaged_keys" });
  });
});
