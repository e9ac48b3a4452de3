import { contract } from "../../../app/contract";
import { freePort } from "../../../tools/servers/free-port";
import { PostgresServer } from "../../../tools/servers/postgres";
import { RedisServer } from "../../../tools/servers/redis";
import { EcrImage } from "./ecr-image";
import { Instance } from "./instance";

/** What the instances of one site share: data stores, the image in the registry, and the site's address. */
export class Ground {
  private readonly instances: Instance[] = [];

  private constructor(
    readonly postgres: PostgresServer,
    readonly redis: RedisServer,
    readonly image: EcrImage,
    /** Port of the site, whose origin the application accepts. */
    readonly sitePort: number,
  ) {}

  static async open(): Promise<Ground> {
    const image = EcrImage.build();
    const [postgres, redis, port] = await Promise.all([PostgresServer.start(), RedisServer.start(), freePort()]);
    await postgres.createDatabase(contract.database.name);
    return new Ground(postgres, redis, image, port);
  }

  /** Starts an instance, which `close` ends. @param over props that differ from those of a healthy one */
  async start(over?: Parameters<typeof Instance.start>[1]): Promise<Instance> {
    const instance = await Instance.start(this, over);
    this.instances.push(instance);
    return instance;
  }

  async close(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.kill()));
    this.image.remove();
    await Promise.all([this.postgres.close(), this.redis.close()]);
  }
}
