import { defineConfig } from "drizzle-kit";

/** For `npm run migrations`: writes the SQL of what changed in the schema since the last migration. Needs no database. */
export default defineConfig({ dialect: "postgresql", schema: "./server/data/schema.ts", out: "./migrations" });
