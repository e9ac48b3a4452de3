import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { AlbWebsocket, type AlbWebsocketProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";
import { type Build, changes } from "../helpers/transitions/transitions";

const alb =
  (props: Partial<AlbWebsocketProps>): Build =>
  (scope, { name, network }) =>
    new AlbWebsocket(scope, "alb", { name, network, allowInsecureHttp: true, deletionProtection: false, ...props });

const fromGroup: Build = (scope, surroundings) => {
  const { name, network } = surroundings;
  const { id } = new SecurityGroup(scope, "client", { name: `${name}-client`, vpcId: network.vpcId });
  alb({ allowedSecurityGroupIds: { client: id } })(scope, surroundings);
};

itChanges([
  ...sweep<AlbWebsocketProps>("AlbWebsocket", alb, {
    allowedPrefixListIds: [{ edge: "pl-0123456789abcdef0" }, { edge: "pl-0123456789abcdef1" }],
    deletionProtection: [true],
    ipAddressType: ["dualstack"],
  }),
  changes(
    "AlbWebsocket",
    "allowedSecurityGroupIds",
    ["none", alb({})],
    ["a client", fromGroup],
    ["none, its group destroyed", alb({})],
  ),
]);
