import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

/** Serves Secrets Manager's GetSecretValue with one secret on 127.0.0.1. Source of the format: AWS Secrets Manager API Reference. */
export class LocalSecretsManager {
  /** Number of requests. */
  requests = 0;
  /** Delay of each response, in milliseconds. */
  delayMs = 0;

  private constructor(
    private readonly server: Server,
    /** The secret's value. */
    public secret: object,
  ) {}

  /** Directs this process's SDK to this server. */
  static async start(secret: object): Promise<LocalSecretsManager> {
    const server = createServer();
    const manager = new LocalSecretsManager(server, secret);
    server.on("request", (request, response) => {
      manager.requests += 1;
      request.resume();
      const known = request.headers["x-amz-target"] === "secretsmanager.GetSecretValue";
      const answer = () => {
        response.writeHead(known ? 200 : 400, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify({ Name: "database", SecretString: JSON.stringify(manager.secret) }));
      };
      // A delayed response must not keep the test process alive.
      setTimeout(answer, manager.delayMs).unref();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "ap-northeast-1",
    });
    return manager;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
