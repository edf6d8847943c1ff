/** Real small engines over a simulated carrier: what one writes, the others have. */
import { describe, expect, it } from "vitest";
import { createExchangeBed } from "#test/support/exchange-bed.ts";

const minute = 60_000;

describe("the exchange over a shared folder", () => {
  it("brings what one device wrote to another", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(3);
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
  });

  it("brings three devices to the same records, whoever wrote them", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben", "cleo"] });
    for (let round = 0; round < 3; round += 1) {
      for (const peer of bed.peers) await peer.write(`${peer.name} ${String(round)}`);
      await bed.cycles(2);
    }
    await bed.cycles(3);
    const [first, ...others] = bed.peers.map((peer) => peer.titles());
    expect(first).toHaveLength(9);
    for (const titles of others) expect(titles).toEqual(first);
  });

  it("opens no file and asks for no size when nothing changed", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.peer("ben").write("Returns");
    await bed.cycles(6);
    const report = await bed.peer("ben").exchange.cycle();
    expect(report).toMatchObject({ filesOpened: 0, bytesRead: 0, sent: 0, received: 0 });
  });

  it("reports what went out, what came and what waits", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const [ana, ben] = [bed.peer("ana"), bed.peer("ben")];
    await ana.write("Refunds");
    await ana.write("Returns");
    expect(await ana.exchange.cycle()).toMatchObject({ sent: 2, received: 0, waiting: 0 });
    bed.advance(5000);
    expect(await ben.exchange.cycle()).toMatchObject({ sent: 0, received: 2, applied: 2 });
  });

  it("starts again without opening what it knows", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(6);
    const ben = bed.peer("ben");
    ben.restart();
    await ben.exchange.cycle();
    const again = await ben.exchange.cycle();
    expect(again.filesOpened).toBe(0);
  });

  it("takes a file whatever a carrier called it", async () => {
    await using bed = await createExchangeBed({
      names: ["ana", "ben"],
      knobs: { conflictName: 1 },
    });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(3);
    await bed.peer("ben").exchange.cycle({ full: true });
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
  });

  it("does nothing at all in an empty folder, and goes on when the library is back", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    const ana = bed.peer("ana");
    await bed.cycles(2);
    const view = bed.carrier.viewOf("ana");
    const before = view.clone();
    await ana.write("Refunds");
    for (const path of view.paths()) view.set(path, []);
    for (const peer of bed.peers) peer.restart();
    await using empty = await createExchangeBed({ names: ["ana"], seed: 2 });
    empty.carrier.viewOf("ana").set("LIBRARY.json", []);
    ana.restart(empty.carrier.folderOf("ana"));
    const report = await ana.exchange.cycle();
    expect(report).toMatchObject({ sent: 0, waiting: 1 });
    expect(ana.exchange.state().problem?.reason).toBe("empty");
    expect(empty.carrier.viewOf("ana").paths()).toEqual([]);
    for (const path of before.paths()) view.set(path, before.get(path));
    ana.restart();
    await bed.cycles(3);
    expect(bed.peer("ben").titles()).toEqual(["Refunds"]);
  });

  it("writes nothing into the folder of another library", async () => {
    await using bed = await createExchangeBed({ names: ["ana"] });
    await using other = await createExchangeBed({ names: ["ana"], seed: 7 });
    const ana = bed.peer("ana");
    await ana.write("Refunds");
    ana.restart(other.carrier.folderOf("ana"));
    await ana.exchange.cycle();
    expect(ana.exchange.state().problem?.reason).toBe("other_library");
    expect(other.carrier.viewOf("ana").paths()).toEqual(["LIBRARY.json"]);
  });

  it("puts back what somebody deleted, after three looks and ten minutes", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(4);
    const view = bed.carrier.viewOf("ben");
    const segments = view.paths().filter((path) => path.startsWith("s/"));
    expect(segments).toHaveLength(1);
    for (const path of segments) bed.carrier.person("ben", path);
    await bed.cycles(40);
    expect(view.paths().filter((path) => path.startsWith("s/"))).toEqual([]);
    await bed.cycles(40, minute);
    expect(view.paths().filter((path) => path.startsWith("s/"))).toEqual(segments);
  });

  it("puts LIBRARY.json back where the library's folders still stand", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(4);
    bed.carrier.person("ben", "LIBRARY.json");
    bed.peer("ben").restart();
    await bed.cycles(3);
    expect(bed.peer("ben").exchange.state().problem?.reason).toBe("damaged");
    await bed.cycles(30, minute);
    expect(bed.peer("ben").exchange.state().problem).toBeNull();
    expect(bed.carrier.viewOf("ben").get("LIBRARY.json")).toHaveLength(1);
  });

  it("restores an emptied folder when somebody asks for it", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(4);
    await using empty = await createExchangeBed({ names: ["ana"], seed: 2 });
    empty.carrier.viewOf("ana").set("LIBRARY.json", []);
    const ana = bed.peer("ana");
    ana.restart(empty.carrier.folderOf("ana"));
    await ana.exchange.cycle({ restore: true });
    const paths = empty.carrier.viewOf("ana").paths();
    expect(paths).toContain("LIBRARY.json");
    expect(paths.filter((path) => path.startsWith("s/"))).toHaveLength(1);
  });

  it("passes on what never reached somebody", async () => {
    await using bed = await createExchangeBed({ names: ["ana", "ben", "cleo"] });
    await bed.peer("ana").write("Refunds");
    await bed.cycles(1);
    const cleo = bed.carrier.viewOf("cleo");
    bed.advance(1000);
    // Her copy of the folder gets neither the segment nor the head.
    for (const path of cleo.paths()) if (path !== "LIBRARY.json") cleo.set(path, []);
    await bed.peer("cleo").write("Returns");
    await bed.cycles(150, 2 * minute);
    expect(bed.peer("cleo").titles()).toEqual(["Refunds", "Returns"]);
  });
});
