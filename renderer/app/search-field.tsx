/** The search field of the top bar: the first letter typed leads to the search screen. */
import { Search } from "lucide-react";
import { type ReactElement, useRef, useState } from "react";
import { askEarly } from "#renderer/features/find/search-question.ts";
import { useCommands } from "#renderer/platform/commands.ts";
import { navigate, useRouteValue } from "#renderer/platform/navigation.tsx";
import { Kbd } from "#renderer/ui/kbd.tsx";
import styles from "./search-field.module.css";

/**
 * Stands on every screen but the search screen, which has its own field. It stays until that field
 * takes the focus over, so that no letter is lost on the way.
 */
export function SearchField(): ReactElement | null {
  const field = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const searching = useRouteValue(({ screen }) => screen === "search");
  const text = useRouteValue((route) => (focused && route.screen === "search" ? route.query : ""));

  function search(text: string): void {
    if (text === "" && !searching) return;
    askEarly(text);
    navigate({ screen: "search", query: text }, { replace: searching });
  }
  function focus(): void {
    const own = document.querySelector<HTMLInputElement>("#main input[type=search]");
    (own ?? field.current)?.focus();
    (own ?? field.current)?.select();
  }
  useCommands([
    { id: "search.focus", title: "Search", group: "Go to", keys: "/", run: focus },
    {
      id: "search.everywhere",
      title: "Search from anywhere",
      group: "Go to",
      keys: "Mod+Shift+F",
      keysOnly: true,
      run: focus,
    },
  ]);
  if (searching && !focused) return null;
  return (
    <search className={styles.search}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        dir="auto"
        className={styles.input}
        aria-label="Search"
        placeholder="Search playbooks, lessons, people"
        value={text}
        onChange={(event) => search(event.target.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          if (event.key === "Enter")
            navigate({ screen: "search", query: event.currentTarget.value });
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <span className={styles.hint} aria-hidden="true">
        <Kbd keys="/" />
      </span>
    </search>
  );
}
