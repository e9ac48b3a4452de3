import { z } from "zod";

// Where it may, zod compiles each object's schema, and tries that out by evaluating a text: a violation of the pages' content security policy,
// which reports it. Set before the first schema exists.
if ("document" in globalThis) z.config({ jitless: true });

export { z };
