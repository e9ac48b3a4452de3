import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBParameterGroupCommand,
  DeleteDBClusterParameterGroupCommand,
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DescribeDBSubnetGroupsCommand,
  ModifyDBSubnetGroupCommand,
} from "@aws-sdk/client-rds";
import { database, databaseGroup } from "./resources/database";
import { network } from "./resources/vpc";
import { aws, expectRefused, fresh } from "./simulated";

describe("RDS", () => {
  it("keeps the subnet group of a database, and its zone in the group", async () => {
    const { subnets, group } = await network();
    const DBSubnetGroupName = await databaseGroup(subnets);
    await database(DBSubnetGroupName, group);
    const deletion = new DeleteDBSubnetGroupCommand({ DBSubnetGroupName });
    await expectRefused(aws.rds.send(deletion), "InvalidDBSubnetGroupStateFault");
    const without = (index: number) =>
      aws.rds.send(new ModifyDBSubnetGroupCommand({ DBSubnetGroupName, SubnetIds: [subnets[1 - index] ?? ""] }));
    await expectRefused(without(0), "SubnetAlreadyInUse");
    await without(1);
    const { DBSubnetGroups } = await aws.rds.send(new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName }));
    expect(DBSubnetGroups?.[0]?.Subnets?.map(({ SubnetIdentifier }) => SubnetIdentifier)).toEqual([subnets[0]]);
  });

  it("keeps the parameter group of a database", async () => {
    const { subnets, group } = await network();
    const DBParameterGroupName = fresh("pg");
    const parameters = { DBParameterGroupName, DBParameterGroupFamily: "postgres17", Description: "p" };
    await aws.rds.send(new CreateDBParameterGroupCommand(parameters));
    await database(await databaseGroup(subnets), group, DBParameterGroupName);
    const deletion = new DeleteDBParameterGroupCommand({ DBParameterGroupName });
    await expectRefused(aws.rds.send(deletion), "InvalidDBParameterGroupStateFault");
  });

  it("keeps the subnet group and the parameter group of a cluster", async () => {
    const { subnets } = await network();
    const DBSubnetGroupName = await databaseGroup(subnets);
    const DBClusterParameterGroupName = fresh("pg");
    const family = { DBParameterGroupFamily: "aurora-postgresql17", Description: "p" };
    await aws.rds.send(new CreateDBClusterParameterGroupCommand({ DBClusterParameterGroupName, ...family }));
    await aws.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: fresh("aurora"),
        Engine: "aurora-postgresql",
        MasterUsername: "owner",
        ManageMasterUserPassword: true,
        DBSubnetGroupName,
        DBClusterParameterGroupName,
      }),
    );
    const groups = new DeleteDBSubnetGroupCommand({ DBSubnetGroupName });
    await expectRefused(aws.rds.send(groups), "InvalidDBSubnetGroupStateFault");
    const parameters = new DeleteDBClusterParameterGroupCommand({ DBClusterParameterGroupName });
    await expectRefused(aws.rds.send(parameters), "InvalidDBParameterGroupStateFault");
  });
});
