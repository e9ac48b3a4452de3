import { Database } from "../../modules/database";
import { type Network } from "../../modules/network";
import { type ServiceContext } from "../service-context";

export function createDatabase(context: ServiceContext, network: Network): Database {
  const { stack, name, contract, environment, kmsKeyArn } = context;
  const { database, disposable, logRetentionDays } = environment;
  return new Database(stack, "database", {
    name,
    network,
    engine: "postgres",
    databaseName: contract.database.name,
    ...database,
    deletionProtection: !disposable,
    skipFinalSnapshot: disposable,
    deleteAutomatedBackups: disposable,
    logRetentionDays,
    kmsKeyArn,
    masterUserSecretKmsKeyArn: kmsKeyArn,
    logsKmsKeyArn: kmsKeyArn,
  });
}
