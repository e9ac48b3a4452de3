import { readLoadTest } from "../../../tools/capacity/knee";
import { readMeasured } from "../../../tools/capacity/measured";
import { capacity, CONNECTIONS } from "../../../tools/capacity/report";
import { renderChart } from "../../../tools/render/line-chart";
import { PriceList } from "../../../tools/prices/price-list";
import { PRICES, REGION } from "../cost/helpers";

const prices = PriceList.read(REGION, PRICES);

it("writes the same page and pictures each time, each picture shown once", () => {
  const first = capacity(readMeasured(), readLoadTest(), prices);
  expect(capacity(readMeasured(), readLoadTest(), prices)).toEqual(first);
  const shown = [...first.page.matchAll(/\]\(capacity\/([a-z-]+\.svg)\)/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual(Object.keys(first.pictures).sort());
  for (const connections of CONNECTIONS) expect(first.page).toContain(`| ${connections.toLocaleString("en-US")} |`);
  expect(first.page).not.toMatch(/NaN|undefined|Infinity/);
  expect(Object.values(first.pictures).join("")).not.toMatch(/NaN|undefined|Infinity/);
});

describe("a chart", () => {
  const axis = { label: "x", scale: "linear", tick: String } as const;

  it("puts ticks at round numbers, and values at their coordinates", () => {
    const svg = renderChart({
      title: "a < b",
      x: axis,
      y: axis,
      series: [
        {
          name: "one",
          color: "#000",
          points: [
            [0, 0],
            [100, 40],
          ],
        },
      ],
    });
    expect(svg).toContain("<title>a &lt; b</title>");
    expect([...svg.matchAll(/text-anchor="end">([0-9.]+)</g)].map(([, tick]) => tick)).toEqual([
      "0",
      "10",
      "20",
      "30",
      "40",
    ]);
    // The plot is from 80 to 675 across and from 290 up to 40.
    expect(svg).toContain('points="80,290 675,40"');
  });

  it("draws powers of ten at equal distances", () => {
    const log = { ...axis, scale: "log" } as const;
    const svg = renderChart({
      title: "t",
      x: log,
      y: log,
      series: [
        {
          name: "one",
          color: "#000",
          points: [
            [1, 1],
            [10, 10],
            [100, 100],
          ],
        },
      ],
    });
    expect(svg).toContain('points="80,290 377.5,165 675,40"');
  });
});
