import { Network, type NetworkProps } from "../../modules";
import { itChanges } from "../helpers/transitions/judge";
import { sweep } from "../helpers/transitions/sweep";

itChanges(
  sweep<NetworkProps>(
    "Network",
    (props) =>
      (scope, { name }) =>
        new Network(scope, "network", {
          name,
          availabilityZones: ["ap-northeast-1a", "ap-northeast-1c"],
          egress: "single-nat-instance",
          flowLogs: false,
          ...props,
        }),
    { natInstance: [{ ports: [443, 587] }, { instanceType: "t4g.micro" }, { imageId: "ami-0123456789abcdef0" }] },
  ),
);
