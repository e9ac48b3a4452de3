DROP INDEX "conversation_open";--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "taken_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "conversation_queue" ON "conversation" USING btree ("created_at","id") WHERE "conversation"."status" = 'open' and "conversation"."taken_at" is null;--> statement-breakpoint
UPDATE "conversation" c SET "taken_at" = now() WHERE EXISTS (SELECT FROM "conversation_member" m WHERE m."conversation_id" = c."id");
