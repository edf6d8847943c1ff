import { fakeEngine } from "#test/support/fake-engine.ts";
import { cleanup, screen, waitFor, within, fireEvent } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import { followEvents } from "#renderer/platform/invalidation.ts";
import { connectionState, onConnectionChange, queryClient } from "#renderer/platform/api.ts";
import { MembersScreen } from "#renderer/features/people/members-screen.tsx";
import type { Member, SharingState } from "#shared/contract/sharing.ts";
import { ExpectedFailure } from "#shared/rpc/wire.ts";
import { care, idOf } from "#test/support/record-views.ts";
import { renderScreen } from "#test/support/render-screen.tsx";
import {
  colleague,
  deviceOf,
  deviceView,
  maraHere,
  sharingState,
} from "#test/support/sharing-views.ts";

const code = "4X31K-W7FWA-DPQQR-H36JY-V929Z-7YJY9-SX0QQ-ZPYYR-MTDGJ";
let state: SharingState;
let members: readonly Member[];
let engine: ReturnType<typeof fakeEngine>;
let stop: () => void;

beforeEach(() => {
  stop = followEvents({ queryClient, connectionState, onConnectionChange });
  state = sharingState();
  members = [maraHere, colleague()];
  engine = fakeEngine({
    records: { lookup: () => [care] },
    sharing: {
      state: () => state,
      members: () => [...members],
      invitations: () => [
        {
          ...({ id: "k1", role: "member", departments: null, state: "open" } as const),
          expires: "2026-11-08T10:00:00.000Z",
          by: "Mara Example",
          usedBy: null,
        },
        {
          ...({ id: "k2", role: "mentor", departments: null, state: "used" } as const),
          expires: "2026-11-01T10:00:00.000Z",
          by: "Mara Example",
          usedBy: "Ben Example",
        },
      ],
      invite: () => ({ id: "k3", code, expires: "2026-11-08T10:00:00.000Z" }),
      withdrawInvitation: () => ({}),
      withdraw: () => ({}),
      grant: () => ({}),
      removeMember: () => {
        members = [maraHere, colleague({ state: "removed", late: 2 })];
        engine.announce("sharing.changed", {});
        return {};
      },
      removeDevice: () => {
        throw new ExpectedFailure("not_permitted", "Only a steward may remove them.");
      },
      adopt: () => ({ changes: 2 }),
      admit: () => ({
        admitted: [{ person: idOf(902), name: "Cleo Example", role: "member" }],
        refused: [{ name: "Somebody", reason: "The invitation has expired." }],
      }),
    },
  });
});

afterEach(() => {
  stop();
  cleanup();
  engine.assertPrepared();
});

function show(): void {
  renderScreen({ screen: "members" }, () => <MembersScreen />);
}

async function choose(name: string, item: string): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name: `What to do with ${name}` }));
  await userEvent.click(await screen.findByRole("menuitem", { name: item }));
}

test("a lead is invited only with a department, and the code is shown in letters and as a picture", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Invite" }));
  await userEvent.click(screen.getByRole("radio", { name: /^Lead/u }));
  await userEvent.click(screen.getByRole("button", { name: "Make the code" }));
  expect(screen.getByText("A lead leads a department: name at least one.")).toBeTruthy();
  expect(engine.calls("sharing.invite")).toEqual([]);
  await userEvent.click(screen.getByRole("combobox", { name: "Leads" }));
  await userEvent.click(await screen.findByRole("option", { name: "Customer care" }));
  await userEvent.tab();
  await userEvent.click(await screen.findByRole("button", { name: "Make the code" }));
  expect(await screen.findByLabelText("Invitation code")).toHaveProperty(
    "textContent",
    expect.stringContaining(code),
  );
  expect(screen.getByRole("img", { name: /The code as a picture/u })).toBeTruthy();
  const asked = { role: "lead", departments: [care.id] };
  expect(engine.calls("sharing.invite")[0]?.input).toEqual(asked);
});

