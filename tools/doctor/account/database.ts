import {
  DescribeDBSubnetGroupsCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBProxies,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { ask } from "./ask";
import { type DataStore } from "./data-store";
import { collect } from "./pages";

/** Finds the instance, cluster or proxy that a host name belongs to; `undefined` when RDS has none here. */
export async function findDatabase(rds: RDSClient, host: string): Promise<DataStore | undefined> {
  return (await findInstance(rds, host)) ?? (await findCluster(rds, host)) ?? (await findProxy(rds, host));
}

async function findInstance(rds: RDSClient, host: string): Promise<DataStore | undefined> {
  const instances = await ask(
    "rds:DescribeDBInstances",
    collect(paginateDescribeDBInstances({ client: rds }, {}), (page) => page.DBInstances),
  );
  const found = instances.find(({ Endpoint }) => Endpoint?.Address === host);
  if (found === undefined) return undefined;
  return {
    id: found.DBInstanceIdentifier ?? "",
    status: found.DBInstanceStatus ?? "",
    securityGroupIds: (found.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    subnetIds: (found.DBSubnetGroup?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
  };
}

async function findCluster(rds: RDSClient, host: string): Promise<DataStore | undefined> {
  const clusters = await ask(
    "rds:DescribeDBClusters",
    collect(paginateDescribeDBClusters({ client: rds }, {}), (page) => page.DBClusters),
  );
  const found = clusters.find(({ Endpoint, ReaderEndpoint }) => [Endpoint, ReaderEndpoint].includes(host));
  if (found === undefined) return undefined;
  return {
    id: found.DBClusterIdentifier ?? "",
    status: found.Status ?? "",
    securityGroupIds: (found.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    subnetIds: await subnetsOf(rds, found.DBSubnetGroup ?? ""),
  };
}

async function findProxy(rds: RDSClient, host: string): Promise<DataStore | undefined> {
  const proxies = await ask(
    "rds:DescribeDBProxies",
    collect(paginateDescribeDBProxies({ client: rds }, {}), (page) => page.DBProxies),
  );
  const found = proxies.find(({ Endpoint }) => Endpoint === host);
  if (found === undefined) return undefined;
  return {
    id: found.DBProxyName ?? "",
    status: found.Status ?? "",
    securityGroupIds: found.VpcSecurityGroupIds ?? [],
    subnetIds: found.VpcSubnetIds ?? [],
  };
}

async function subnetsOf(rds: RDSClient, name: string): Promise<readonly string[]> {
  if (name === "") return [];
  const query = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: name });
  const { DBSubnetGroups = [] } = await ask("rds:DescribeDBSubnetGroups", rds.send(query));
  return (DBSubnetGroups[0]?.Subnets ?? []).flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []);
}
