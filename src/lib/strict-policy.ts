/**
 * The page's content security policy forbids `eval`. zod would try whether it may for each schema that is made, and a browser reports
 * each try as a violation. Set without zod, which the bundler would load first; a chunk of its own (vite.config.ts), for the same reason.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
