/** Starting a shared workspace: an empty folder, what will be in it, and who will be able to read it. */
import { type ReactElement, type SubmitEvent, useState } from "react";
import { type Output, useAsk, useTell } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { BackLink } from "#renderer/platform/back-link.tsx";
import { fileSize } from "#renderer/ui/file-size.ts";
import { Bullets } from "#renderer/ui/bullets.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Explanation } from "#renderer/ui/explanation.tsx";
import { Notice } from "#renderer/ui/notice.tsx";
import { Page, PageHeader } from "#renderer/ui/page.tsx";
import { Skeleton } from "#renderer/ui/skeleton.tsx";
import { ChooseFolder, type Look, type Said, useFolderChoice } from "./choose-folder.tsx";
import { NoDialog } from "./no-dialog.tsx";
import { setSheet } from "./recovery-store.ts";
import styles from "./share.module.css";

/** The form. Founding shows the recovery sheet next. */
export function StartSharing(): ReactElement {
  const state = useAsk("workspace", "state", {});
  const about = useAsk("health", "about", {});
  const create = useTell("sharing", "create");
  const choice = useFolderChoice("found");
  const [tried, setTried] = useState(false);
  const ready = choice.selection !== null && choice.look?.kind === "empty";
  const name = state.data?.name ?? "";

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setTried(true);
    if (!ready || choice.selection === null) return;
    // Awaited, not left to the screen: the sheet is given once, and must not be missed.
    void create
      .mutateAsync({ selection: choice.selection.id })
      .then((made) => setSheet({ ...made, name, at: new Date().toISOString() }))
      .catch(() => undefined);
  }

  return (
    <Page title="Share this workspace" width="reading">
      <PageHeader
        title="Share this workspace"
        eyebrow={<BackLink to={{ screen: "share" }}>Sharing</BackLink>}
      />
      <form className={styles.form} onSubmit={submit} noValidate>
        <Explanation>
          Guildhall shares through a plain folder that your company already has: a network drive, or
          a folder that OneDrive, Dropbox, Google Drive, Nextcloud or Syncthing keeps in step. It
          needs no server, and a lost connection loses nothing.
        </Explanation>
        {host.kind === "browser" ? (
          <NoDialog command="share create FOLDER" />
        ) : (
          <ChooseFolder
            choice={choice}
            help="An empty folder of its own, which every colleague who is to take part can open and write to. You can make one in the dialog."
            said={saidOfStart}
            error={tried && !ready ? "Choose an empty folder first." : null}
          />
        )}
        <WhatWillBeThere about={about.data} />
        {host.kind === "electron" && (
          <>
            {create.error !== null && (
              <Notice tone="bad" live title="Nothing was shared">
                {create.error.message}
              </Notice>
            )}
            <Button variant="primary" type="submit" busy={create.isPending}>
              {create.isPending ? "Sharing" : "Share it"}
            </Button>
          </>
        )}
      </form>
    </Page>
  );
}

/** Roughly what one change takes in the folder, in bytes, once it has been packed; and loose at first. */
const bytesAChange = 350;

function WhatWillBeThere({ about }: { readonly about: Output<"health", "about"> | undefined }) {
  return (
    <section className={styles.step} aria-label="What will be in the folder">
      <h2 className={styles.label}>What will be in the folder</h2>
      {about === undefined ? (
        <Skeleton lines={3} />
      ) : (
        <Bullets>
          <li>
            {about.records.toLocaleString()} {about.records === 1 ? "record" : "records"} with their
            whole history: {about.changes.toLocaleString()} signed changes in a few files, at most
            about {fileSize(about.changes * bytesAChange)}.
          </li>
          <li>
            {about.attachmentBytes === 0
              ? "No attachments yet; what is attached later goes there, too."
              : `The attachments, ${fileSize(about.attachmentBytes)}.`}
          </li>
          <li>The file LIBRARY.json, which says in plain words what the folder is.</li>
        </Bullets>
      )}
      <Explanation>
        Everybody who can open the folder can read all of it, members or not: give access to
        colleagues only. What counts is what admitted members sign. Drafts, settings and keys stay
        on this computer.
      </Explanation>
    </section>
  );
}

function saidOfStart(look: Look): Said {
  switch (look.kind) {
    case "empty":
      return {
        ok: true,
        title: "The folder is empty and can be written to",
        sentence: "Sharing starts when you press the button below.",
      };
    case "library":
      return {
        ok: false,
        title: `The workspace “${look.name ?? ""}” is shared in this folder already`,
        sentence:
          "Nothing is changed there. To take part, join it with an invitation's code; to share your own workspace, choose an empty folder.",
      };
    case "other_files":
      return {
        ok: false,
        title: "There are other files in this folder",
        sentence: `${look.entries === 1 ? "One entry lies" : `${look.entries.toLocaleString()} entries lie`} there. A shared workspace needs a folder of its own, so that nobody takes one for the other: choose an empty one, or make a new one inside it.`,
      };
    case "not_writable":
      return {
        ok: false,
        title: "The folder can only be read",
        sentence:
          "Nothing can be shared through it. Ask whoever keeps it for permission to write, or choose another one.",
      };
  }
}
