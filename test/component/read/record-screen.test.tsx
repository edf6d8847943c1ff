import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RecordScreen } from "#renderer/features/read/record-screen.tsx";
import { runCommand } from "#renderer/platform/commands.ts";
import type { Output } from "#renderer/platform/api.ts";
import { host } from "#renderer/platform/host.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Route } from "#shared/navigation/route.ts";
import { care, idOf, mara, recordView, versionAt } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

let engine: ReturnType<typeof fakeEngine>;
let copied: string[] = [];
let files: readonly Output<"attachments", "list">[number][] = [];

function open(given: Partial<RecordView>, revision?: number): void {
  const record = recordView(given);
  engine = fakeEngine({
    records: {
      get: () => record,
      links: () => ({
        backlinks: [{ id: idOf(5), type: "lesson", title: "A close call", via: "text" }],
        related: [{ ...mara, via: "owner_id" }],
        targets: [
          {
            href: "limits.md",
            record: { id: idOf(6), type: "playbook", title: "Limits" },
            anchor: "eu",
          },
        ],
        attachments: [],
        unresolved: ["gone.md"],
      }),
      history: () => [],
      remove: () => ({ removed: 1, action: idOf(70) }),
      putBack: () => ({ restored: 1, action: idOf(71) }),
      undo: () => ({ undone: 1, kept: 0, action: null }),
      edit: ({ id }) => ({ id, revision: 4, action: idOf(72) }),
      settle: ({ id }) => ({ id, revision: 4, action: idOf(73) }),
    },
    attachments: {
      list: () => [...files],
      pin: ({ pinned }) => {
        files = files.map((file) => ({ ...file, pinned }));
        return { state: "waiting" };
      },
    },
    workspace: { opened: () => ({}) },
  });
  const at: Route = { screen: "record", id: record.id, revision };
  renderScreen(at, (route) =>
    route.screen === "record" ? <RecordScreen route={route} /> : <p>elsewhere</p>,
  );
}

