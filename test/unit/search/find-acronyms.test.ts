import { describe, expect, test } from "vitest";
import { findAcronyms } from "#engine/search/synonyms/find-acronyms.ts";

describe("an acronym is explained by", () => {
  test.each([
    [
      "Keep customer relationship management (CRM) clean.",
      "CRM",
      "customer relationship management",
    ],
    ["the Office of Personnel Management (OPM) says", "OPM", "office of personnel management"],
    ["a human-in-the-loop review (HITLR)", "HITLR", "human-in-the-loop review"],
    ["Centers of Excellence (CoE)", "CoE", "centers of excellence"],
    ["Large language models (LLMs) guess.", "LLM", "large language models"],
    ["The technology transformation services (TTS)", "TTS", "technology transformation services"],
  ])("%s", (text, short, long) => {
    expect(findAcronyms(text)).toEqual([{ short, long }]);
  });

  test.each([
    "See the table (TABLE) below.",
    "Ask Maria (Support) about it.",
    "information technology (IT)",
    "It ended. Customers relate. Management (CRM)",
    "It was shared (PDF) yesterday",
    "(CRM) at the very start",
    "use Extensible Markup Language (XML)",
    "nothing in brackets ()",
    "CRM (customer relationship management)",
  ])("nothing in: %s", (text) => {
    expect(findAcronyms(text)).toEqual([]);
  });

  test("each pair is given once, in the order of the text", () => {
    const text =
      "Service level agreement (SLA). Net promoter score (NPS). Service level agreement (SLA).";
    expect(findAcronyms(text).map(({ short }) => short)).toEqual(["SLA", "NPS"]);
  });
});
