import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RecordScreen } from "#renderer/features/read/record-screen.tsx";
import { runCommand } from "#renderer/platform/commands.ts";
import { host } from "#renderer/platform/host.ts";
import { currentRoute } from "#renderer/platform/navigation.tsx";
import type { RecordView } from "#shared/contract/record-shapes.ts";
import type { Route } from "#shared/navigation/route.ts";
import { care, idOf, mara, recordView, versionAt } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";

let engine: ReturnType<typeof fakeEngine>;
let copied: string[] = [];

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
    },
    attachments: { list: () => [] },
    workspace: { opened: () => ({}) },
  });
  const at: Route = { screen: "record", id: record.id, revision };
  renderScreen(at, (route) =>
    route.screen === "record" ? <RecordScreen route={route} /> : <p>elsewhere</p>,
  );
}

beforeEach(() => {
  copied = [];
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
    await userEvent.type(within(card).getByLabelText("customer"), "Ada");
    await userEvent.type(within(card).getByLabelText("topic"), "a late refund");
    await userEvent.click(within(card).getByRole("button", { name: "Copy prompt" }));
    expect(copied).toEqual(["Write to Ada about a late refund.\nSign as Ada's agent."]);
    expect(await within(card).findByRole("button", { name: "Copied" })).toBeTruthy();
  });

  test("points at what is missing first, and copies it unfilled when asked again", async () => {
    open({ fields: { title: "T", prompts: [prompt] } });
    const card = await screen.findByRole("region", { name: "Draft an answer" });
    await userEvent.type(within(card).getByLabelText("customer"), "Ada");
    await userEvent.click(within(card).getByRole("button", { name: "Copy prompt" }));
    expect(copied).toEqual([]);
    const topic = within(card).getByLabelText("topic");
    expect(document.activeElement).toBe(topic);
    expect(topic.getAttribute("aria-invalid")).toBe("true");
    await userEvent.click(within(card).getByRole("button", { name: "Copy anyway" }));
    expect(copied).toEqual(["Write to Ada about {{ topic }}.\nSign as Ada's agent."]);
  });

  test("is copied by Ctrl+Enter from a field", async () => {
    open({ fields: { title: "T", prompts: [{ ...prompt, text: "For {{customer}}" }] } });
    await userEvent.type(
      await screen.findByLabelText("customer"),
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

  test("lets one settle a conflict by keeping one of the values", async () => {
    const change = (n: number) => `${"0".repeat(20)}-1-${n.toString()}`;
    const at = "2026-11-01T10:00:00.000Z";
    const values = [
      { change: change(1), value: "high", by: mara, at },
      { change: change(2), value: "limited", by: mara, at },
    ];
    open({ conflicts: [{ path: "risk_tier", values }] } as Partial<RecordView>);
    await userEvent.click(await screen.findByRole("button", { name: "Compare" }));
    const group = screen.getByRole("group", { name: "Risk tier" });
    expect(group.textContent).toContain("High");
    await userEvent.click(within(group).getAllByRole("button", { name: "Keep this" })[1]!);
    await waitFor(() => expect(engine.calls("records.edit")).toHaveLength(1));
    expect(engine.calls("records.edit")[0]?.input).toMatchObject({
      base: versionAt(3),
      fields: { risk_tier: "limited" },
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
