/**
 * What the application needs from its infrastructure and what it promises to it. The application validates its environment variables
 * against it at boot; the stacks render the task definition, the health check, the idle timeout, the drain budget, the alarms and the
 * dashboard from it. A variable that is added on one side only is a type error on the other.
 *
 * Plain data without imports, so that the application, the stacks and the tools can all read it. It has two parts: what every compute
 * shares, and what a container adds.
 */

/** What the application needs and promises whatever runs it: a container or a function. */
export const applicationContract = {
  name: "messenger-crm",

  metrics: {
    namespace: "MessengerCRM",
    /** The only dimension of every metric; its value is SERVICE_NAME. */
    dimension: "Service",
    names: {
      openConnections: "OpenConnections",
      messagesAccepted: "MessagesAccepted",
      ackLatencyMs: "AckLatencyMs",
      deliveryLatencyMs: "DeliveryLatencyMs",
    },
  },

  logs: {
    /** Part of the log line of every new connection; the guide's metric filter counts these lines. */
    connectedLine: "[WebSocket] Client connected",
    /** The metric that counts them: connections made, not open ones. */
    connectedMetric: "WebSocketConnections",
  },

  database: {
    name: "messenger_crm",
    /** The application connects as this user with a 15-minute IAM token; the migration creates it. */
    appUser: "messenger_app",
    /** Most connections of a task unless DATABASE_CONNECTIONS says otherwise. */
    connectionsPerTask: 10,
  },

  /** Plain environment variables; the stacks set every one. */
  environment: {
    NODE_ENV: "production in every deployed environment",
    AWS_REGION: "region for signing IAM tokens",
    SERVICE_NAME: "name of this deployment, the dimension of every metric",
    NEXTAUTH_URL: "the site's public origin",
    ALLOWED_ORIGINS: "comma-separated origins that may open a socket, matched exactly",
    NEXT_PUBLIC_SOCKET_URL:
      "the sockets' public origin; Next inlines it at build, so the server passes it to the page at run time",
    DATABASE_URL: "postgresql URL with a user and no password",
    DATABASE_AUTH:
      "how to get the password: iam signs a token, secret fetches DATABASE_SECRET_ARN for each connection, none uses the URL unchanged",
    LOG_LEVEL: "pino level",
  },

  /** Plain environment variables that a deployment sets where it needs them. */
  optionalEnvironment: {
    DATABASE_SECRET_ARN:
      "ARN or name of the secret that DATABASE_AUTH=secret fetches: JSON with a password, as RDS manages it",
    DATABASE_CA_FILE:
      "PEM file of the certificate authorities for PostgreSQL; default: the public ones and those of RDS, which the application includes",
    DATABASE_CONNECTIONS: "maximum number of database connections of one task; default 10",
    OIDC_ISSUER: "OpenID Connect issuer, for signing in without a password",
    OIDC_CLIENT_ID: "client id at that issuer",
  },

  /** Secret environment variables that a deployment sets where it needs them; nothing generates them. */
  optionalSecrets: {
    OIDC_CLIENT_SECRET: "client secret at OIDC_ISSUER",
  },

  /**
   * Secret environment variables: 32 or more random letters and digits each. Of all but the last, two values with a comma between are valid while
   * one replaces the other (`make secrets`): the first signs, both are accepted. Raising a secret's version in the stack replaces it at once.
   */
  secrets: {
    NEXTAUTH_SECRET: { meaning: "encrypts session cookies", length: 48 },
    SOCKET_TICKET_SECRET: { meaning: "signs the short-lived tickets of socket handshakes", length: 48 },
    VISITOR_TOKEN_SECRET: { meaning: "signs the narrow tokens of customers", length: 48 },
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: {
      meaning: "lets tasks of two releases read each other's server actions; 32 base64 characters are an AES-192 key",
      length: 32,
    },
  },

  /** Secret environment variables of the migration only. */
  migrationSecrets: {
    DATABASE_MASTER_CREDENTIALS: "JSON with the username and password of the master user, as RDS manages it",
  },
} as const;

