/** The table of contents: where one is in the text, and the way to the other places. */
import { type MouseEvent, type ReactElement, useEffect, useState } from "react";
import type { SafeTree } from "#shared/markdown/safe-tree.ts";
import { PanelTitle } from "./panel.tsx";
import type { Parts } from "./parts.ts";
import styles from "./contents.module.css";

type ContentsProps = {
  readonly tree: SafeTree;
  readonly parts: Parts;
  /** The anchor to go to when the page opens. */
  readonly heading: string | undefined;
};

type Entry = { readonly id: string; readonly label: string; readonly level: number };

/** A landmark with a link to each heading; only worth its room from two headings on. */
export function Contents({ tree, parts, heading }: ContentsProps): ReactElement | null {
  const entries = entriesOf(tree, parts);
  const active = useHeadingInSight(entries);
  useArrival(heading);
  if (entries.length < 2) return null;
  return (
    <nav className={styles.contents} aria-label="On this page">
      <PanelTitle>On this page</PanelTitle>
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} data-level={entry.level}>
            <a
              href={`#${entry.id}`}
              aria-current={entry.id === active ? "location" : undefined}
              onClick={(event) => goTo(event, entry.id)}
            >
              <bdi>{entry.label}</bdi>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Beyond this many a table of contents is no help, and following it while scrolling is dear. */
const mostEntries = 120;

function entriesOf(tree: SafeTree, parts: Parts): readonly Entry[] {
  const fine = entriesTo(3, tree, parts);
  return (fine.length > mostEntries ? entriesTo(2, tree, parts) : fine).slice(0, mostEntries);
}

function entriesTo(deepest: number, tree: SafeTree, parts: Parts): readonly Entry[] {
  const fromParts = (part: { id: string; label: string }) => ({ ...part, level: 2 });
  return [
    ...parts.before.map(fromParts),
    ...tree.headings
      .filter((heading) => heading.level <= deepest)
      .map(({ id, text, level }) => ({ id, label: text, level })),
    ...parts.after.map(fromParts),
  ];
}

function goTo(event: MouseEvent, id: string): void {
  event.preventDefault();
  reach(id);
}

/** How long a place may take to come to the page, in milliseconds. */
const patience = 10_000;
let waiting = new AbortController();

/**
 * A long text is put on the page bit by bit: the place may take a moment to exist. Whoever moves on
 * by themselves meanwhile is not pulled away.
 */
function reach(id: string): void {
  waiting.abort();
  waiting = new AbortController();
  const { signal } = waiting;
  const until = performance.now() + patience;
  const giveUp = () => waiting.abort();
  const once = { signal, once: true, capture: true, passive: true } as const;
  for (const move of ["wheel", "keydown", "pointerdown"])
    document.addEventListener(move, giveUp, once);
  const look = () => {
    if (signal.aborted) return;
    const target = document.getElementById(id);
    if (target === null && performance.now() < until) requestAnimationFrame(look);
    else giveUp();
    if (target !== null) arriveAt(target);
  };
  look();
}

function arriveAt(target: HTMLElement): void {
  target.scrollIntoView({ block: "start" });
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

function useArrival(heading: string | undefined): void {
  useEffect(() => {
    if (heading !== undefined) reach(`md-${heading}`);
  }, [heading]);
}

/** The last heading above the upper third of the window. */
function useHeadingInSight(entries: readonly Entry[]): string | undefined {
  const [active, setActive] = useState<string | undefined>(entries[0]?.id);
  const ids = entries.map((entry) => entry.id).join("\n");
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const line = window.innerHeight / 3;
      const passed = ids.split("\n").filter((id) => {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        return top !== undefined && top < line;
      });
      setActive(passed.at(-1) ?? ids.split("\n")[0]);
    };
    const later = () => {
      frame ||= requestAnimationFrame(look);
    };
    // Scrolling does not bubble: the page may scroll inside the frame.
    document.addEventListener("scroll", later, { capture: true, passive: true });
    return () => {
      document.removeEventListener("scroll", later, { capture: true });
      cancelAnimationFrame(frame);
    };
  }, [ids]);
  return active;
}
