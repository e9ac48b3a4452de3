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

/** Synthesizes one cache, and lets the test look at the construct too. */
export function cache(props: Partial<CacheProps> = {}, look?: (made: Cache) => void): Template {
  return synthesize((stack) => {
    const made = new Cache(stack, "cache", { ...minimal, ...props });
    look?.(made);
  });
}

/** The lines with which the props are refused. */
export function refused(props: Partial<CacheProps>): string[] {
  return refusal((stack) => void new Cache(stack, "cache", { ...minimal, ...props }));
}
