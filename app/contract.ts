/**
 * What the container needs from its infrastructure, and what it promises to it: one value that both sides read. The app
 * validates its own environment against it at boot; the stacks render the task definition, the health check, the idle timeout,
 * the drain budget, the alarms and the dashboard from it. A variable added on one side only is a type error on the other.
 *
 * Plain data with no imports, so that the app, the stacks and the tools can all take it.
 */
export const contract = {
  name: "messenger-crm",

  container: {
    /** TCP port of HTTP and WebSocket alike. */
    port: 3000,
    /** Numeric `uid:gid`; never root. */
    user: "1001:1001",
    /** The image's own CMD serves; this one brings the database's schema up to date and exits 0. Safe to run twice at once. */
    migrateCommand: ["node", "migrate.js"],
    /** Longest from start until the health check answers 200, in seconds, at the smallest task size. */
    bootSec: 60,
    /** Longest that the migration may take before a deploy counts as failed, in seconds; ECS on Fargate waits no longer than 120. */
    migrateSec: 120,
  },

  health: {
    /** For the load balancer: 200 while the task can take connections, 503 from SIGTERM on. */
    path: "/api/health",
    /** 200 while the process itself is well, whatever its dependencies are. */
    livenessPath: "/api/livez",
    /** 503 while PostgreSQL cannot be reached. */
    readinessPath: "/api/readyz",
  },

  socket: {
    path: "/socket.io/",
    /** Long-polling is the fallback behind proxies that break WebSockets; it needs sticky sessions. */
    transports: ["websocket", "polling"],
    heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
    /** Longest accepted message on the wire, in bytes. */
    maxPayloadBytes: 65_536,
  },

  http: {
    /** Has to be longer than the load balancer's idle timeout, or it meets a connection that was just closed: a sporadic 502. */
    keepAliveTimeoutSec: 75,
    /**
     * Longest from the first byte of a request to the last of its headers. Node counts it from the request, not from the request before it
     * on the same connection, so that it may be much shorter than the keep-alive timeout (measured on Node 20).
     */
    headersTimeoutSec: 15,
  },

  drain: {
    /** Seconds from SIGTERM to exit 0: in-flight acknowledgements, then all connections closed in jittered batches. */
    shutdownSec: 60,
  },

  metrics: {
    namespace: "MessengerCRM",
    /** The one dimension of every metric; its value is SERVICE_NAME. */
    dimension: "Service",
    /** Seconds between two reports of a gauge, zeros included. */
    intervalSec: 60,
    names: {
      openConnections: "OpenConnections",
      messagesAccepted: "MessagesAccepted",
      ackLatencyMs: "AckLatencyMs",
      deliveryLatencyMs: "DeliveryLatencyMs",
      eventLoopLagMs: "EventLoopLagMs",
      adapterConnected: "AdapterConnected",
    },
  },

  logs: {
    /** Stands in the log line of every new connection; the guide's metric filter counts it. */
    connectedLine: "[WebSocket] Client connected",
    /** The metric that it is counted in: connections made, not open ones. */
    connectedMetric: "WebSocketConnections",
  },

  redis: {
    /** Every key that the app writes begins with it. */
    keyPrefix: "messenger-crm:",
    /** Every Pub/Sub channel of the Socket.IO adapter begins with it. */
    channelPrefix: "socket.io",
  },

  database: {
    name: "messenger_crm",
    /** The app signs in by this user with a 15-minute IAM token; the migration creates it. */
    appUser: "messenger_app",
  },

  /** Plain variables; every one is set by the stacks. */
  environment: {
    NODE_ENV: "production in every deployed environment",
    PORT: "port to listen on",
    HOSTNAME: "address to bind; 0.0.0.0 in a container",
    AWS_REGION: "region for signing IAM tokens",
    SERVICE_NAME: "name of this deployment, the dimension of every metric",
    NEXTAUTH_URL: "the site's public origin",
    ALLOWED_ORIGINS: "comma-separated origins that may open a socket, matched exactly",
    NEXT_PUBLIC_SOCKET_URL:
      "the sockets' public origin; Next inlines it at build, so the server hands it to the page at run time",
    DATABASE_URL: "postgresql URL with a user and no password",
    DATABASE_AUTH:
      "how to get the password: iam signs a token, secret fetches DATABASE_SECRET_ARN for each connection, none takes the URL as it is",
    REDIS_URL: "redis URL with a user and no password; rediss for TLS",
    REDIS_AUTH: "how to get the password: iam signs a token, none takes the URL as it is",
    SOCKET_ADAPTER: "in-memory, redis or sharded-redis",
    LOG_LEVEL: "pino level",
  },

  /** Plain variables that a deployment sets where it needs them. */
  optionalEnvironment: {
    DATABASE_SECRET_ARN:
      "ARN or name of the secret that DATABASE_AUTH=secret fetches: JSON with a password, as RDS manages it",
    DATABASE_CA_FILE:
      "PEM file of the certificate authorities for PostgreSQL; without it the public ones and those of RDS, which the app carries",
    DATABASE_CONNECTIONS: "most connections of one task; 10 without it",
    REDIS_CA_FILE: "PEM file of the certificate authorities for Redis; the public ones without it",
    TRUSTED_PROXY_HOPS: "proxies in front that append to X-Forwarded-For; 1 without it in production, else 0",
    OIDC_ISSUER: "OpenID Connect issuer, for signing in without a password",
    OIDC_CLIENT_ID: "client id at that issuer",
  },

  /** Secret variables that a deployment sets where it needs them; nothing generates them. */
  optionalSecrets: {
    OIDC_CLIENT_SECRET: "client secret at OIDC_ISSUER",
  },

  /** Secret variables; each is 32 or more random letters and digits, and raising its version in the stack rotates it. */
  secrets: {
    NEXTAUTH_SECRET: { meaning: "encrypts session cookies", length: 48 },
    SOCKET_TICKET_SECRET: { meaning: "signs the short-lived tickets of socket handshakes", length: 48 },
    VISITOR_TOKEN_SECRET: { meaning: "signs the narrow tokens of customers", length: 48 },
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: {
      meaning: "lets tasks of two releases read each other's server actions; 32 base64 characters are an AES-192 key",
      length: 32,
    },
  },

  /** Secret variables of the migration alone. */
  migrationSecrets: {
    DATABASE_MASTER_CREDENTIALS: "JSON with the username and password of the master user, as RDS manages it",
  },
} as const;

export type AppContract = typeof contract;
export type EnvironmentVariable = keyof AppContract["environment"];
export type OptionalEnvironmentVariable = keyof AppContract["optionalEnvironment"];
export type OptionalSecretVariable = keyof AppContract["optionalSecrets"];
export type SecretVariable = keyof AppContract["secrets"];
export type MigrationSecretVariable = keyof AppContract["migrationSecrets"];
