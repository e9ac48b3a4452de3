import { Cache, type CacheProps } from "../../../modules/cache";
import { refusal } from "../../helpers/refusal";
import { synthesize } from "../../helpers/synth";
import { type Template } from "../../helpers/template";

export const minimal: CacheProps = {
  name: "crm-dev",
  network: {
    vpcId: "vpc-0123456789abcdef0",
    isolatedSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  },
};

/** Synthesizes one cache and passes the construct to `look`. */
export function cache(props: Partial<CacheProps> = {}, look?: (made: Cache) => void): Template {
  return synthesize((stack) => {
    const made = new Cache(stack, "cache", { ...minimal, ...props });
    look?.(made);
  });
}

/** Returns the lines of the error for these props. */
export function refused(props: Partial<CacheProps>): string[] {
  return refusal((stack) => void new Cache(stack, "cache", { ...minimal, ...props }));
}

export const replicationGroup = (template: Template) => template.only("aws_elasticache_replication_group");
