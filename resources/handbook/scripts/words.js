/*
 * Words of a text, cut and folded as the export does it (electron/engine/handbook/words.ts), and the
 * parts of the index that hold them, named as it names them (search-index.ts): tests compare the two.
 * An export joins it with search.js.
 */
(function () {
  "use strict";

  const decorations = /[\u0300-\u036F\u0591-\u05BD\u05BF\u05C1\u05C2\u064B-\u065F\u0670]/gu;
  const special = /[ßæœøđłðþıςħŋ]/gu;
  const plain = {
    ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ł: "l" },
    ...{ ð: "d", þ: "th", ı: "i", ς: "σ", ħ: "h", ŋ: "n" },
  };
  const unspaced =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC]+/gu;

  function fold(text) {
    return text
      .normalize("NFKD")
      .replaceAll(decorations, "")
      .toLowerCase()
      .replaceAll(special, (letter) => plain[letter])
      .normalize("NFC")
      .replaceAll(/['’](?:s(?![\p{L}\p{N}]))?/gu, "");
  }

  function foldedWords(text) {
    const words = [];
    for (const [run] of fold(text).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      let at = 0;
      for (const match of run.matchAll(unspaced)) {
        if (match.index > at) words.push(run.slice(at, match.index));
        const characters = Array.from(match[0]);
        characters.forEach((character, index) => {
          words.push(character + (characters[index + 1] ?? ""));
        });
        at = match.index + match[0].length;
      }
      if (at < run.length) words.push(run.slice(at));
    }
    return words.filter((word) => word.length <= 40);
  }

  function firstPartOf(word) {
    if (/^[a-z0-9]/u.test(word)) return `t-${word.charAt(0)}`;
    return `x-${String(word.codePointAt(0) % 64)}`;
  }

  function partOf(word) {
    if (/^[a-z0-9]{2}/u.test(word)) return `w-${word.slice(0, 2)}`;
    return /^[a-z0-9]/u.test(word) ? `w-${word.charAt(0)}_` : firstPartOf(word);
  }

  globalThis.handbookWords = { foldedWords, partOf, firstPartOf };
})();
