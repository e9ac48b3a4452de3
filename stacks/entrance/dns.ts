import { type TerraformProvider } from "cdktf";
import { DnsCertificate } from "../../modules/dns-certificate/index";
import { type EntranceOf, type EntranceProps, type StackOutputs } from "./entrance";

/** @param cloudfrontProvider for a second certificate, of the region that CloudFront takes one from */
export function createDns(
  { stack, environment }: EntranceProps,
  { domainName, zoneName, zoneId, delegated }: EntranceOf<"route53" | "cloudfront">,
  cloudfrontProvider?: TerraformProvider,
): DnsCertificate {
  return new DnsCertificate(stack, "dns", {
    domainName,
    zoneName,
    zoneId,
    delegated,
    cloudfrontProvider,
    // A zone that was there before stays whatever happens.
    forceDestroy: zoneId === undefined && environment.disposable,
  });
}

/** What the parent of a zone that is made here has to name. */
export function nameServers({ nameServers: servers }: DnsCertificate): StackOutputs {
  return servers ? { name_servers: [servers, "Name servers of the zone, for its parent to name"] } : {};
}
