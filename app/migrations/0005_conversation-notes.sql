CREATE TABLE "conversation_note" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"member_name" text NOT NULL,
	"by_name" text NOT NULL,
	"successor_name" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conversation_note" ADD CONSTRAINT "conversation_note_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conversation_note_conversation" ON "conversation_note" USING btree ("conversation_id","created_at");--> statement-breakpoint
CREATE INDEX "conversation_created" ON "conversation" USING btree ("created_at","id");--> statement-breakpoint
-- Customers of agents who were disabled before this release: their conversations go back to the queue, waiting since the last message.
WITH "gone" AS (
	DELETE FROM "conversation_member" m USING "app_user" u WHERE u."id" = m."user_id" AND u."disabled_at" IS NOT NULL RETURNING m."conversation_id"
)
UPDATE "conversation" c SET "taken_at" = NULL, "queued_at" = c."updated_at"
WHERE c."id" IN (SELECT "conversation_id" FROM "gone") AND NOT EXISTS (
	SELECT FROM "conversation_member" m JOIN "app_user" u ON u."id" = m."user_id" WHERE m."conversation_id" = c."id" AND u."disabled_at" IS NULL
);
