/* The search field of a page and what it finds; the index is fetched when the field is entered. */
(function () {
  "use strict";

  const root = document.documentElement.dataset.root ?? "";
  const { dayText, tellTrust } = globalThis.handbookPage;

  /* Files of the index: scripts that hand over their part by this one function. */
  const parts = new Map();

  globalThis.handbookPart = function (name, value) {
    parts.get(name)?.resolve(value);
  };

  function runScript(path) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + path;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(`${path} could not be loaded.`)));
      document.head.append(script);
    });
  }

  function load(name) {
    const known = parts.get(name);
    if (known !== undefined) return known.promise;
    const part = {};
    part.promise = new Promise((resolve, reject) => {
      part.resolve = resolve;
      part.reject = reject;
    });
    parts.set(name, part);
    runScript(`search/${name}.js`).catch((error) => {
      parts.delete(name);
      part.reject(error);
    });
    return part.promise;
  }

  /* The search. */
  const together = 20;
  let engine;

  function openSearch() {
    engine ??= Promise.all([
      runScript("assets/lunr.min.js"),
      runScript("assets/search.js"),
      load("pages"),
    ]).then(
      () => globalThis.handbookSearch.createSearch(globalThis.lunr, load),
      (error) => {
        engine = undefined;
        throw error;
      },
    );
    return engine;
  }

  function offerSearch() {
    const form = document.querySelector("form.find");
    const input = document.getElementById("find");
    const found = document.getElementById("found");
    const main = document.getElementById("main");
    if (form === null || input === null || found === null || main === null) return;
    const status = element("p", { className: "unseen", role: "status" });
    const list = element("ol", { className: "hits" });
    const heading = element("h1", { textContent: "Search" });
    const said = element("p", { className: "meta" });
    const more = element("button", { type: "button", className: "more", textContent: "Show more" });
    found.append(heading, said, list, more);
    form.append(status);
    let asked = 0;
    let hits = [];
    let shown = 0;

    function showResults(shown) {
      found.hidden = !shown;
      main.hidden = shown;
      const skip = document.querySelector("a.skip");
      if (skip !== null) skip.hash = shown ? "found" : "main";
    }

    function close() {
      asked += 1;
      showResults(false);
      status.textContent = "";
    }

    /** A reader who comes back to the page finds what was asked for. */
    function remember() {
      history.replaceState({ ...history.state, query: input.value }, "");
    }

    async function ask() {
      const text = input.value;
      if (text.trim() === "") {
        close();
        return;
      }
      asked += 1;
      const turn = asked;
      try {
        const search = await openSearch();
        if (turn !== asked) return;
        const answer = await search.search(text);
        if (turn === asked) await show(text, answer, search);
      } catch (error) {
        if (turn !== asked) return;
        showResults(true);
        list.replaceChildren();
        more.hidden = true;
        said.textContent =
          "The search could not load its index. If the handbook was copied, copy the whole folder; the lists work without it.";
        throw error;
      }
    }

    async function show(text, answer, search) {
      hits = answer.hits;
      shown = 0;
      list.replaceChildren();
      showResults(true);
      const counted =
        hits.length === 0
          ? "No page has these words. Try fewer or other ones."
          : `${hits.length.toLocaleString("en")} ${hits.length === 1 ? "page" : "pages"}`;
      said.replaceChildren(counted);
      if (answer.corrected !== null) {
        said.append(" · results for ", element("strong", { textContent: answer.corrected }));
      }
      status.textContent = said.textContent;
      found.dataset.for = text;
      await grow(search);
    }

    async function grow(search) {
      const pages = await load("pages");
      const next = hits.slice(shown, shown + together);
      shown += next.length;
      for (const hit of next) list.append(hitElement(hit, pages, search));
      more.hidden = shown >= hits.length;
      tellTrust(list);
    }

    function move(event, step) {
      const links = [...list.querySelectorAll("a")];
      const next = links.indexOf(document.activeElement) + step;
      if (links.length === 0) return;
      event.preventDefault();
      if (next < 0) input.focus();
      else links[Math.min(next, links.length - 1)].focus();
    }

    // Whoever enters the field is about to type. What cannot be loaded is told at the first letter.
    input.addEventListener("focus", () => void openSearch().catch(() => undefined));
    input.addEventListener("input", () => {
      remember();
      void ask();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void ask();
    });
    more.addEventListener("click", async () => {
      const first = shown;
      await grow(await openSearch());
      list.children[first]?.querySelector("a")?.focus();
    });
    for (const area of [form, found]) {
      area.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") move(event, 1);
        else if (event.key === "ArrowUp" && document.activeElement !== input) move(event, -1);
        else if (event.key === "Escape" && input.value !== "") {
          event.preventDefault();
          input.value = "";
          remember();
          close();
          input.focus();
        }
      });
    }
    form.hidden = false;
    input.value = history.state?.query ?? "";
    if (input.value !== "") void ask();
  }

  function hitElement({ page, terms }, pages, search) {
    const item = element("li", {});
    const link = element("a", { href: root + pages.paths[page], dir: "auto" });
    link.append(...marked(pages.titles[page], terms, search));
    const opening = element("p", { className: "opening", dir: "auto" });
    opening.append("\u00a0");
    const meta = element("p", { className: "meta" });
    const department = pages.departmentNames[pages.departments[page]];
    const kind = pages.paths[page].startsWith("lessons/") ? "Lesson" : "Playbook";
    meta.append(department === undefined ? `${kind} · ` : `${kind} · ${department} · `);
    meta.append(trustMark(pages.trust[page]));
    item.append(link, opening, meta);
    const chunk = globalThis.handbookSearch.chunkOfOpenings;
    load(`openings-${String(Math.floor(page / chunk))}`).then(
      (openings) => opening.replaceChildren(...marked(openings[page % chunk], terms, search)),
      () => opening.replaceChildren(),
    );
    return item;
  }

  /** "" is not verified, "!" rejected, "-" verified without an end; else until when it holds. */
  function trustMark(trust) {
    const mark = element("span", { className: "trust" });
    if (trust === "") mark.dataset.trust = "unverified";
    else mark.dataset.trust = trust === "!" ? "rejected" : "verified";
    if (trust.length > 1) mark.dataset.until = trust;
    if (trust === "") mark.textContent = "Not verified";
    else if (trust === "!") mark.textContent = "Rejected";
    else mark.textContent = trust === "-" ? "Verified" : `Verified until ${dayText(trust)}`;
    return mark;
  }

  /** A text with the words that were found in marks. */
  function marked(text, terms, search) {
    const found = new Set(terms);
    return (text ?? "").split(/([\p{L}\p{N}\p{M}'’]+)/gu).map((piece, at) => {
      const hit =
        at % 2 === 1 &&
        globalThis.handbookWords.foldedWords(piece).some((word) => found.has(search.termOf(word)));
      return hit ? element("mark", { textContent: piece }) : piece;
    });
  }

  function element(name, properties) {
    return Object.assign(document.createElement(name), properties);
  }

  document.addEventListener("DOMContentLoaded", offerSearch);
})();
