import WebSocket from "ws";
import { type Check, CheckFailed, type SmokeRun } from "../check";
import { type Reply, USER_AGENT } from "../client/http";
import { findSession, openPolling, POLLING_PATH, type PollingSession, readHandshake } from "../client/polling";
import { unexpectedReply } from "../in-words";

/** Requests that have to reach the same task in a row. */
const STICKY_REQUESTS = 4;

/** Opens a polling session, and takes its time. @throws CheckFailed when it is refused */
export async function pollingSession({ http, latencies }: SmokeRun, cookie = ""): Promise<PollingSession> {
  const session = await openPolling(http, cookie);
  if (!("refused" in session)) {
    latencies.add("handshake", session.ms);
    return session;
  }
  const { status } = session.refused;
  if (status === 403) throw ownOriginRefused(http.origin, session.refused);
  throw unexpectedReply(`GET ${POLLING_PATH}`, "200 with an Engine.IO handshake", session.refused);
}

function ownOriginRefused(origin: string, reply: Reply): CheckFailed {
  const { diagnosis } = unexpectedReply(`GET ${POLLING_PATH} with the Origin ${origin}`, "a handshake", reply);
  return new CheckFailed({
    ...diagnosis,
    cause: "ALLOWED_ORIGINS does not contain this origin, character by character, or the web ACL blocks the request.",
    remedy: "Pass --origin if clients come from another one; otherwise correct the environment's allowed origins.",
  });
}

export const handshake: Check = {
  id: "handshake",
  title: "Polling handshake",
  needs: [],
  async run(run) {
    const { handshake: first } = await pollingSession(run);
    const heartbeat = { intervalSec: first.pingInterval / 1000, timeoutSec: first.pingTimeout / 1000 };
    run.heartbeat = heartbeat;
    if (!first.upgrades.includes("websocket")) {
      throw new CheckFailed({
        found: `handshake: expected the upgrade websocket, got ${JSON.stringify(first.upgrades)}`,
        cause: "The server's transports do not include websocket.",
        remedy: "Every client would stay on long-polling: correct the server's transports.",
      });
    }
    return `ping every ${heartbeat.intervalSec} s, answered within ${heartbeat.timeoutSec} s; upgrades to WebSocket`;
  },
};

export const stickiness: Check = {
  id: "stickiness",
  title: "Stickiness",
  needs: ["handshake"],
  async run(run) {
    const {
      handshake: { sid },
      cookie,
    } = await pollingSession(run);
    if (cookie === "" && run.options.tasks === 1) return "no cookie, and none is needed with one task";
    if (cookie === "") {
      throw new CheckFailed({
        found: "polling handshake: expected a cookie of the load balancer (AWSALB), got none",
        cause:
          "Stickiness is off, or a proxy in front removes Set-Cookie. Long-polling breaks as soon as two tasks run.",
        remedy: "Turn the target group's stickiness on (alb-websocket: stickiness), and let the CDN pass cookies.",
      });
    }
    const names = cookie.split("; ").map((pair) => pair.split("=")[0]);
    for (let request = 1; request <= STICKY_REQUESTS; request++) {
      const place = await findSession(run.http, sid, cookie);
      if (place === "here") continue;
      if (place !== "elsewhere") throw unexpectedReply("POST to the session", "200", place.unexpected);
      throw new CheckFailed({
        found: `request ${request} with the cookie ${names.join(", ")}: expected the task of its session, got another one`,
        cause:
          "The cookie does not select the task: stickiness is off, or the cookie is that of something else in front.",
        remedy: "Check the target group's stickiness, and that a CDN forwards the cookie to the load balancer.",
      });
    }
    return `${STICKY_REQUESTS} requests with ${names.join(", ")} reached the task of their session`;
  },
};

export const upgrade: Check = {
  id: "upgrade",
  title: "WebSocket upgrade",
  needs: ["handshake"],
  async run(run) {
    const {
      handshake: { sid },
      cookie,
    } = await pollingSession(run);
    await upgradeSession(run, sid, cookie);
    return "a polling session continued as a WebSocket";
  },
};

/** Upgrades a polling session, and ends it. Source: Engine.IO protocol 4, "Upgrade". */
function upgradeSession({ http, options }: SmokeRun, sid: string, cookie: string): Promise<void> {
  const path = `/socket.io/?EIO=4&transport=websocket&sid=${sid}`;
  const headers = { origin: http.origin, cookie, "user-agent": USER_AGENT };
  const socket = new WebSocket(`${http.url.replace(/^http/, "ws")}${path}`, { headers, perMessageDeflate: false });
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(upgradeFailed(`nothing for ${options.timeoutSec} s`)),
      options.timeoutSec * 1000,
    );
    socket.on("open", () => socket.send("2probe"));
    socket.on("message", (data: Buffer) => {
      if (data.toString() !== "3probe") return;
      clearTimeout(timer);
      resolve();
    });
    socket.on("unexpected-response", (_request, { statusCode = 0 }) => reject(upgradeFailed(`${statusCode}`)));
    socket.on("error", (error) => reject(upgradeFailed(error.message)));
    socket.on("close", (code) => reject(upgradeFailed(`the connection closed with ${code}`)));
  }).finally(() => socket.terminate());
}

function upgradeFailed(got: string): CheckFailed {
  return new CheckFailed({
    found: `upgrade of a polling session: expected 101 and an answer to the probe, got ${got}`,
    cause:
      got === "400"
        ? "The upgrade reached another task than the session: stickiness does not cover it."
        : "Something in front does not pass on WebSocket upgrades: a CDN behaviour, a proxy, or a web ACL rule.",
    remedy:
      "Clients stay on long-polling meanwhile. Check the CDN's origin request policy, and proxies of your network.",
  });
}

const FOREIGN_ORIGIN = "https://foreign.example";

export const foreignOrigin: Check = {
  id: "foreign-origin",
  title: "Foreign Origin",
  needs: ["handshake"],
  async run({ http, options }) {
    const polling = await http.send(POLLING_PATH, { origin: FOREIGN_ORIGIN });
    const websocket = await upgradeStatus(http.url, options.timeoutSec);
    const accepted = [
      ...(readHandshake(polling.text) === undefined ? [] : ["polling"]),
      ...(websocket === 101 ? ["a WebSocket"] : []),
    ];
    if (accepted.length === 0)
      return `refused: ${polling.status} for polling, ${websocket || "closed"} for a WebSocket`;
    throw new CheckFailed({
      found: `handshake with the Origin ${FOREIGN_ORIGIN}: expected a refusal, got a session by ${accepted.join(" and ")}`,
      cause:
        "The server does not compare the Origin header. A page of any site can open sockets from a visitor's browser.",
      remedy: "List the deployment's own origins in ALLOWED_ORIGINS; CORS alone does not protect WebSockets.",
    });
  },
};

/** Returns the status of an upgrade request of a foreign page; 0 when the connection is closed instead. */
function upgradeStatus(url: string, timeoutSec: number): Promise<number> {
  const path = "/socket.io/?EIO=4&transport=websocket";
  const headers = { origin: FOREIGN_ORIGIN, "user-agent": USER_AGENT };
  const handshakeTimeout = timeoutSec * 1000;
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}${path}`, { headers, handshakeTimeout });
  return new Promise<number>((resolve) => {
    socket.on("open", () => resolve(101));
    socket.on("unexpected-response", (_request, { statusCode = 0 }) => resolve(statusCode));
    socket.on("error", () => resolve(0));
  }).finally(() => socket.terminate());
}
