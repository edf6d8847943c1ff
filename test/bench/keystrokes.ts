/**
 * From a key to the painted results of what then stands in the search field, in a real Chromium over
 * loopback. A sample begins with the `keydown` event's own time, which is when the browser received
 * the key, and ends in the task after the first animation frame that shows the answer to exactly this
 * text: what waits in queues counts. Typing goes on whether the answer has come or not.
 */
import type { Page } from "@playwright/test";
import { goTo } from "#test/support/go-to.ts";
import { launchChromium } from "#test/support/launch-chromium.ts";
import { corpus } from "./handbook.ts";
import { spread } from "./measure.ts";
import type { Row } from "./row.ts";

/** Milliseconds between two keys: about a hundred words a minute, which few people type. */
const between = 120;

type Sample = { readonly text: string; readonly ms: number };

/** Types whole queries letter by letter in the workspace, after one that fills the caches. */
export async function measureKeystrokes(profile: string): Promise<readonly Row[]> {
  const { page, close } = await launchChromium({ profile });
  try {
    await page.getByRole("heading", { level: 1 }).waitFor();
    await goTo(page, "/search");
    await page.evaluate(watchAnswers);
    await typeQuery(page, "warm up");
    const samples: Sample[] = [];
    for (const query of queries()) samples.push(...(await typeQuery(page, query)));
    const first = samples.filter(({ text }) => text.length === 1);
    const times = samples.map(({ ms }) => ms);
    return [
      ...spread(`key to painted results, ${times.length} keys`, times, { atMost: 50 }),
      ...spread(
        `key to painted results, first letters alone`,
        first.map(({ ms }) => ms),
      ),
    ];
  } finally {
    await close();
  }
}

/** Common and rare words, several words, a phrase, a filter, a word that nowhere stands. */
function queries(): readonly string[] {
  const word = (rank: number) => corpus.words[rank] ?? "";
  return [
    word(3),
    word(900),
    word(20_000),
    `${word(12)} ${word(300)}`,
    `${word(5)} ${word(40)} ${word(700)}`,
    `"${word(1)} ${word(2)}"`,
    `tag:tag-1 ${word(60)}`,
    `${word(80)} -${word(4)}`,
    "qwertz",
  ];
}

async function typeQuery(page: Page, query: string): Promise<readonly Sample[]> {
  const field = page.getByRole("combobox", { name: "Search everything" });
  await field.fill("");
  await page.evaluate(() => {
    window.guildhallSamples.length = 0;
  });
  // No hand empties a field and types on at once.
  await page.waitForTimeout(between);
  await field.pressSequentially(query, { delay: between });
  await page.waitForFunction((keys) => window.guildhallSamples.length >= keys, query.length);
  return page.evaluate(() => [...window.guildhallSamples]);
}

declare global {
  interface Window {
    guildhallSamples: { readonly text: string; readonly ms: number }[];
  }
}

/** Runs in the page. A key whose answer never showed, because the next one overtook it, ends with that one. */
function watchAnswers(): void {
  window.guildhallSamples = [];
  let open: { readonly text: string; readonly begin: number }[] = [];
  const answered = () => document.querySelector<HTMLElement>("[data-answers]")?.dataset["answers"];
  const look = () => {
    const place = open.findIndex(({ text }) => text.trim() === answered()?.trim());
    if (place === -1) return;
    const shown = open.slice(0, place + 1);
    open = open.slice(place + 1);
    requestAnimationFrame(() => {
      // The task after the frame runs when it has been painted.
      setTimeout(() => {
        const now = performance.now();
        for (const { text, begin } of shown)
          window.guildhallSamples.push({ text, ms: now - begin });
      });
    });
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-answers"],
  });
  let pressed = 0;
  document.addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), { capture: true });
  document.addEventListener(
    "input",
    (event) => {
      if (!(event.target instanceof HTMLInputElement) || event.target.value === "") return;
      // Its own time is when the page came to it.
      open.push({ text: event.target.value, begin: pressed });
    },
    { capture: true },
  );
}
