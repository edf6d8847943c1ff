/** SQLite's FTS5 as applications call it: every word, or any word, ranked by bm25(). */
import Sqlite from "better-sqlite3";
import { type Engine, listed } from "./engine.ts";

type Options = {
  readonly tokenizer: string;
  readonly joiner: "AND" | "OR";
  readonly title: number;
};

/** Builds the engine of one way to call it; `title` weighs the title against the body. */
export function fts5({ tokenizer, joiner, title }: Options): Engine {
  return async (documents) => {
    const db = new Sqlite("");
    db.exec(`CREATE VIRTUAL TABLE d USING fts5 (title, body, tokenize = '${tokenizer}')`);
    const insert = db.prepare("INSERT INTO d (rowid, title, body) VALUES (?, ?, ?)");
    const names: string[] = [];
    db.transaction(() => {
      for (const { id, title: heading, body } of documents) {
        names.push(id);
        insert.run(names.length, heading, body);
      }
    })();
    const search = db.prepare<[string], { rowid: number; snippet: string }>(
      `SELECT rowid, snippet(d, 1, '[', ']', '…', 32) AS snippet FROM d WHERE d MATCH ?
       ORDER BY bm25(d, ${title}, 1) LIMIT ${listed}`,
    );
    const ask = (text: string, last: string) => {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      if (words.length === 0) return [];
      const query = words.map((word) => `"${word}"`).join(` ${joiner} `);
      return search.all(`${query}${last}`).map(({ rowid }) => names[rowid - 1] ?? "");
    };
    return {
      find: (text) => ask(text, ""),
      typing: (text) => ask(text, /[\p{L}\p{N}]$/u.test(text) ? "*" : ""),
      bytes: () =>
        Number(db.pragma("page_count", { simple: true })) *
        Number(db.pragma("page_size", { simple: true })),
      [Symbol.dispose]: () => db.close(),
    };
  };
}
