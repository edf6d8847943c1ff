/*
 * What a page of the handbook does beyond being read: the theme, copying a prompt, and what has
 * expired since the page was written. An export joins it with find.js into assets/handbook.js. Every
 * page can be read without it.
 */
(function () {
  "use strict";

  const html = document.documentElement;
  const themeKey = "guildhall-handbook-theme";

  html.dataset.script = "";

  /* The theme, before anything is painted. */
  function readTheme() {
    try {
      return localStorage.getItem(themeKey);
    } catch {
      // A browser that keeps nothing for pages from a disk follows the system.
      return null;
    }
  }

  function keepTheme(theme) {
    try {
      localStorage.setItem(themeKey, theme);
    } catch {
      // Then it holds for this page only.
    }
  }

  const kept = readTheme();
  if (kept === "light" || kept === "dark") html.dataset.theme = kept;

  function isDark() {
    const chosen = html.dataset.theme;
    return chosen === undefined
      ? matchMedia("(prefers-color-scheme: dark)").matches
      : chosen === "dark";
  }

  function offerThemes() {
    const button = document.querySelector("button.theme");
    if (button === null) return;
    const name = () => {
      button.textContent = isDark() ? "Light" : "Dark";
      button.setAttribute("aria-label", `${isDark() ? "Light" : "Dark"} theme`);
    };
    button.addEventListener("click", () => {
      html.dataset.theme = isDark() ? "light" : "dark";
      keepTheme(html.dataset.theme);
      name();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
    name();
    button.hidden = false;
  }

  /* What the dates say today. */
  const noticeDays = 14;
  const day = 86_400_000;

  function dayText(iso) {
    return new Date(iso).toLocaleDateString("en-GB", {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    });
  }

  function tellTrust(container) {
    for (const mark of container.querySelectorAll(".trust[data-until]")) {
      const left = Date.parse(mark.dataset.until) + day - Date.now();
      if (left > noticeDays * day) continue;
      const expired = left <= 0;
      mark.dataset.trust = expired ? "expired" : "due";
      const words = expired
        ? `Expired on ${dayText(mark.dataset.until)}`
        : `Due for a check by ${dayText(mark.dataset.until)}`;
      const strong = mark.querySelector("strong");
      if (strong === null) mark.textContent = words;
      else strong.textContent = words;
    }
  }

  /* Prompts. */
  function offerCopies() {
    for (const button of document.querySelectorAll("button.copy")) {
      const text = document.getElementById(button.dataset.copy)?.textContent ?? "";
      const label = button.textContent;
      button.addEventListener("click", async () => {
        const copied = await copy(text, button.dataset.copy);
        button.textContent = copied ? "Copied" : "Selected: copy it with the keyboard";
        setTimeout(() => {
          button.textContent = label;
        }, 2500);
      });
      button.setAttribute("aria-live", "polite");
      button.hidden = false;
    }
  }

  async function copy(text, id) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // A page that may not write to the clipboard selects the text for the reader.
      getSelection().selectAllChildren(document.getElementById(id));
      return false;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    offerThemes();
    offerCopies();
    tellTrust(document);
  });

  globalThis.handbookPage = { dayText, tellTrust };
})();
