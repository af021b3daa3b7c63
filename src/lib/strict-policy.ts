import { config } from "zod";

// The page's content security policy forbids `eval`. zod would try whether it may, and a browser reports each try as a violation.
// Imported before anything that makes a schema.
config({ jitless: true });
