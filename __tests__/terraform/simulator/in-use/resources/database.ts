import { CreateDBInstanceCommand, CreateDBSubnetGroupCommand } from "@aws-sdk/client-rds";
import { aws, fresh } from "../simulated";

export async function databaseGroup(SubnetIds: readonly string[]): Promise<string> {
  const DBSubnetGroupName = fresh("db");
  const group = { DBSubnetGroupName, DBSubnetGroupDescription: "g", SubnetIds: [...SubnetIds] };
  await aws.rds.send(new CreateDBSubnetGroupCommand(group));
  return DBSubnetGroupName;
}

export async function database(DBSubnetGroupName: string, group: string, DBParameterGroupName?: string) {
  await aws.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: fresh("db"),
      DBInstanceClass: "db.t4g.micro",
      Engine: "postgres",
      AllocatedStorage: 20,
      MasterUsername: "owner",
      ManageMasterUserPassword: true,
      VpcSecurityGroupIds: [group],
      DBSubnetGroupName,
      DBParameterGroupName,
    }),
  );
}
