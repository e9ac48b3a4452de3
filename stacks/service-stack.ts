import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { type AppContract } from "../app/contract";
import { type Environment } from "../environments";
import { EncryptionKey } from "../modules/encryption-key";
import { createAlarmTopic, createMonitoring } from "./alarms";
import { addAwsProvider } from "./aws-provider";
import { createCompute } from "./compute";
import { createDatabase } from "./data/database";
import { createNetwork } from "./network";
import { addOutputs } from "./outputs";
import { type RegistryLocation } from "./registry-stack";
import { type ServiceContext } from "./service-context";
import { addStateBackend, type StateBackend } from "./state-backend";

export interface ServiceStackProps {
  readonly contract: AppContract;
  readonly environment: Environment;
  readonly registry: RegistryLocation;
  readonly backend: StateBackend;
  /** Default tags beside `Application`, `Environment` and `ManagedBy`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Creates one environment: network, database, compute and entrance, alarms. */
export class ServiceStack extends TerraformStack {
  /** @throws ConfigurationError from the first construct that refuses its props */
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id);
    const { contract, environment, registry, backend } = props;
    const { accountId, region, state } = environment;
    const name = `${contract.name}-${environment.name}`;
    const tags = { Application: contract.name, Environment: environment.name, ManagedBy: "terraform", ...props.tags };
    addAwsProvider(this, { accountId, region, tags });
    addStateBackend(this, backend, { bucket: state.bucket, region });

    const kmsKeyArn = this.createKey(name, environment);
    const context: ServiceContext = { stack: this, name, contract, environment, kmsKeyArn, tags };
    const network = createNetwork(context);
    const database = createDatabase(context, network);
    const topic = createAlarmTopic(context);
    const compute = createCompute({ ...context, registry, network, database, alarmTopicArn: topic.topicArn });
    createMonitoring(context, { topic, database, compute });
    addOutputs(this, {
      url: [compute.entrance.origin, "Where the application answers"],
      ...compute.entrance.outputs,
      ...compute.outputs,
      database_host: [database.host, "Host of the database"],
      database_master_secret_arn: [database.masterUserSecretArn, "Secret that RDS keeps the master password in"],
      alarm_topic_arn: [topic.topicArn, "Topic of all alarms"],
    });
  }

  private createKey(name: string, environment: Environment): string | undefined {
    const { customerManagedKey, accountId, region, disposable } = environment;
    if (!customerManagedKey) return undefined;
    // Final snapshots and retained backups are readable only as long as the key exists.
    const deletionProtection = !disposable;
    return new EncryptionKey(this, "encryption-key", { name, accountId, region, deletionProtection }).keyArn;
  }
}
