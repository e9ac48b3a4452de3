CREATE TABLE "message_search" (
	"conversation_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"tokens" "tsvector" NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "message_search_conversation_id_seq_pk" PRIMARY KEY("conversation_id","seq")
);
--> statement-breakpoint
CREATE TABLE "search_lease" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_progress" (
	"conversation_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message_search" ADD CONSTRAINT "message_search_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_progress" ADD CONSTRAINT "search_progress_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_search_tokens" ON "message_search" USING gin ("tokens") WHERE "message_search"."seq" > 0;--> statement-breakpoint
CREATE INDEX "message_search_names" ON "message_search" USING gin ("tokens") WHERE "message_search"."seq" = 0;--> statement-breakpoint
CREATE INDEX "message_search_sent_at" ON "message_search" USING btree ("sent_at","conversation_id","seq");