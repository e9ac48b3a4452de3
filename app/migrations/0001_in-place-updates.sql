-- Every message updates its conversation's row: room on each page lets PostgreSQL put the new version beside the old one.
ALTER TABLE "conversation" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "conversation_member" SET (fillfactor = 70);
