import { type ChangeAction, ChangeResourceRecordSetsCommand, CreateHostedZoneCommand } from "@aws-sdk/client-route-53";
import { type Gap } from "./gap";

export const ROUTE53_GAPS: readonly Gap[] = [
  [
    "route53: a record that was deleted and is created again",
    async ({ route53 }) => {
      const zone = { Name: "gap.example.com", CallerReference: "gap" };
      const { HostedZone } = await route53.send(new CreateHostedZoneCommand(zone));
      const change = (Action: ChangeAction, name: string) => {
        const ResourceRecords = [{ Value: "192.0.2.1" }];
        const ResourceRecordSet = { Name: `${name}.gap.example.com`, Type: "A" as const, TTL: 60, ResourceRecords };
        const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
        return route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone?.Id, ChangeBatch }));
      };
      // Stock moto takes a record that follows in the zone for the deleted one.
      await change("CREATE", "b");
      for (const action of ["CREATE", "DELETE", "CREATE"] as const) await change(action, "a");
      return true;
    },
  ],
];
