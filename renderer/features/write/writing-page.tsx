/** The page on which a record is written: title, text, and every field in its form. */
import { skipToken, useQuery } from "@tanstack/react-query";
import { ArrowLeft, Ellipsis, Save, Undo2 } from "lucide-react";
import { type ReactElement, useState } from "react";
import { client } from "#renderer/platform/api.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { RouteLink } from "#renderer/platform/navigation.tsx";
import { Button, buttonClass } from "#renderer/ui/button.tsx";
import { IconButton } from "#renderer/ui/icon-button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { Page } from "#renderer/ui/page.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import { recordTypeOf } from "#shared/domain/record-types.ts";
import type { Route } from "#shared/navigation/route.ts";
import { titleOf } from "./content.ts";
import { KeptState } from "./kept-state.tsx";
import type { Opening } from "./opening.ts";
import { QuickCapture, startsQuickly } from "./quick-capture.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { SimilarRecords } from "./similar-records.tsx";
import { TitleInput } from "./title-input.tsx";
import { usePublishing } from "./use-publishing.ts";
import { useWriting } from "./use-writing.ts";
import { WritingForm } from "./writing-form.tsx";
import { WritingNotices } from "./writing-notices.tsx";
import styles from "./write.module.css";

/** The page. What it opened stays its starting point, whatever happens elsewhere meanwhile. */
export function WritingPage(props: { readonly opening: Opening }): ReactElement {
  const [opening] = useState(props.opening);
  const writing = useWriting(opening);
  const publishing = usePublishing(opening, writing);
  const [saving, setSaving] = useState(false);
  const [quick, setQuick] = useState(startsQuickly(opening));
  const latest = useLatest(opening);
  useCommands([
    {
      id: "write.save",
      title: "Save as a revision",
      group: "This page",
      keys: "Mod+S",
      run: () => setSaving(true),
    },
  ]);
  const label = recordTypeOf(opening.type)?.label ?? opening.type;
  const plural = recordTypeOf(opening.type)?.plural ?? "the list";
  const title = titleOf(opening.type, writing.content);
  const name = opening.record === undefined ? `New ${label.toLowerCase()}` : `Editing ${title}`;
  return (
    <Page title={name} width="wide">
      <header className={styles.bar}>
        <RouteLink to={backFrom(opening)} className={buttonClass("quiet", "small")}>
          <ArrowLeft aria-hidden="true" className={styles.backIcon} />
          {opening.record === undefined ? `Back to ${plural.toLowerCase()}` : "Back to reading"}
        </RouteLink>
        <KeptState state={writing.kept} onRetry={() => void writing.keeper.flush()} />
        <Button variant="primary" icon={Save} onClick={() => setSaving(true)}>
          Save…
        </Button>
        <Menu
          trigger={<IconButton icon={Ellipsis} label="More actions" />}
          items={[
            {
              label: "Discard the draft",
              icon: Undo2,
              danger: true,
              onSelect: () => void publishing.discard(),
            },
          ]}
        />
      </header>
      <h1 className="visually-hidden" tabIndex={-1} data-page-title>
        {name}
      </h1>
      <WritingNotices
        opening={opening}
        latest={latest}
        elsewhere={writing.elsewhere}
        onDiscard={() => void publishing.discard()}
      />
      <TitleInput opening={opening} writing={writing} problem={publishing.problems} />
      <SimilarRecords
        type={opening.type}
        title={title}
        startTitle={titleOf(opening.type, opening.base)}
        except={opening.record?.id}
      />
      {quick ? (
        <QuickCapture opening={opening} writing={writing} onMore={() => setQuick(false)} />
      ) : (
        <WritingForm opening={opening} writing={writing} problems={publishing.problems} />
      )}
      <SaveDialog
        open={saving}
        onClose={() => setSaving(false)}
        opening={opening}
        writing={writing}
        publishing={publishing}
      />
    </Page>
  );
}

function backFrom({ record, type }: Opening): Route {
  return record === undefined ? { screen: "list", type } : { screen: "record", id: record.id };
}

/** The record as it is now, while one writes; undefined for a new one. */
function useLatest(opening: Opening): RecordView | undefined {
  const id = opening.record?.id;
  const current = useQuery({
    queryKey: ["records", "get", { id }],
    queryFn: id === undefined ? skipToken : () => client.records.get({ id }),
  });
  return current.data;
}
