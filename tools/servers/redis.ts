import { serverAccount, serverFolder } from "./account";
import { findProgram } from "../programs/find-program";
import { freePort } from "./free-port";
import { LocalServer } from "./local-server";

export interface RedisOptions {
  /** More arguments of `redis-server`, such as `["--requirepass", "secret"]`. */
  readonly args?: readonly string[];
}

/** A real Redis on a free port of 127.0.0.1, without persistence. */
export class RedisServer extends LocalServer {
  private constructor(
    readonly port: number,
    folder: string,
    options: RedisOptions,
  ) {
    super({
      name: "redis-server",
      command: findProgram({ name: "redis-server", debianPackage: "redis-server" }),
      args: [
        ...["--port", String(port), "--bind", "127.0.0.1", "--dir", folder],
        ...["--save", "", "--appendonly", "no", "--daemonize", "no", ...(options.args ?? [])],
      ],
      folder,
      account: serverAccount(),
      ready: /Ready to accept connections/,
      stopSignal: "SIGTERM",
    });
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  static async start(options: RedisOptions = {}): Promise<RedisServer> {
    const folder = serverFolder("redis-server-");
    const server = new RedisServer(await freePort(), folder, options);
    await server.launch();
    return server;
  }
}
