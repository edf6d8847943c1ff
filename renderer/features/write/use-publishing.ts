/** Making a revision of what was written, or throwing the draft away; both can be undone. */
import { useState } from "react";
import { client } from "#renderer/platform/api.ts";
import { navigate } from "#renderer/platform/navigation.tsx";
import { showDone } from "#renderer/platform/undo.ts";
import { showFailure, showToast } from "#renderer/ui/toast.tsx";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import { RpcFault } from "#shared/rpc/wire.ts";
import { changedFields, type Fields, titleFieldOf, titleOf } from "./content.ts";
import type { Opening } from "./opening.ts";
import type { Writing } from "./use-writing.ts";

export type Publishing = {
  /**
   * Saves a revision and goes to the reading page. `refused`: a field has to be mended first;
   * `failed`: nothing wrong with the writing, it can be tried again.
   */
  readonly publish: (note: string) => Promise<"saved" | "refused" | "failed">;
  readonly discard: () => Promise<void>;
  readonly busy: boolean;
  /** Why the last attempt failed; null when it did not. */
  readonly failure: string | null;
  /** What was said about single fields. */
  readonly problems: ReadonlyMap<string, string>;
};

type Attempt = Pick<Publishing, "busy" | "failure" | "problems">;
const untried: Attempt = { busy: false, failure: null, problems: new Map() };

/** Publishes and discards one piece of writing. */
export function usePublishing(opening: Opening, writing: Writing): Publishing {
  const [attempt, setAttempt] = useState(untried);
  const { keeper } = writing;

  async function publish(note: string): Promise<"saved" | "refused" | "failed"> {
    // Enter pressed twice is one wish.
    if (attempt.busy) return "failed";
    const field = titleFieldOf(opening.type);
    if (titleOf(opening.type, writing.content).trim() === "") {
      const problem = "It needs a name by which people find it.";
      setAttempt({ busy: false, failure: problem, problems: new Map([[field, problem]]) });
      return "refused";
    }
    setAttempt({ ...untried, busy: true });
    await keeper.stop();
    try {
      const { id, revision, action } = await write(opening, writing, note);
      await writing.place.discard();
      showDone(sentence(opening, revision, action !== null), action);
      navigate({ screen: "record", id }, { replace: true });
      return "saved";
    } catch (error) {
      keeper.resume();
      keeper.change(writing.content);
      const problems = problemsIn(error);
      const failure = error instanceof Error ? error.message : String(error);
      setAttempt({ busy: false, failure, problems });
      return problems.size > 0 ? "refused" : "failed";
    }
  }

  async function discard(): Promise<void> {
    try {
      await keeper.stop();
      const draft = await writing.place.discard();
      const bringBack = async () => {
        if (draft === null) return;
        const { title: _title, savedAt: _savedAt, ...content } = draft;
        await client.drafts.save(content);
        showToast({ message: "The draft is back among your drafts." });
      };
      showToast({
        message: "The draft is discarded.",
        ...(draft === null
          ? {}
          : { action: { label: "Undo", onPress: () => void bringBack().catch(showFailure) } }),
      });
      const { record, type } = opening;
      navigate(
        record === undefined ? { screen: "list", type } : { screen: "record", id: record.id },
      );
    } catch (error) {
      keeper.resume();
      showFailure(error);
    }
  }

  return { ...attempt, publish, discard };
}

async function write({ record, type, base }: Opening, { content }: Writing, note: string) {
  const fields = changedFields(record === undefined ? {} : base.fields, content.fields);
  const noted = note.trim() === "" ? {} : { note: note.trim() };
  if (record === undefined) {
    return client.records.create({ type, fields, body: content.body, ...noted });
  }
  // Whoever saves a text that a machine merged has read it: given as it is, it is theirs from now on.
  const read = record.mergedFrom.length > 0;
  const texts = read ? textsOf(type, content.fields) : {};
  const body = content.body === base.body && !read ? {} : { body: content.body };
  const edit = { id: record.id, base: record.version, fields: { ...texts, ...fields } };
  return client.records.edit({ ...edit, ...body, ...noted });
}

/** The texts beside the body. */
function textsOf(type: string, fields: Fields): Fields {
  const declared = recordTypeOf(type)?.fields ?? {};
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => declared[name]?.kind === "markdown"),
  );
}

function sentence({ record }: Opening, revision: number, wrote: boolean): string {
  if (record === undefined) return "Saved.";
  return wrote ? `Saved as revision ${revision.toString()}.` : "Nothing had changed.";
}

/** The engine names the field a failure is about, or several with a sentence each. */
function problemsIn(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof RpcFault)) return new Map();
  const { field, fields } = error.fault.details ?? {};
  if (typeof field === "string") return new Map([[field, error.message]]);
  if (typeof fields !== "object" || fields === null) return new Map();
  return new Map(
    Object.entries(fields).flatMap(([name, said]): [string, string][] =>
      typeof said === "string" ? [[name, said]] : [],
    ),
  );
}
