/*
 * Search in the handbook. lunr ranks; this file loads the parts of the index that a query needs and
 * puts them together. Parts are scripts that call `handbookPart`, because a page that was opened
 * from a disk may load scripts and may not read files.
 */
(function () {
  "use strict";

  const scoreUnit = 20;
  const fields = ["title", "headings", "tags", "body"];
  const chunkOfOpenings = 256;
  /** How much a hit counts by how its word was meant. */
  const exactBoost = 10;
  const completedBoost = 4;
  const correctedBoost = 6;
  const nearBoost = 1;
  const mostCompletions = 24;
  const mostCorrections = 3;
  /** Fewer pages than this are little: words that are spelt alike are looked for too. */
  const little = 3;
  /** As many of the best pages are ranked by lunr; the order of the rest is the sum's. */
  const mostRanked = 200;

  const { foldedWords, partOf, firstPartOf } = globalThis.handbookWords;

  /**
   * lunr 2.3.9 names the nodes of a token set by label and number with nothing between them, so that
   * words with digits in them can be merged wrongly. A separator is all it takes.
   */
  function mendTokenSet(lunr) {
    lunr.TokenSet.prototype.toString = function () {
      if (this._str) return this._str;
      let text = this.final ? "1" : "0";
      for (const label of Object.keys(this.edges).sort()) {
        text += `|${label}:${String(this.edges[label].id)}`;
      }
      return text;
    };
  }

  /** `load(name)` gives a part of the index, or null where there is none of that name. */
  function createSearch(lunr, load) {
    mendTokenSet(lunr);
    const opened = new Map();
    let spellings;

    function termOf(word) {
      return /^[a-z]+$/u.test(word) ? lunr.stemmer(new lunr.Token(word, {})).toString() : word;
    }

    async function part(name) {
      const { names } = await load("pages");
      if (!names.includes(name)) return { words: [], pages: new Map(), terms: new Map() };
      if (!opened.has(name)) opened.set(name, open(await load(name)));
      return opened.get(name);
    }

    function open(raw) {
      const listed = raw.words.split(" ");
      const words = listed.filter((_, at) => at % 2 === 0);
      const pages = new Map(words.map((word, at) => [word, Number(listed[at * 2 + 1])]));
      return { words, pages, terms: new Map(Object.entries(raw.terms)) };
    }

    /** What a word of the query stands for: terms with their weight, and their postings. */
    async function meaningOf(word, unfinished) {
      const single = unfinished && Array.from(word).length === 1;
      const found = await part(single ? firstPartOf(word) : partOf(word));
      const meaning = { word, shown: word, terms: new Map(), corrected: false };
      const term = termOf(word);
      if (found.terms.has(term)) take(meaning, found, term, exactBoost);
      if (unfinished) {
        for (const one of completions(word, found)) {
          take(meaning, found, termOf(one), completedBoost);
        }
      }
      if (meaning.terms.size === 0) await correct(meaning);
      return meaning;
    }

    function take(meaning, found, term, boost) {
      const postings = found.terms.get(term);
      if (postings !== undefined && !meaning.terms.has(term)) {
        meaning.terms.set(term, { boost, postings });
      }
    }

    /** Words that begin like it, those of the most pages. */
    function completions(word, { words, pages }) {
      let low = 0;
      let high = words.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (words[middle] < word) low = middle + 1;
        else high = middle;
      }
      const found = [];
      for (let at = low; at < words.length && words[at].startsWith(word); at += 1) {
        found.push(words[at]);
      }
      return found.sort((a, b) => pages.get(b) - pages.get(a)).slice(0, mostCompletions);
    }

    async function correct(meaning) {
      const meant = await alike(meaning.word);
      for (const word of meant) {
        take(meaning, await part(partOf(word)), termOf(word), correctedBoost);
      }
      if (meaning.terms.size === 0) return;
      meaning.corrected = true;
      meaning.shown = meant[0];
    }

    /** Words of the handbook at one edit from it, or at two where it is long: the likeliest first. */
    async function alike(word) {
      const length = Array.from(word).length;
      if (length < 4 || /[0-9]/u.test(word)) return [];
      spellings ??= setOf(lunr, (await load("spellings")).split(" "));
      let meant = spellings.intersect(lunr.TokenSet.fromFuzzyString(word, 1)).toArray();
      if (meant.length === 0 && length > 6) {
        meant = spellings.intersect(lunr.TokenSet.fromFuzzyString(word, 2)).toArray();
      }
      const parts = new Map();
      for (const one of meant) parts.set(one, (await part(partOf(one))).pages.get(one) ?? 0);
      const likely = (one) => Number(one.charAt(0) === word.charAt(0)) * 1e6 + parts.get(one);
      return meant
        .filter((one) => one !== word)
        .sort((a, b) => likely(b) - likely(a) || (a < b ? -1 : 1))
        .slice(0, mostCorrections);
    }

    /**
     * The sum of each page's scores, by which lunr orders too, times the share of the query's words
     * that it has. It takes a moment where an index over all of these pages would take a second.
     */
    function sumUp(meanings, terms) {
      const sums = new Map();
      const met = new Map();
      meanings.forEach((meaning, word) => {
        for (const term of meaning.terms.keys()) {
          const { boost, postings } = terms.get(term);
          for (const [, documents, scores] of postings) {
            let document = 0;
            for (let at = 0; at < documents.length; at += 1) {
              document += documents[at];
              sums.set(document, (sums.get(document) ?? 0) + boost * scores[at]);
              met.set(document, (met.get(document) ?? 0) | (1 << (word % 31)));
            }
          }
        }
      });
      const share = (document) => {
        let words = 0;
        for (let bits = met.get(document); bits !== 0; bits &= bits - 1) words += 1;
        return words / meanings.length;
      };
      return [...sums]
        .map(([document, sum]) => ({ document, sum: sum * share(document) }))
        .sort((a, b) => b.sum - a.sum || a.document - b.document);
    }

    /** An index of the words of one query over some pages: lunr needs no other to rank them. */
    function indexOf(terms, wanted) {
      const invertedIndex = Object.create(null);
      const vectors = Object.create(null);
      let number = 0;
      terms.forEach(({ postings }, term) => {
        const posting = Object.create(null);
        posting._index = number;
        for (const field of fields) posting[field] = Object.create(null);
        for (const [field, documents, scores] of postings) {
          let document = 0;
          for (let at = 0; at < documents.length; at += 1) {
            document += documents[at];
            if (!wanted.has(document)) continue;
            posting[fields[field]][document] = {};
            const name = `${fields[field]}/${String(document)}`;
            (vectors[name] ??= []).push(number, scores[at] / scoreUnit);
          }
        }
        number += 1;
        invertedIndex[term] = posting;
      });
      const fieldVectors = Object.create(null);
      for (const name of Object.keys(vectors)) fieldVectors[name] = new lunr.Vector(vectors[name]);
      const tokenSet = setOf(lunr, [...terms.keys()].sort());
      const pipeline = new lunr.Pipeline();
      return new lunr.Index({ invertedIndex, fieldVectors, tokenSet, fields, pipeline });
    }

    function rank(meanings) {
      const terms = new Map();
      for (const { terms: ones } of meanings) {
        ones.forEach((one, term) => {
          if ((terms.get(term)?.boost ?? 0) < one.boost) terms.set(term, one);
        });
      }
      if (terms.size === 0) return [];
      const found = sumUp(meanings, terms);
      const best = found.slice(0, mostRanked).map(({ document }) => document);
      const hits = indexOf(terms, new Set(best)).query((query) => {
        terms.forEach(({ boost }, term) => query.term(term, { boost, usePipeline: false }));
      });
      // A page with all the words comes before one that has some of them often.
      for (const hit of hits) {
        const has = Object.keys(hit.matchData.metadata);
        const met = meanings.filter((meaning) =>
          has.some((term) => meaning.terms.has(term)),
        ).length;
        hit.score *= met / meanings.length;
        hit.terms = has;
      }
      hits.sort((a, b) => b.score - a.score || Number(a.ref) - Number(b.ref));
      const rest = found.slice(mostRanked);
      return [
        ...hits.map(({ ref, terms: has }) => ({ page: Number(ref), terms: has })),
        ...rest.map(({ document }) => ({ page: document, terms: [...terms.keys()] })),
      ];
    }

    /** `corrected` is the query as it was understood, or null where it was taken as it was typed. */
    async function search(text) {
      const all = foldedWords(text);
      const { weak } = await load("pages");
      const strong = all.filter((word) => !weak.includes(word));
      // The last word may be the beginning of another one.
      const asked = strong.length === 0 ? all : [...strong, ...all.slice(-1)];
      const words = [...new Set(asked)];
      const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(text);
      const last = all[all.length - 1];
      const meanings = await Promise.all(
        words.map((word) => meaningOf(word, unfinished && word === last)),
      );
      let hits = rank(meanings);
      if (hits.length < little) {
        for (const meaning of meanings.filter(({ corrected }) => !corrected)) {
          for (const word of await alike(meaning.word)) {
            take(meaning, await part(partOf(word)), termOf(word), nearBoost);
          }
        }
        hits = rank(meanings);
      }
      const changed = hits.length > 0 && meanings.some(({ corrected }) => corrected);
      return {
        hits,
        corrected: changed ? meanings.map(({ shown }) => shown).join(" ") : null,
      };
    }

    return { search, termOf };
  }

  function setOf(lunr, sorted) {
    const builder = new lunr.TokenSet.Builder();
    for (const word of sorted) if (word !== "") builder.insert(word);
    builder.finish();
    return builder.root;
  }

  globalThis.handbookSearch = { createSearch, chunkOfOpenings };
})();
