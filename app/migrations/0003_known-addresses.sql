CREATE TABLE "known_address" (
	"hash" text PRIMARY KEY NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "known_address_seen_at" ON "known_address" USING btree ("seen_at");