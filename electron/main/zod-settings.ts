/**
 * Zod compiles its parsers before their first use, which pays after many of them. This process parses
 * a handful of messages, the first of them before there is a window.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
