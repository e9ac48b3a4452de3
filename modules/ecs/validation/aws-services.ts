import { type Checks, formatValue } from "../../core/checks";
import { isPrivate, overlap, parseCidr } from "../../core/cidr";
import { isUnresolved } from "../../core/tokens";
import { type CalledService, calledServices, pullsFromEcr } from "../aws-services";
import { type CompleteTaskProps } from "../defaults";
import { isImageReference } from "../image-reference";
import { type TaskNetwork } from "../references";

/**
 * Refuses a service whose tasks cannot reach what they need to start, as far as the network says how they reach it. Expects the other
 * checks of the network to have passed.
 */
export function checkReachability(checks: Checks, props: CompleteTaskProps): void {
  const { network } = props;
  if (network === undefined) return;
  const called = calledServices(props);
  checkEndpoints(checks, network, called);
  checkRegistry(checks, props);
  checkEgress(checks, props, called);
}

/** Refuses services without an endpoint in a network that tasks leave through endpoints only, unless it adds the endpoint. */
export function checkEndpoints(checks: Checks, network: TaskNetwork, called: readonly CalledService[]): void {
  const { endpointsOnly, interfaceEndpoints, addInterfaceEndpoint } = network;
  if (endpointsOnly !== true || interfaceEndpoints === undefined || addInterfaceEndpoint !== undefined) return;
  const missing = called.filter(({ service }) => !interfaceEndpoints.includes(service));
  checks.require(missing.length === 0, {
    code: "ecs/missing-endpoint",
    prop: "network.interfaceEndpoints",
    expected: "an endpoint for each AWS service that the tasks call",
    got: `none for ${missing.map(({ service, usedBy }) => `${service} (${usedBy})`).join(", ")}`,
    remedy: "Add them to the network's interfaceEndpoints, or use a network with a NAT.",
  });
}

/** Registries that are in the internet only. An image without a registry comes from Docker Hub. */
const PUBLIC_REGISTRY =
  /^(?:[^./:]+\/|[^/]*$|(?:docker\.io|ghcr\.io|quay\.io|gcr\.io|public\.ecr\.aws|registry\.k8s\.io|mcr\.microsoft\.com)\/)/;

function checkRegistry(checks: Checks, props: CompleteTaskProps): void {
  if (props.network.endpointsOnly !== true) return;
  checkReachableImage(checks, "image", props);
  for (const [name, sidecar] of Object.entries(props.sidecars)) {
    if (sidecar) checkReachableImage(checks, `sidecars.${name}.image`, sidecar);
  }
}

function checkReachableImage(
  checks: Checks,
  prop: string,
  reference: Pick<CompleteTaskProps, "image" | "repositoryArn">,
): void {
  const { image } = reference;
  const literal = typeof image === "string" && !isUnresolved(image) && isImageReference(image);
  if (!literal || pullsFromEcr(reference)) return;
  checks.require(!PUBLIC_REGISTRY.test(image), {
    code: "ecs/unreachable-registry",
    prop,
    expected: "an image in ECR, because tasks of this network reach AWS services only",
    got: formatValue(image),
    remedy: "Push it to a private repository of ECR, or use a network with a NAT.",
  });
}

/** Refuses addresses from which a task cannot start: its security group would drop the calls. */
function checkEgress(checks: Checks, props: CompleteTaskProps, called: readonly CalledService[]): void {
  const { egressCidrs, egressPrefixListIds, network } = props;
  const { cidrBlock, endpointsOnly, interfaceEndpoints = [], s3PrefixListId } = network;
  if (!Array.isArray(egressCidrs) || isUnresolved(egressCidrs)) return;
  const blocks: readonly string[] = egressCidrs;
  const refuse = (expected: string, remedy: string) =>
    checks.add({
      code: "ecs/unreachable-service",
      prop: "egressCidrs",
      expected,
      got: blocks.map(formatValue).join(", ") || "nothing",
      remedy,
    });
  const reachesInternet = blocks.some(mayBePublic);
  const byGateway = s3PrefixListId !== undefined || (endpointsOnly === true && !interfaceEndpoints.includes("s3"));
  if (byGateway && pullsFromEcr(props) && !reachesInternet && Object.keys(egressPrefixListIds).length === 0) {
    refuse(
      "also the addresses of S3, from which the layers of the image come",
      "Add egressPrefixListIds: { s3: network.s3PrefixListId }.",
    );
  }
  const inVpc = called.filter(({ service }) => interfaceEndpoints.includes(service));
  if (inVpc.length > 0 && isKnown(cidrBlock) && !blocks.some((block) => shareAddress(block, cidrBlock))) {
    refuse(`also the addresses of the endpoints of ${names(inVpc)}, in ${cidrBlock}`, `Add "${cidrBlock}".`);
  }
  const outside = called.filter(({ service }) => !interfaceEndpoints.includes(service));
  if (endpointsOnly === false && outside.length > 0 && !reachesInternet) {
    refuse(
      `also public addresses, which ${names(outside)} have without an interface endpoint`,
      'Add "0.0.0.0/0", or the services to the network\'s interfaceEndpoints.',
    );
  }
}

function names(called: readonly CalledService[]): string {
  return called.map(({ service }) => service).join(", ");
}

function isKnown(cidrBlock: string | undefined): cidrBlock is string {
  return cidrBlock !== undefined && !isUnresolved(cidrBlock);
}

/** Whether some address of the block may be in the internet; an IPv6 block may. A malformed one is reported elsewhere. */
function mayBePublic(block: string): boolean {
  const parsed = typeof block === "string" ? parseCidr(block) : undefined;
  return parsed === undefined || !isPrivate(parsed);
}

function shareAddress(block: string, other: string): boolean {
  if (String(block).includes(":")) return false;
  const [one, two] = [block, other].map((text) => (typeof text === "string" ? parseCidr(text) : undefined));
  return one === undefined || two === undefined || overlap(one, two);
}
