import { type Service } from "@aws-sdk/client-ecs";
import { type Target } from "../../deploy/target/target";
import { type DoctorClients } from "../clients";
import { type SecurityGroup } from "../network/rules";
import { type DeclaredStack } from "../stack/declared";
import { type Cache, findCache } from "./cache";
import { type DataStore, parseStoreUrl, type StoreUrl } from "./data-store";
import { findDatabase } from "./database";
import { DoesNotApply } from "./does-not-apply";
import { readDistribution } from "./distribution";
import { type LiveBalancer, type LiveTargetGroup, readBalancers, readTargetGroups } from "./load-balancer";
import { type NameServer } from "./name-server";
import { readSecurityGroups, readSubnets, type Subnet } from "./network";
import { once } from "./once";
import { readEcsService, readRunning } from "./service";

const POSTGRESQL_PORT = 5432;
const REDIS_PORT = 6379;

export interface AccountOptions {
  readonly target: Target;
  readonly stack: DeclaredStack;
  readonly aws: DoctorClients;
  readonly names: NameServer;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** An environment as AWS describes it at this moment. Everything is read once, however many checks ask for it. */
export class Account {
  readonly target: Target;
  readonly stack: DeclaredStack;
  readonly aws: DoctorClients;
  readonly names: NameServer;
  readonly now: () => number;

  constructor({ target, stack, aws, names, now }: AccountOptions) {
    this.target = target;
    this.stack = stack;
    this.aws = aws;
    this.names = names;
    this.now = now;
  }

  /** `undefined` before the first deployment. */
  readonly deployedService = once(() => readEcsService(this.aws, this.target));

  /** @throws DoesNotApply before the first deployment */
  readonly service = once(async (): Promise<Service> => {
    const service = await this.deployedService();
    if (service === undefined) throw new DoesNotApply("nothing is deployed yet");
    return service;
  });

  readonly running = once(async () => readRunning(this.aws, await this.service()));

  /** The target groups that the service registers its tasks in. @throws DoesNotApply without a load balancer */
  readonly targetGroups = once(async (): Promise<readonly LiveTargetGroup[]> => {
    const arns = await this.targetGroupArns();
    if (arns.length === 0) throw new DoesNotApply("the service has no load balancer");
    return readTargetGroups(this.aws.elb, arns);
  });

  readonly balancers = once(async (): Promise<readonly LiveBalancer[]> => {
    const arns = (await this.targetGroups()).flatMap(({ balancerArns }) => balancerArns);
    return readBalancers(this.aws.elb, [...new Set(arns)]);
  });

  /** The distribution that serves the site's domain; `undefined` where the stack has none. */
  readonly distribution = once(async () => {
    const domain = await this.domain();
    return this.stack.has("aws_cloudfront_distribution") && domain !== undefined
      ? readDistribution(this.aws.cloudfront, domain)
      : undefined;
  });

  readonly taskSubnets = once(async () => {
    const { networkConfiguration } = await this.service();
    return this.subnets(networkConfiguration?.awsvpcConfiguration?.subnets ?? []);
  });

  readonly taskSecurityGroups = once(async () => {
    const { networkConfiguration } = await this.service();
    return this.securityGroups(networkConfiguration?.awsvpcConfiguration?.securityGroups ?? []);
  });

  /** The URL by which the running tasks reach the database. @throws DoesNotApply when they have none */
  readonly databaseUrl = once(() => this.storeUrl("DATABASE_URL", POSTGRESQL_PORT));

  /** The URL by which the running tasks reach the cache. @throws DoesNotApply when they have none */
  readonly cacheUrl = once(() => this.storeUrl("REDIS_URL", REDIS_PORT));

  readonly database = once(async (): Promise<DataStore | undefined> =>
    findDatabase(this.aws.rds, (await this.databaseUrl()).host),
  );

  readonly cache = once(async (): Promise<Cache | undefined> =>
    findCache(this.aws.elasticache, (await this.cacheUrl()).host),
  );

  /** The site's host name, as the running application knows it; `undefined` when it does not. */
  readonly domain = once(async (): Promise<string | undefined> => {
    const url = (await this.running()).environment["NEXTAUTH_URL"];
    return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
  });

  subnets(ids: readonly string[]): Promise<readonly Subnet[]> {
    return readSubnets(this.aws.ec2, ids);
  }

  securityGroups(ids: readonly string[]): Promise<readonly SecurityGroup[]> {
    return readSecurityGroups(this.aws.ec2, ids);
  }

  async targetGroupArns(): Promise<readonly string[]> {
    return ((await this.service()).loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
  }

  private async storeUrl(variable: string, port: number): Promise<StoreUrl> {
    const url = parseStoreUrl((await this.running()).environment[variable], port);
    if (url === undefined) throw new DoesNotApply(`the running tasks have no URL in ${variable}`);
    return url;
  }
}