test("Enter in the field of departments sends nothing: it is how one takes what is offered", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Invite" }));
  const field = screen.getByRole("combobox", { name: /^Department/u });
  // What a browser makes of the key, were it let through, is to press the button that sends the form.
  expect(fireEvent.keyDown(field, { key: "Enter" })).toBe(false);
});

test("who is neither steward nor lead gets codes for their own devices alone", async () => {
  state = sharingState({ roles: [{ role: "member", departments: null }] });
  members = [{ ...maraHere, roles: [{ role: "member", departments: null }] }, colleague()];
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Add a device" }));
  await userEvent.click(screen.getByRole("button", { name: "Make the code" }));
  await screen.findByLabelText("Invitation code");
  const asked = { role: "member", departments: [], person: maraHere.person };
  expect(engine.calls("sharing.invite")[0]?.input).toEqual(asked);
  expect(screen.queryByRole("button", { name: "What to do with Ben Example" })).toBeNull();
});

test("removing says what it means before it happens, and honest late work can be taken over", async () => {
  show();
  await choose("Ben Example", "Remove from the workspace…");
  const dialog = screen.getByRole("dialog", { name: "Remove Ben Example?" });
  expect(within(dialog).getByText(/wrote until now stays/u)).toBeTruthy();
  expect(within(dialog).getByText(/Withdraw the access to the shared folder/u)).toBeTruthy();
  expect(engine.calls("sharing.removeMember")).toEqual([]);
  await userEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
  expect(await screen.findByText("2 changes came in after the removal")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Take them over" }));
  expect(await screen.findByText("2 changes of Ben Example taken over.")).toBeTruthy();
});

test("a refusal of the engine stands in the dialog as the sentence that it is", async () => {
  show();
  const devices = await screen.findByRole("list", { name: "Devices of Ben Example" });
  await userEvent.click(within(devices).getByRole("button", { name: "Remove device 22222222" }));
  await userEvent.click(screen.getByRole("button", { name: "Remove" }));
  expect(await screen.findByText("Only a steward may remove them.")).toBeTruthy();
});

test("roles are taken away and given in one dialog", async () => {
  show();
  await choose("Ben Example", "Roles…");
  await userEvent.click(screen.getByRole("button", { name: "Take away: Member" }));
  await waitFor(() =>
    expect(engine.calls("sharing.withdraw")[0]?.input).toEqual({
      person: idOf(901),
      role: "member",
    }),
  );
  await userEvent.click(screen.getByRole("radio", { name: /^Verifier/u }));
  await userEvent.click(screen.getByRole("button", { name: "Give this role" }));
  expect(await screen.findByText("Ben Example is verifier now.")).toBeTruthy();
});

test("an open invitation can be taken back, a used one says by whom", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: /^Take back the invitation/u }));
  await waitFor(() => expect(engine.calls("sharing.withdrawInvitation")).toHaveLength(1));
  await userEvent.click(screen.getByText("1 used, expired or taken back"));
  expect(screen.getByText(/used by Ben Example/u)).toBeTruthy();
});

test("whoever waits is let in, and who is not is named with the reason", async () => {
  show();
  await userEvent.click(await screen.findByRole("button", { name: "Let in who waits" }));
  expect(await screen.findByText("Cleo Example (Member)")).toBeTruthy();
  expect(screen.getByText("Somebody: The invitation has expired.")).toBeTruthy();
});

test("a device whose clock is ahead or that was copied says so beside it", async () => {
  const odd = deviceView({ id: deviceOf(3), clockAhead: 527_040, forked: true });
  members = [maraHere, colleague({ devices: [odd] })];
  show();
  expect(await screen.findByText(/Its clock was 366 days ahead/u)).toBeTruthy();
  expect(screen.getByText(/Two copies of Guildhall write as this device/u)).toBeTruthy();
});
