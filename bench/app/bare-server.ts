/**
 * The server that the app is compared with: Socket.IO with the Redis adapter and the same SQL statement. It has no tickets, no input
 * validation, no rate limits, no logs, no metrics and no drain.
 */
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { Pool } from "pg";
import { createClient } from "redis";
import { Server } from "socket.io";
import { contract } from "../../app/contract";
import { type Message } from "../../app/protocol";
import { APPEND } from "../../app/server/messages/statements";

interface Sent {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
}

interface Stored {
  readonly seq: string;
  readonly created_at: Date;
}

const NAME = "A person";

async function main(): Promise<void> {
  const { PORT, DATABASE_URL, REDIS_URL } = process.env;
  const pool = new Pool({ connectionString: DATABASE_URL, max: 10 });
  const publisher = createClient({ url: REDIS_URL });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  const http = createServer((_request, response) => response.end("ok"));
  const { pingIntervalSec, pingTimeoutSec } = contract.container.socket.heartbeat;
  const io = new Server(http, {
    adapter: createAdapter(publisher, subscriber),
    pingInterval: pingIntervalSec * 1000,
    pingTimeout: pingTimeoutSec * 1000,
    serveClient: false,
  });

  io.on("connection", (socket) => {
    const userId = socket.handshake.auth["userId"] as string;
    socket.on("join", (conversationId: string, done: () => void) => {
      void socket.join(conversationId);
      done();
    });
    socket.on("message:send", async (sent: Sent, done: (result: object) => void) => {
      const { conversationId, clientMessageId, body } = sent;
      const values = [conversationId, clientMessageId, "agent", userId, NAME, body];
      const { rows } = await pool.query<Stored>({ ...APPEND.member, values });
      const seq = Number(rows[0]?.seq);
      const createdAt = rows[0]?.created_at.toISOString() ?? "";
      const sender = { senderKind: "agent", senderId: userId, senderName: NAME } as const;
      const message: Message = { conversationId, seq, clientMessageId, ...sender, body, createdAt };
      done({ ok: true, seq, createdAt });
      io.to(conversationId).emit("message", message);
    });
  });
  http.listen(Number(PORT), "127.0.0.1");
}

void main();
