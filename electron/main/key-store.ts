/** The operating system's key store through Electron, lent to the engine, which has none itself. */
import type { SafeStorage } from "electron";

type KeyStore = {
  readonly wrap: (secret: Uint8Array) => Uint8Array;
  readonly unwrap: (wrapped: Uint8Array) => Uint8Array;
};

/**
 * Null where there is no real one: on Linux without a secret service Electron would "encrypt" with
 * a password that is in its source code, which protects nothing. To be called when the app is ready.
 */
export function openKeyStore(
  safeStorage: Pick<
    SafeStorage,
    "isEncryptionAvailable" | "encryptString" | "decryptString" | "getSelectedStorageBackend"
  >,
  platform: NodeJS.Platform,
): KeyStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (platform === "linux") {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === "basic_text" || backend === "unknown") return null;
  }
  return {
    wrap: (secret) => safeStorage.encryptString(Buffer.from(secret).toString("base64")),
    unwrap: (wrapped) => Buffer.from(safeStorage.decryptString(Buffer.from(wrapped)), "base64"),
  };
}