/** What the application needs and promises in addition where it runs as a container. */
export const containerContract = {
  /** TCP port of both HTTP and WebSocket. */
  port: 3000,
  /** Numeric `uid:gid`; never root. */
  user: "1001:1001",
  image: {
    /** Label of the image, by which a deployment tells whether it was built for the stack's contract. */
    contractLabel: "messenger-crm.contract",
    /** Raised when an image of the contract before cannot run in a stack of this one, or the other way round. */
    contractVersion: "1",
  },
  /** The image's own CMD starts the server; this command migrates the database and exits 0. Two may run at the same time. */
  migrateCommand: ["node", "migrate.js"],
  /** Maximum time from start until the health check answers 200 at the smallest task size, in seconds. */
  bootSec: 60,
  /** Maximum time of the migration before a deployment counts as failed, in seconds. ECS on Fargate waits at most 120. */
  migrateSec: 120,

  health: {
    /** For the load balancer: 200 while the task accepts connections, 503 from SIGTERM on. */
    path: "/api/health",
    /** 200 while the process is healthy, whatever the state of its dependencies. */
    livenessPath: "/api/livez",
    /** 503 while PostgreSQL cannot be reached. */
    readinessPath: "/api/readyz",
  },

  socket: {
    path: "/socket.io/",
    /** Long-polling is the fallback behind proxies that break WebSockets; it needs sticky sessions. */
    transports: ["websocket", "polling"],
    heartbeat: { pingIntervalSec: 25, pingTimeoutSec: 20 },
    /** Maximum size of one packet, in bytes. */
    maxPayloadBytes: 65_536,
  },

  http: {
    /** Must exceed the load balancer's idle timeout; otherwise the load balancer reuses connections that Node has just closed: sporadic 502s. */
    keepAliveTimeoutSec: 75,
    /**
     * Maximum time from the first byte of a request to the end of its headers. Node counts from the request itself, not from the previous
     * one on the same connection, so it may be much shorter than the keep-alive timeout (measured on Node 20).
     */
    headersTimeoutSec: 15,
  },

  drain: {
    /** Seconds from SIGTERM to exit 0: first in-flight acknowledgements, then all connections closed in jittered batches. */
    shutdownSec: 60,
  },

  metrics: {
    /** Seconds between two reports of a gauge; zeros are reported too. */
    intervalSec: 60,
    /** Every metric of a container: the shared ones and those of a long-running process. */
    names: {
      ...applicationContract.metrics.names,
      eventLoopLagMs: "EventLoopLagMs",
      adapterConnected: "AdapterConnected",
    },
  },

  redis: {
    /** Prefix of every key that the application writes. */
    keyPrefix: "messenger-crm:",
    /** Prefix of every Pub/Sub channel of the Socket.IO adapter. */
    channelPrefix: "socket.io",
    /** Most connections of a task to one node: a publisher and a subscriber, each doubled while a cluster client reconnects. */
    connectionsPerTask: 4,
  },

  /** Every plain environment variable of a container: the shared ones and its own. */
  environment: {
    ...applicationContract.environment,
    PORT: "port to listen on",
    HOSTNAME: "address to bind; 0.0.0.0 in a container",
    REDIS_URL: "redis URL with a user and no password; rediss for TLS",
    REDIS_AUTH: "how to get the password: iam signs a token, none uses the URL unchanged",
    SOCKET_ADAPTER: "in-memory, redis or sharded-redis",
  },

  /** Every optional plain environment variable of a container: the shared ones and its own. */
  optionalEnvironment: {
    ...applicationContract.optionalEnvironment,
    REDIS_CA_FILE: "PEM file of the certificate authorities for Redis; default: the public ones",
    PROCESS_NUMBER:
      "number of this process among those of its machine; session ids begin with it, so that a proxy finds the process of a session",
    TRUSTED_PROXY_HOPS:
      "number of proxies in front that append to X-Forwarded-For; default 1 in production, 0 elsewhere",
    SOCKET_TRANSPORTS:
      "comma-separated Socket.IO transports that clients may use; default websocket,polling; polling alone where the way to the container carries no WebSockets",
    MIGRATE_AT_START:
      "true migrates the database before the server listens, with DATABASE_MASTER_CREDENTIALS, where no task can run the migration first; default false",
  },
} as const;

export const contract = { ...applicationContract, container: containerContract } as const;

export type ApplicationContract = typeof applicationContract;
export type ContainerContract = typeof containerContract;
/** The contract of an application that runs as a container. */
export type AppContract = typeof contract;

/** Environment variables that every compute sets. */
export type SharedEnvironmentVariable = keyof ApplicationContract["environment"];
/** Environment variables of a container. */
export type EnvironmentVariable = keyof ContainerContract["environment"];
export type OptionalEnvironmentVariable = keyof ContainerContract["optionalEnvironment"];
export type OptionalSecretVariable = keyof ApplicationContract["optionalSecrets"];
export type SecretVariable = keyof ApplicationContract["secrets"];
export type MigrationSecretVariable = keyof ApplicationContract["migrationSecrets"];