beforeEach(() => {
  copied = [];
  files = [];
  vi.spyOn(host, "copyText").mockImplementation((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  engine.assertPrepared();
  cleanup();
  vi.restoreAllMocks();
});

const prompt = {
  id: "p1",
  title: "Draft an answer",
  text: "Write to {{customer}} about {{ topic }}.\nSign as {{customer}}'s agent.",
  vars: [{ name: "topic", description: "In three words", example: "late refund" }],
};

describe("a prompt", () => {
  test("is filled in and copied", async () => {
    open({ fields: { title: "T", prompts: [prompt] } });
    const card = await screen.findByRole("region", { name: "Draft an answer" });
    await userEvent.type(within(card).getByLabelText("Customer"), "Ada");
    await userEvent.type(within(card).getByLabelText("Topic"), "a late refund");
    await userEvent.click(within(card).getByRole("button", { name: "Copy prompt" }));
    expect(copied).toEqual(["Write to Ada about a late refund.\nSign as Ada's agent."]);
    expect(await within(card).findByRole("button", { name: "Copied" })).toBeTruthy();
  });

  test("points at what is missing first, and copies it unfilled when asked again", async () => {
    open({ fields: { title: "T", prompts: [prompt] } });
    const card = await screen.findByRole("region", { name: "Draft an answer" });
    await userEvent.type(within(card).getByLabelText("Customer"), "Ada");
    await userEvent.click(within(card).getByRole("button", { name: "Copy prompt" }));
    expect(copied).toEqual([]);
    const topic = within(card).getByLabelText("Topic");
    expect(document.activeElement).toBe(topic);
    expect(topic.getAttribute("aria-invalid")).toBe("true");
    await userEvent.click(within(card).getByRole("button", { name: "Copy anyway" }));
    expect(copied).toEqual(["Write to Ada about {{ topic }}.\nSign as Ada's agent."]);
  });

  test("is copied by Ctrl+Enter from a field", async () => {
    open({ fields: { title: "T", prompts: [{ ...prompt, text: "For {{customer}}" }] } });
    await userEvent.type(
      await screen.findByLabelText("Customer"),
      "Ada{Control>}{Enter}{/Control}",
    );
    expect(copied).toEqual(["For Ada"]);
  });
});

describe("the page", () => {
  test("leads to records that a link names, and marks links that lead nowhere", async () => {
    open({ body: "See [limits](limits.md) and [gone](gone.md)." });
    const link = await screen.findByRole("link", { name: "limits" });
    await waitFor(() => expect(link.isConnected).toBe(true));
    await userEvent.click(await screen.findByRole("link", { name: "limits" }));
    expect(currentRoute()).toMatchObject({ screen: "record", id: idOf(6), heading: "eu" });
    expect(screen.queryByRole("link", { name: /^gone/u })).toBeNull();
  });

  test("shows who checks what, and when to stop", async () => {
    const step = {
      id: "s1",
      title: "Draft",
      actor: "ai_with_human_check",
      instruction_md: "Paste it.",
      check: {
        decision_owner_role: "Team lead",
        what: "The amount",
        stop_condition: "Any promise",
      },
    };
    open({ fields: { title: "T", steps: [step] } });
    const check = await screen.findByRole("note", { name: "Check by a person" });
    for (const words of ["Team lead", "The amount", "Any promise"]) {
      expect(check.textContent).toContain(words);
    }
    expect(screen.getByText("AI, checked by a person")).toBeTruthy();
  });

  test("says plainly that a verification has expired, and whom to ask", async () => {
    open({
      fields: { title: "T", verification: { verified_at: "2020-01-01", expires_at: "2020-06-01" } },
    });
    expect(await screen.findByText(/This expired on/u)).toBeTruthy();
    expect(screen.getByText(/Ask Mara Example, who owns it/u)).toBeTruthy();
  });

  test("of an older revision says so, and offers the newest", async () => {
    open({}, 2);
    expect(await screen.findByText("You are reading revision 2")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
    expect(engine.calls("workspace.opened")).toEqual([]);
    await userEvent.click(screen.getByRole("link", { name: "Go to the newest" }));
    expect(currentRoute()).toEqual({ screen: "record", id: idOf(1) });
  });

  test("of a removed record can put it back", async () => {
    open({ removedAt: "2026-11-02T10:00:00.000Z" });
    await userEvent.click(await screen.findByRole("button", { name: "Put it back" }));
    await waitFor(() => expect(engine.calls("records.putBack")).toHaveLength(1));
  });

  test("lets one settle a step, a part and a field that two people wrote at the same time", async () => {
    const change = (n: number) => `${"0".repeat(20)}-1-${n.toString()}-000000`;
    const at = "2026-11-01T10:00:00.000Z";
    const [one, two] = [change(1), change(2)];
    const both = (first: unknown, second: unknown) => [
      { change: one, value: first, by: mara, at },
      { change: two, value: second, by: { ...mara, title: "Ada Example" }, at },
    ];
    const conflicts = [
      { path: "risk_tier", values: both("high", "limited") },
      { path: "handoff/.trigger", values: both("Anger", null) },
      { path: "steps/s2", values: both({ title: "Read it", actor: "ai" }, { title: "Skim it" }) },
    ];
    open({
      fields: { title: "T", steps: [{ id: "s1" }, { id: "s2", title: "Read it", actor: "ai" }] },
      conflicts,
    } as unknown as Partial<RecordView>);
    const risk = await screen.findByRole("group", { name: "Risk tier" });
    expect(risk.textContent).toContain("High");
    expect(screen.getByRole("group", { name: "Handoff to a person: When" }).textContent).toContain(
      "(nothing)",
    );
    const step = screen.getByRole("group", { name: "Steps: number 2" });
    expect(step.textContent).toContain("Step: Read it; Who acts: AI");
    await userEvent.click(within(step).getByRole("button", { name: "Keep this of Ada Example" }));
    await waitFor(() => expect(engine.calls("records.settle")).toHaveLength(1));
    expect(engine.calls("records.settle")[0]?.input).toEqual({
      id: idOf(1),
      base: versionAt(3),
      path: "steps/s2",
      change: two,
    });
  });

  test("shows of a long text that two people wrote only what differs, with the words around", async () => {
    const words = "A sentence that both of them have. ".repeat(20);
    const change = (n: number) => `${"0".repeat(20)}-1-${n.toString()}-000000`;
    const at = "2026-11-01T10:00:00.000Z";
    const values = [`${words}Ask the customer.`, `${words}Ask the warden.`].map((value, n) => ({
      change: change(n + 1),
      value,
      by: mara,
      at,
    }));
    open({ body: values[0]!.value, conflicts: [{ path: "body", values }] } as Partial<RecordView>);
    const group = await screen.findByRole("group", { name: "Text" });
    expect(group.querySelector("ins")?.textContent).toContain("warden");
    expect(group.querySelector("del")?.textContent).toContain("customer");
    expect(group.textContent?.length).toBeLessThan(600);
  });

  test("with two lines for an answer takes both, or a third, in their stead", async () => {
    const change = (n: number) => `${"0".repeat(20)}-1-${n.toString()}-000000`;
    const at = "2026-11-01T10:00:00.000Z";
    const values = ["Refund disputes", "Disputed refunds"].map((value, n) => ({
      change: change(n + 1),
      value,
      at,
      by: mara,
    }));
    open({ conflicts: [{ path: "title", values }] } as Partial<RecordView>);
    await userEvent.click(
      await screen.findByRole("button", { name: "Keep both, or write another…" }),
    );
    const answer = screen.getByRole("textbox", { name: "The answer that stays" });
    expect(answer).toHaveProperty("value", "Refund disputes / Disputed refunds");
    await userEvent.clear(answer);
    await userEvent.type(answer, "Disputes over refunds{Enter}");
    await waitFor(() =>
      expect(engine.calls("records.edit")[0]?.input).toMatchObject({
        base: versionAt(3),
        fields: { title: "Disputes over refunds" },
      }),
    );
  });

  test("that belongs to somebody else says beside the button why, and what one can do", async () => {
    const why = { edit: "It is Mara's. Ask her.", remove: "Only Mara may remove it." };
    open({ may: { edit: false, publish: true, remove: false, why } });
    await userEvent.click(await screen.findByRole("button", { name: "Edit: why not?" }));
    expect(await screen.findByText("It is Mara's. Ask her.")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Write a playbook of your own" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "See who Mara Example is" })).toBeTruthy();
    runCommand("record.edit");
    expect(currentRoute().screen).toBe("record");
    runCommand("record.trash");
    expect(await screen.findByText("Only Mara may remove it.")).toBeTruthy();
    expect(engine.calls("records.remove")).toEqual([]);
  });

  test("merged by machine is settled by saying that it reads well", async () => {
    open({ body: "Both wrote.", mergedFrom: [mara, { ...mara, id: idOf(901), title: "Ada" }] });
    await screen.findByText(/Mara Example and Ada wrote at the same time/u);
    await userEvent.click(screen.getByRole("button", { name: "It reads well" }));
    await waitFor(() => expect(engine.calls("records.edit")).toHaveLength(1));
    expect(engine.calls("records.edit")[0]?.input).toMatchObject({
      base: versionAt(3),
      body: "Both wrote.",
    });
  });

  test("copies its title with a link that opens it, and goes to the trash with a way back", async () => {
    open({});
    await screen.findByRole("heading", { level: 1, name: "Refund disputes" });
    runCommand("record.copyLink");
    await waitFor(() => expect(copied).toEqual([`Refund disputes\nguildhall://item/${idOf(1)}`]));
    runCommand("record.trash");
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() =>
      expect(engine.calls("records.undo")[0]?.input).toEqual({ action: idOf(70) }),
    );
  });

  test("keeps a colleague's file on this device, now or as soon as it can be had", async () => {
    const file = { hash: "a".repeat(64), name: "plan.pdf", mediaType: "application/pdf" };
    files = [{ ...file, bytes: 2_400_000, usedBy: [], state: "absent", pinned: false }];
    open({});
    await userEvent.click(
      await screen.findByRole("button", { name: "Keep on this device: plan.pdf" }),
    );
    expect(await screen.findByText(/cannot give it now\. It comes by itself/u)).toBeTruthy();
    expect(engine.calls("attachments.pin")[0]?.input).toEqual({ hash: file.hash, pinned: true });
    expect(screen.getByText("2.4 MB")).toBeTruthy();
    await userEvent.click(await screen.findByRole("button", { name: "Stop waiting: plan.pdf" }));
    expect(await screen.findByText("In the shared folder.")).toBeTruthy();
  });

  test("shows fields that only a newer version knows", async () => {
    open({ fields: { title: "T", phase_of_moon: "waxing", department_id: care.id } });
    const details = await screen.findByRole("region", { name: "Details" });
    expect(details.textContent).toContain("Phase of moon");
    expect(details.textContent).toContain("waxing");
  });

  test("tells a lesson in the order in which one asks", async () => {
    open({
      type: "lesson",
      fields: {
        title: "T",
        why_different: "Tired.",
        what_happened: "It was sent.",
        what_was_supposed_to_happen: "Two read it.",
        driving_event: "A reply",
        root_causes: [{ id: "1", text: "No second person", pillar: "process" }],
      },
    });
    await screen.findByText("It was sent.");
    const titles = screen.getAllByRole("heading", { level: 2 }).map((title) => title.textContent);
    const story = [
      "What set it off",
      "What was supposed to happen",
      "What happened",
      "Why it was different",
      "Root causes",
    ];
    expect(titles.filter((title) => story.includes(title ?? ""))).toEqual(story);
  });
});
