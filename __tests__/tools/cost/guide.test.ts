import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PriceList } from "../../../tools/prices/price-list";
import { ROOT } from "../../helpers/run-program";
import { billOf, PRICES, REGION, planJson } from "./helpers";

const list = PriceList.read(REGION, PRICES);
const hourly = (id: string, count: number) => Math.round(list.find(id)!.usd * count * list.hoursPerMonth * 100);
const dollars = (cents: number) => (cents / 100).toFixed(2);

const balancer = hourly("alb.hour", 1) + hourly("ipv4.hour", 2);
const arm = hourly("fargate.arm.vcpu", 0.5) + hourly("fargate.arm.gb", 1);
const x86 = hourly("fargate.x86.vcpu", 0.5) + hourly("fargate.x86.gb", 1);
const addresses = hourly("ipv4.hour", 2);
const instances = hourly("ec2.t3.small", 2);
const disks = Math.round(40 * list.find("ebs.gp3")!.usd * 100);
const idle = hourly("apprunner.gb", 2);
const computing = idle + hourly("apprunner.vcpu", 1);

const cells = (file: string) =>
  readFileSync(join(ROOT, file), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.split("|").map((cell) => cell.trim()));

it("states the guide's patterns at list prices", () => {
  const rows = cells("tools/cost/README.md").filter(
    ([, name = "", guide = ""]) => /^[ABC]: /.test(name) && /^\d/.test(guide),
  );
  expect(rows.map(([, , guide, ours]) => [guide, ours])).toEqual([
    ["50 to 70", dollars(balancer + arm + addresses)],
    ["50 to 60", dollars(balancer + instances + addresses + disks)],
    ["25 to 40", dollars(idle)],
  ]);
  const [a, , c] = rows.map(([, , , , leftOut]) => leftOut);
  expect(a).toContain(`\`make cost ENV=dev\` says ${dollars(billOf(planJson("dev")).totalCents)},`);
  expect(a).toContain(`\`prod\` ${dollars(billOf(planJson("prod")).totalCents)}`);
  expect(c).toContain(dollars(computing));
});

it("states them row by row", () => {
  const rows = cells("tools/cost/README.md").filter(([, name = ""]) => /^[ABC]$/.test(name));
  expect(rows.map(([, , , , ours]) => ours)).toEqual([
    dollars(balancer),
    `${dollars(arm)} (${dollars(x86)})`,
    dollars(addresses),
    `**${dollars(balancer + arm + addresses)}** (${dollars(balancer + x86 + addresses)})`,
    dollars(instances),
    dollars(balancer),
    dollars(addresses + disks),
    `**${dollars(balancer + instances + addresses + disks)}**`,
    `${dollars(idle)} (${dollars(computing)})`,
  ]);
});
