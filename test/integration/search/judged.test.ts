/** Sixty questions that people would ask of the sample workspace, judged by what its pages are about. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mean, ndcg } from "#test/search-bench/measures.ts";
import { misspell } from "#test/search-bench/misspell.ts";
import { createTestEngine, type TestEngine } from "#test/support/test-engine.ts";

/** A question and the titles that answer it, the best first; parts of titles will do. */
const judged: readonly (readonly [question: string, ...titles: readonly string[]])[] = [
  ["draft customer reply", "Draft a reply to a customer"],
  ["invented policy", "The assistant invented a returns policy"],
  ["returns policy", "The assistant invented a returns policy", "Find the cause of returns"],
  ["refund hidden line", "A hidden line in an email tried to redirect refunds"],
  [
    "prompt injection",
    "Prompt injection awareness",
    "Handle a mail that tries to instruct",
    "A hidden line in an email",
  ],
  ["mail instructs assistant", "Handle a mail that tries to instruct our assistant"],
  ["leave and benefits", "Answer questions about leave and benefits"],
  ["invoice dispute", "Answer an invoice dispute"],
  ["extract invoice fields", "Extract invoice fields into the ledger", "Two weeks of extraction"],
  ["invoice total wrong", "An invoice total that added up to the wrong thing"],
  ["new tool approval", "Approve a new AI tool"],
  ["angry customer complaint", "Calm a complaint"],
  ["calming complaints", "Calm a complaint"],
  ["forecast spring", "Forecast the spring rush", "The forecast was right until the frost"],
  ["frost", "The forecast was right until the frost"],
  ["hand over chat to a human", "Hand a chat over to a person", "Designing a handoff"],
  ["chatbot loop", "The chatbot kept a customer in a loop"],
  ["nineteen minutes", "The chatbot kept a customer in a loop"],
  ["tone of voice", "Keep our tone of voice in every draft"],
  ["customer visit preparation", "Prepare a customer visit in twenty minutes"],
  ["interview questions", "Prepare interview questions, never a ranking"],
  ["tender questionnaire", "Reply to a tender questionnaire"],
  ["report incident", "Report an AI incident"],
  ["pull request review", "Review a pull request with an assistant", "Reviewing generated code"],
  [
    "sort mail urgency",
    "Sort incoming mail by subject and urgency",
    "The sorter learned our bad habits",
  ],
  ["how does this workspace work", "Start here: how this workspace works"],
  ["summarise ticket", "Summarise a long ticket for a colleague", "The summary dropped the word"],
  [
    "meeting notes",
    "Take meeting notes that end in decisions",
    "Meeting notes recorded a sick leave",
  ],
  ["sick leave recorded", "Meeting notes recorded a sick leave"],
  [
    "translation glossary",
    "Translate product texts with the glossary",
    "A glossary of forty words mended half of our translations",
  ],
  ["what may I put into a prompt", "What may go into a prompt", "Personal data in prompts"],
  ["personal data", "Personal data in prompts"],
  ["job ad bias", "Write a job ad without hidden bias", "The job ad that asked for"],
  ["digital natives", "The job ad that asked for"],
  ["payment reminder", "Write a payment reminder that keeps the customer"],
  [
    "spreadsheet formula",
    "Write and check a spreadsheet formula",
    "The formula that counted hidden rows",
  ],
  ["hidden rows", "The formula that counted hidden rows"],
  [
    "product texts shop",
    "Write product texts for the shop",
    "Translate product texts with the glossary",
  ],
  ["day without ai", "An afternoon without AI"],
  ["are you sure", "Asking “are you sure?” made answers worse"],
  ["broken hinge", "Reading return reasons found the broken hinge"],
  ["clean code", "Clean code, missing requirement"],
  ["missing requirement", "Clean code, missing requirement"],
  ["customer list chatbot", "A customer list in a public chatbot"],
  ["public chatbot", "A customer list in a public chatbot", "Free public chatbots"],
  ["minutes saved a day", "Two weeks of extraction"],
  ["reopened tickets", "Replies got faster and reopened tickets went up"],
  ["mentoring in pairs", "Mentoring in pairs beat the training day"],
  ["personalised offer", "A personalised offer knew too much", "Honest personalisation"],
  ["prompt library", "A prompt library nobody used"],
  ["same sentence", "Customers noticed the same sentence in every mail"],
  ["long cvs", "Screening summaries favoured long CVs"],
  ["bad habits", "The sorter learned our bad habits"],
  ["suppliers agents", "Suppliers have begun to answer our mails with agents"],
  ["beschwerde", "Eine Beschwerde auf Deutsch beantworten"],
  ["anrede", "Die Anrede war freundlich und falsch"],
  ["お詫び", "お詫びメールの下書きをつくる"],
  ["العملاء", "الرد على رسائل العملاء بالعربية"],
  ["voice cloning", "Voice cloning"],
  ["cost of a prompt", "What does one prompt cost us"],
];

let app: TestEngine;
beforeAll(async () => {
  app = await createTestEngine({ start: false });
  await app.client.workspace.start({ name: "Ana", department: "Customer Support", sample: true });
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

async function judge(text: string, titles: readonly string[]): Promise<number> {
  const { hits } = await app.client.search.query({ text: `${text} `, limit: 10 });
  const relevance = new Map(titles.map((title, index) => [title, index === 0 ? 2 : 1]));
  const found = hits.map(({ title }) => titles.find((part) => title.startsWith(part)) ?? title);
  return ndcg(found, relevance);
}

async function meanOf(texts: ReadonlyMap<string, string>): Promise<number> {
  const scores: number[] = [];
  for (const [index, [, ...titles]] of judged.entries()) {
    scores.push(await judge(texts.get(String(index)) ?? "", titles));
  }
  return mean(scores);
}

describe("sixty judged questions", () => {
  const questions = new Map(judged.map(([question], index) => [String(index), question]));

  test("are sixty, and their answers exist", async () => {
    expect(judged.length).toBe(60);
    const { records } = await app.client.records.list({ limit: 500 });
    for (const [, ...titles] of judged) {
      for (const title of titles) {
        expect(
          records.filter((one) => one.title.startsWith(title)),
          title,
        ).toHaveLength(1);
      }
    }
  });

  test("are answered", async () => {
    expect(await meanOf(questions)).toBeGreaterThan(0.93);
  });

  test("are answered with a slip in each", async () => {
    expect(await meanOf(misspell(questions, 11))).toBeGreaterThan(0.91);
  });
});
