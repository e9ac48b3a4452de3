import { type AttributeChange } from "../changes/attribute-change";
import { type Severity } from "../data-loss/loss";
import { type Effect } from "../impact/interruption";
import { type ChangeReport, ROOT_MODULE, type StackReport } from "../report";
import { dollars, signedDollars } from "../../render/money";
import { code, type Line, type Row, type Section } from "./section";
import { duration } from "./words";

/** Most attributes that one row shows. */
const MOST_ATTRIBUTES = 12;

/** Lists the sections of a stack's report that have something to say, the most important first. */
export function sectionsOf(report: StackReport): Section[] {
  return [
    checks(report),
    dataLoss(report),
    interruptions(report),
    policies(report),
    changes(report, "Replaced", 4, ({ kind }) => kind === "replace"),
    changes(report, "Destroyed", 5, ({ kind }) => kind === "destroy"),
    changes(report, "Updated", 7, ({ kind }) => kind === "update"),
    changes(report, "Created", 11, ({ kind }) => kind === "create"),
    changes(report, "Moved, imported, forgotten", 10, ({ kind }) => kind === "none" || kind === "forget"),
    outputs(report),
    drift(report),
    deferred(report),
    cost(report),
  ].filter(({ rows }) => rows.length > 0);
}

const SEVERITY: Readonly<Record<Severity, string>> = {
  lost: "LOST",
  snapshot: "GONE, a copy is kept",
  refused: "REFUSED by AWS",
  unprotected: "protection removed",
};

function dataLoss({ dataLosses }: StackReport): Section {
  const isLoss = dataLosses.some(({ severity }) => severity !== "unprotected");
  return {
    title: isLoss ? "DATA WOULD BE LOST" : "Protection of data is removed",
    alarm: isLoss ? "caution" : "warning",
    columns: ["resource", "data", "what happens"],
    rows: dataLosses.map(({ address, severity, what }) => row(address, [[SEVERITY[severity]]], [[what]])),
    isFolded: false,
    rank: 1,
    noun: "resources",
  };
}

const EFFECT: Readonly<Record<Effect, string>> = {
  outage: "OUTAGE",
  reconnect: "connections close and reconnect",
  degraded: "connections stay, a part fails",
};

function interruptions({ interruptions: found }: StackReport): Section {
  const has = (effect: Effect) => found.some((one) => one.effect === effect);
  const title = has("outage")
    ? "OUTAGE"
    : has("reconnect")
      ? "Every affected connection reconnects"
      : "The service is degraded";
  return {
    title: `${title}: what interrupts clients`,
    alarm: has("outage") ? "caution" : "warning",
    columns: ["resource", "effect", "how long", "what happens"],
    rows: found.map(({ address, effect, seconds, when, what }) =>
      row(
        address,
        [[EFFECT[effect]]],
        [[seconds ? duration(seconds) : "not bounded"], ...(when ? [[when]] : [])],
        [[what]],
      ),
    ),
    isFolded: false,
    rank: 2,
    noun: "interruptions",
  };
}

function checks({ failedChecks }: StackReport): Section {
  return {
    title: "Conditions that are not met",
    alarm: "warning",
    columns: ["where", "message"],
    rows: failedChecks.map(({ address, message }) => row(address, [[code(message)]])),
    isFolded: false,
    rank: 3,
    noun: "conditions",
  };
}

function policies({ policies: verdicts }: StackReport): Section {
  return {
    title: "Policy violations and warnings",
    alarm: (verdicts?.failed ?? 0) > 0 ? "caution" : undefined,
    columns: ["rule", "resource", "what"],
    rows: (verdicts?.violations ?? []).map(({ rule, resource, text }) => row(rule, [[code(resource)]], [[text]])),
    isFolded: (verdicts?.failed ?? 0) === 0,
    rank: 6,
    noun: "violations",
  };
}

function changes(report: StackReport, title: string, rank: number, is: (change: ChangeReport) => boolean): Section {
  const found = report.changes.filter(is);
  // Without the synthesized stack beside the plan, no module is known.
  const hasModules = found.some(({ module }) => module !== ROOT_MODULE);
  return {
    title: `${title}: ${found.length}`,
    columns: ["resource", ...(hasModules ? ["module"] : []), "why and what"],
    rows: found.map((change) => row(change.address, ...(hasModules ? [[[change.module]]] : []), linesOf(change))),
    isFolded: true,
    rank,
    noun: "changes",
  };
}

function linesOf(change: ChangeReport): Line[] {
  const { order, reason, forcedBy, attributes, movedFrom, importId } = change;
  return [
    ...(order ? [[order === "new first" ? "the new one first" : "the old one first"]] : []),
    ...(reason ? [[`because ${reason}`]] : []),
    ...forcedBy.map((one) => [
      "forced by ",
      ...(hasParts(one, attributes) ? [code(one.path)] : attributeLine(one)),
      ...(one.because.length === 0 ? [] : [", since ", code(one.because.join(", ")), " is replaced or new"]),
    ]),
    ...(movedFrom ? [["moved from ", code(movedFrom)]] : []),
    ...(importId ? [["imported: ", code(importId)]] : []),
    ...attributeLines(attributes),
  ];
}

/** Whether the members of an attribute are shown, so that it need not be shown whole. */
function hasParts({ path }: AttributeChange, attributes: readonly AttributeChange[]): boolean {
  return attributes.some((other) => other.path.startsWith(`${path}.`) || other.path.startsWith(`${path}[`));
}

function attributeLines(attributes: readonly AttributeChange[]): Line[] {
  const left = attributes.length - MOST_ATTRIBUTES;
  return [
    ...attributes.slice(0, MOST_ATTRIBUTES).map(attributeLine),
    ...(left > 0 ? [[`and ${left} more attributes`]] : []),
  ];
}

function attributeLine({ path, before, after }: AttributeChange): (string | { code: string })[] {
  return [code(path), ": ", code(before), " → ", code(after)];
}

function outputs({ outputs: found }: StackReport): Section {
  return {
    title: `Outputs: ${found.length}`,
    columns: ["output", "before and after"],
    rows: found.map(({ path, before, after }) => row(path, [[code(before), " → ", code(after)]])),
    isFolded: true,
    rank: 9,
    noun: "outputs",
  };
}

function drift({ drift: found }: StackReport): Section {
  return {
    title: `Drift, changed outside Terraform and changed back: ${found.length}`,
    columns: ["resource", "what"],
    rows: found.map(({ address, what, attributes }) =>
      row(address, what === "deleted" ? [["deleted"]] : attributeLines(attributes)),
    ),
    isFolded: true,
    rank: 8,
    noun: "resources",
  };
}

function deferred({ deferred: found }: StackReport): Section {
  return {
    title: `Left to a further plan: ${found.length}`,
    columns: ["resource", "why"],
    rows: found.map(({ address, reason }) => row(address, [[reason]])),
    isFolded: true,
    rank: 9,
    noun: "resources",
  };
}

function cost({ cost: found }: StackReport): Section {
  const differences = "differences" in found ? found.differences : [];
  return {
    title: `Cost, row by row: ${differences.length}`,
    columns: ["resource", "item", "$ a month"],
    rows: differences.map(({ address, item, beforeCents, afterCents }) =>
      row(
        address,
        [[item]],
        [[`${dollars(beforeCents)} → ${dollars(afterCents)} (${signedDollars(afterCents - beforeCents)})`]],
      ),
    ),
    isFolded: true,
    rank: 10,
    noun: "rows",
  };
}

function row(subject: string, ...cells: readonly (readonly Line[])[]): Row {
  return { subject: [code(subject)], cells };
}
