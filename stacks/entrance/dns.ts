import { type TerraformProvider } from "cdktf";
import { DnsCertificate } from "../../modules/dns-certificate";
import { type StackOutputs } from "../outputs";
import { type EntranceProps, type EntranceSettings } from "./entrance";

/**
 * Creates the site's certificates, and its hosted zone unless the environment names an existing one.
 * @param cloudfrontProvider provider of us-east-1, for a second certificate: CloudFront uses certificates of that region only
 */
export function createDns(
  { stack, environment }: EntranceProps,
  { domainName, zoneName, zoneId, delegated }: EntranceSettings<"route53" | "cloudfront">,
  cloudfrontProvider?: TerraformProvider,
): DnsCertificate {
  return new DnsCertificate(stack, "dns", {
    domainName,
    zoneName,
    zoneId,
    delegated,
    cloudfrontProvider,
    // An existing zone is never deleted.
    forceDestroy: zoneId === undefined && environment.disposable,
  });
}

/** Returns the name servers to enter in the parent zone; no output when the hosted zone already exists. */
export function nameServerOutputs({ nameServers }: DnsCertificate): StackOutputs {
  return nameServers ? { name_servers: [nameServers, "Name servers of the zone, for its parent to name"] } : {};
}
