import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emitElement, type Element, type Elements, emitText, identifier } from "./bare-element";
import { classShape, UNTYPED_RESOURCE } from "./provider-shapes";
import { blocksOf, isObject, type Json, type JsonObject, type StackJson } from "./terraform-json";

/**
 * Writes the program that one would write for the same stacks without our library: one class per stack, with one L1 construct after
 * the other, literal arguments and references by attribute. Only the written program is timed.
 */
export function writeBareProgram(folder: string, stacks: readonly StackJson[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const stack of stacks) writeFileSync(join(folder, `${stack.name}.ts`), emitStack(stack));
  writeFileSync(join(folder, "main.ts"), emitMain(stacks));
}

function className(stack: StackJson): string {
  return stack.name.replace(/(^|\W+)(\w)/g, (_, _separator, letter: string) => letter.toUpperCase());
}

function emitMain(stacks: readonly StackJson[]): string {
  return [
    `import { App } from "cdktf";`,
    ...stacks.map((stack) => `import { ${className(stack)} } from "./${stack.name}";`),
    "",
    "const app = new App();",
    ...stacks.map((stack) => `new ${className(stack)}(app, ${JSON.stringify(stack.name)});`),
    "app.synth();",
    "",
  ].join("\n");
}

/** Blocks that the emitter handles. Others are written as overrides of the stack. */
const HANDLED_BLOCKS = new Set(["terraform", "provider", "variable", "locals", "data", "resource", "output"]);

export function emitStack(stack: StackJson): string {
  const elements = readElements(stack);
  const body = [
    ...emitProviders(stack, elements),
    ...emitTerraform(stack.content["terraform"] as JsonObject),
    ...emitTopLevel(stack, "variable", "TerraformVariable", elements),
    ...inDependencyOrder(elements).flatMap((element) => emitElement(element, elements)),
    ...Object.entries((stack.content["locals"] ?? {}) as JsonObject).map(
      ([name, value]) => `new TerraformLocal(this, ${JSON.stringify(name)}, ${emitLiteral(value, elements)});`,
    ),
    ...emitTopLevel(stack, "output", "TerraformOutput", elements),
    ...Object.entries(stack.content)
      .filter(([block]) => !HANDLED_BLOCKS.has(block))
      .map(([block, value]) => `this.addOverride(${JSON.stringify(block)}, ${JSON.stringify(value)});`),
  ];
  const classes = new Map([...elements.values()].map(({ shape }) => [shape.className, shape.module]));
  return [
    `import { LocalBackend, S3Backend, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";`,
    `import { type Construct } from "constructs";`,
    `import { AwsProvider } from "@cdktf/provider-aws/lib/provider";`,
    ...[...classes].map(([name, module]) => `import { ${name} } from "${module}";`),
    "",
    `export class ${className(stack)} extends TerraformStack {`,
    "  constructor(scope: Construct, id: string) {",
    "    super(scope, id);",
    ...body.map((line) => `    ${line}`),
    "  }",
    "}",
    "",
  ].join("\n");
}

export function untypedElement(address: string, type: string, name: string, args: JsonObject): Element {
  return { address, name, args: { terraform_resource_type: type, ...args }, shape: UNTYPED_RESOURCE };
}

function readElements(stack: StackJson): Elements {
  const elements = new Map<string, Element>();
  for (const kind of ["data", "resource"] as const) {
    const prefix = kind === "data" ? "data." : "";
    for (const { type, name, args } of blocksOf(stack, kind)) {
      const address = `${prefix}${type}.${name}`;
      if (!type.startsWith("aws_")) {
        elements.set(address, untypedElement(address, type, name, args));
        continue;
      }
      const folder = `${prefix}${type.replace(/^aws_/, "")}`.replaceAll(/[._]/g, "-").replace(/^data-/, "data-aws-");
      elements.set(address, { address, name, args, shape: classShape(folder) });
    }
  }
  return elements;
}

/** Sorts elements so that each follows the ones it references. */
function inDependencyOrder(elements: Elements): Element[] {
  const done = new Set<Element>();
  const visit = (element: Element) => {
    if (done.has(element)) return;
    done.add(element);
    const text = JSON.stringify(element.args);
    for (const [address, other] of elements) {
      if (text.includes(`${address}.`) || text.includes(`"${address}"`)) visit(other);
    }
    sorted.push(element);
  };
  const sorted: Element[] = [];
  for (const element of elements.values()) visit(element);
  return sorted;
}

function emitProviders(stack: StackJson, elements: Elements): string[] {
  const providers = (stack.content["provider"] as JsonObject)["aws"] as readonly JsonObject[];
  const shape = classShape("provider");
  return providers.flatMap((args) => {
    const alias = args["alias"];
    const name = typeof alias === "string" ? `aws.${alias}` : "aws";
    return emitElement({ address: name, name, args, shape }, elements);
  });
}

function emitTerraform(terraform: JsonObject): string[] {
  const { backend, required_providers: providers, ...rest } = terraform;
  const [kind, args] = Object.entries(backend as Record<string, JsonObject>)[0]!;
  const backendClass = { s3: "S3Backend", local: "LocalBackend" }[kind];
  if (backendClass === undefined) throw new Error(`The bare program supports the backends s3 and local, got ${kind}.`);
  // cdktf 0.21 does not support this argument.
  const { use_lockfile: lockfile, ...known } = args;
  return [
    `new ${backendClass}(this, ${JSON.stringify(known)} as never);`,
    ...(lockfile === undefined
      ? []
      : [`this.addOverride("terraform.backend.s3.use_lockfile", ${JSON.stringify(lockfile)});`]),
    `this.addOverride("terraform.required_providers", ${JSON.stringify(providers)});`,
    ...Object.entries(rest).map(
      ([key, value]) => `this.addOverride(${JSON.stringify(`terraform.${key}`)}, ${JSON.stringify(value)});`,
    ),
  ];
}

/** Arguments of outputs and variables that cdktf writes. It drops all others, so they become overrides. */
const TOP_LEVEL_ARGUMENTS = new Set(["value", "description", "sensitive", "type", "default", "nullable"]);

function emitTopLevel(stack: StackJson, block: string, of: string, elements: Elements): string[] {
  const byName = stack.content[block];
  if (!isObject(byName)) return [];
  return Object.entries(byName).flatMap(([name, args]) => {
    const entries = Object.entries(args as JsonObject);
    const known = entries.filter(([key]) => TOP_LEVEL_ARGUMENTS.has(key));
    const config = known.map(([key, value]) => `${key}: ${emitLiteral(value, elements)}`).join(", ");
    const overrides = entries
      .filter(([key]) => !TOP_LEVEL_ARGUMENTS.has(key))
      .map(([key, value]) => `.addOverride(${JSON.stringify(key)}, ${JSON.stringify(value)})`);
    const variable = identifier(`${block}.${name}`);
    return [
      `const ${variable} = new ${of}(this, ${JSON.stringify(name)}, { ${config} });`,
      ...overrides.map((override) => `${variable}${override};`),
    ];
  });
}

function emitLiteral(value: Json, elements: Elements): string {
  if (typeof value === "string") return emitText(value, elements);
  if (Array.isArray(value))
    return `[${(value as readonly Json[]).map((item) => emitLiteral(item, elements)).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${emitLiteral(member, elements)}`,
  );
  return `{ ${members.join(", ")} }`;
}
