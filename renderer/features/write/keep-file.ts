/** Keeps a pasted or dropped file as an attachment. */
import { client } from "#renderer/platform/api.ts";
import type { Json } from "#shared/domain/json.ts";

/** The largest file that is kept, in bytes. */
const largest = 25 * 1024 * 1024;

export type KeptFile = {
  /** What to write in the text. */
  readonly markdown: string;
  /** The member of the record's `attachments` field. */
  readonly attachment: Json;
};

/** Keeps a file. Fails with a sentence where it is too large or cannot be read. */
export async function keepFile(file: File): Promise<KeptFile> {
  if (file.size > largest) {
    throw new Error(
      `“${file.name}” is larger than 25 MB, and attachments travel to every colleague. Make it smaller, or keep it elsewhere and link to it.`,
    );
  }
  const name = file.name === "" ? "pasted" : file.name;
  const kept = await client.attachments.add({ name, bytes: await base64Of(file) });
  const words = name.replace(/\.[^.]+$/u, "").replaceAll(/[[\]]/gu, "");
  const link = `[${words}](${kept.href})`;
  const { hash, href, bytes, mediaType } = kept;
  return {
    markdown: mediaType.startsWith("image/") ? `!${link}` : link,
    attachment: { hash, name: kept.name, media_type: mediaType, bytes, href },
  };
}

function base64Of(file: File): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const address = typeof reader.result === "string" ? reader.result : "";
    resolve(address.slice(address.indexOf(",") + 1));
  });
  reader.addEventListener("error", () => {
    reject(new Error(`“${file.name}” could not be read. It may have been moved or deleted.`));
  });
  reader.readAsDataURL(file);
  return promise;
}
