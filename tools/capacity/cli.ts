/** `make capacity`: writes docs/capacity.md and its pictures from measurements, AWS's limits and the price list. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PriceList } from "../prices/price-list";
import { readLoadTest } from "./knee";
import { readMeasured } from "./measured";
import { capacity } from "./report";

const DOCS = join(__dirname, "../../docs");
const REGION = "ap-northeast-1";

const { page, pictures } = capacity(readMeasured(), readLoadTest(), PriceList.read(REGION));
mkdirSync(join(DOCS, "capacity"), { recursive: true });
writeFileSync(join(DOCS, "capacity.md"), page);
for (const [name, picture] of Object.entries(pictures)) writeFileSync(join(DOCS, "capacity", name), picture);
console.log(`Wrote docs/capacity.md and ${Object.keys(pictures).length} pictures in docs/capacity/`);
