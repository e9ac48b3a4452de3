import { type Topology } from "./topology";

/** Returns the site's public host name: the one that the app is told by NEXTAUTH_URL, else the load balancer's. */
export function publicHost({ task, service, loadBalancer }: Topology): string {
  const app = task.containers.find(({ name }) => name === service.containerName);
  const url = app?.environment["NEXTAUTH_URL"];
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : loadBalancer.dnsName;
}
