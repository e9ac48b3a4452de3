-- Without a default at first, so that conversations of before keep null, and count as waiting since they began.
ALTER TABLE "conversation" ADD COLUMN "queued_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ALTER COLUMN "queued_at" SET DEFAULT now();--> statement-breakpoint
CREATE INDEX "conversation_waiting" ON "conversation" USING btree (coalesce("queued_at", "created_at"),"id") WHERE "conversation"."status" = 'open' and "conversation"."taken_at" is null;
