import { processNumbers } from "./process-numbers";
import { type InstanceProps } from "./props";

/** Above the heartbeat: a connection is cut only after the application itself would have given it up. */
const READ_TIMEOUT_HEADROOM_SEC = 15;
/** The application refuses what is too large with a message of its own; nginx only has to accept more than that. */
const BODY_HEADROOM_BYTES = 1_048_576;
/** Connections of one nginx worker. A WebSocket takes two: one to the load balancer, one to its process, on the loopback. */
const WORKER_CONNECTIONS = 16_384;
const OPEN_FILES = 65_536;

export type NginxProps = Pick<
  InstanceProps,
  | "entrancePort"
  | "processes"
  | "firstProcessPort"
  | "healthPath"
  | "socketPath"
  | "heartbeatSec"
  | "maxMessageBytes"
  | "keepAliveTimeoutSec"
  | "drainSec"
>;

/** The file whose existence turns the health check to 503, so that the load balancer sends no new client here. */
export const DRAINING_FILE = "/run/app/draining";

/** Returns nginx.conf. It needs no directive later than nginx 1.20, and no module that distributions leave out. */
export function renderNginx(props: NginxProps): string {
  return [main(props), processes(props), server(props), "}"].join("\n");
}

function main({ drainSec, keepAliveTimeoutSec, maxMessageBytes }: NginxProps): string {
  return `user nginx;
worker_processes auto;
worker_rlimit_nofile ${OPEN_FILES};
worker_shutdown_timeout ${drainSec}s;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log warn;
events {
  worker_connections ${WORKER_CONNECTIONS};
}
http {
  access_log off;
  server_tokens off;
  default_type application/octet-stream;
  # Longer than the load balancer's idle timeout, or it would reuse a connection that was just closed: sporadic 502s.
  keepalive_timeout ${keepAliveTimeoutSec}s;
  client_header_timeout 15s;
  large_client_header_buffers 4 16k;
  client_max_body_size ${maxMessageBytes + BODY_HEADROOM_BYTES};
  client_body_buffer_size 128k;
  # One connection for each request: an idle one could be closed by a draining process just when a request is sent on it.
  map $http_upgrade $connection_header {
    default upgrade;
    "" close;
  }`;
}

/** Each process adds its number to the ids of its sessions, so that every request of a session finds it. */
function processes({ firstProcessPort, ...props }: NginxProps): string {
  const numbers = processNumbers(props);
  const address = (number: number): string => `127.0.0.1:${firstProcessPort + number}`;
  // Never marked as failed: a refused connection on the loopback costs nothing, and all at once must not become 502.
  const all = numbers.map((number) => `    server ${address(number)} max_fails=0;`);
  return `  map $arg_sid $process {
    default processes;
${numbers.map((number) => `    "~^${number}\\." process_${number};`).join("\n")}
  }
  upstream processes {
    zone processes 64k;
    least_conn;
${all.join("\n")}
  }
${numbers.map((number) => `  upstream process_${number} { server ${address(number)} max_fails=0; }`).join("\n")}`;
}

function server(props: NginxProps): string {
  const { pingInterval, pingTimeout } = props.heartbeatSec;
  const timeoutSec = pingInterval + pingTimeout + READ_TIMEOUT_HEADROOM_SEC;
  return `  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_header;
  # X-Forwarded-For passes unchanged: its last entry is the one of the load balancer, as in a container behind it.
  proxy_buffering off;
  proxy_connect_timeout 5s;
  proxy_next_upstream error;
  server {
    listen ${props.entrancePort} backlog=4096;
    location = ${props.healthPath} {
      if (-f ${DRAINING_FILE}) { return 503; }
      proxy_pass http://processes;
    }
    location ${props.socketPath} {
      proxy_read_timeout ${timeoutSec}s;
      proxy_send_timeout ${timeoutSec}s;
      # A process that drains refuses handshakes with 503; another one takes them.
      proxy_next_upstream error http_503;
      proxy_pass http://$process;
    }
    location / {
      proxy_pass http://processes;
    }
  }`;
}
