/**
 * Zod compiles its parsers with `new Function` unless it is told before it is loaded not to; the
 * content security policy refuses that and reports each attempt.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
