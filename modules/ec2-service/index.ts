export { Ec2Service } from "./ec2-service";
export { type InstanceAutoscaling, type InstanceMigrationProps, type InstanceSpot } from "./nested-props";
export { type Ec2ServiceProps } from "./props";
