/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Axis {
  readonly label: string;
  readonly scale: "linear" | "log";
  /** Formats the label of a tick. */
  readonly tick: (value: number) => string;
}

const WIDTH = 720;
const HEIGHT = 360;
const MARGIN = { left: 80, right: 45, top: 40, bottom: 70 } as const;
const TICKS = 5;

/** Renders a line chart as a self-contained SVG without scripts and fonts, readable on light and dark pages. */
export function renderChart({ title, x, y, series }: Chart): string {
  const all = series.flatMap(({ points }) => points);
  const xs = scaleOf(
    x,
    all.map(([value]) => value),
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const ys = scaleOf(
    y,
    all.map(([, value]) => value),
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  const right = WIDTH - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}" font-family="sans-serif" font-size="12" fill="#444">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="22" font-size="15" font-weight="bold">${escape(title)}</text>`,
    ...ys.ticks.flatMap((value) => [
      `<line x1="${MARGIN.left}" x2="${right}" y1="${ys.at(value)}" y2="${ys.at(value)}" stroke="#ddd"/>`,
      `<text x="${MARGIN.left - 8}" y="${ys.at(value)}" dy="4" text-anchor="end">${escape(y.tick(value))}</text>`,
    ]),
    ...xs.ticks.map(
      (value) => `<text x="${xs.at(value)}" y="${bottom + 18}" text-anchor="middle">${escape(x.tick(value))}</text>`,
    ),
    `<text x="${(MARGIN.left + right) / 2}" y="${bottom + 36}" text-anchor="middle">${escape(x.label)}</text>`,
    `<text transform="translate(16 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">${escape(y.label)}</text>`,
    ...series.map(
      ({ color, points }) =>
        `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map(([a, b]) => `${xs.at(a)},${ys.at(b)}`).join(" ")}"/>`,
    ),
    ...series.map(
      ({ name, color }, index) =>
        `<g transform="translate(${MARGIN.left + index * 150} ${HEIGHT - 14})"><rect width="12" height="4" y="-5" fill="${color}"/><text x="18">${escape(name)}</text></g>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

interface Scale {
  readonly ticks: readonly number[];
  at(value: number): number;
}

function scaleOf({ scale }: Axis, values: readonly number[], [from, to]: readonly [number, number]): Scale {
  const high = Math.max(...values);
  const round = (value: number) => Math.round(value * 10) / 10;
  if (scale === "log") {
    const first = Math.floor(Math.log10(Math.min(...values)));
    const last = Math.max(first + 1, Math.ceil(Math.log10(high)));
    return {
      ticks: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
      at: (value) => round(from + ((Math.log10(value) - first) / (last - first)) * (to - from)),
    };
  }
  const step = niceStep(high / TICKS);
  const top = Math.max(step, Math.ceil(high / step) * step);
  return {
    ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step),
    at: (value) => round(from + (value / top) * (to - from)),
  };
}

/** Returns the next step of 1, 2 or 5 times a power of ten. */
function niceStep(least: number): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
