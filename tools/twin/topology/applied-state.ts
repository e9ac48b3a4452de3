import { TwinError } from "../errors";

/** The part of `terraform show -json` on a state that is read here. */
export interface AppliedState {
  readonly values?: { readonly root_module?: StateModule };
}

interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values: Attributes;
}

type Attributes = Readonly<Record<string, unknown>>;

/** One applied resource or nested block; each reading of it checks the type and names the address when it is wrong. */
export class Applied {
  constructor(
    readonly address: string,
    private readonly values: Attributes,
  ) {}

  text(attribute: string): string {
    const value = this.optionalText(attribute);
    if (value === undefined) throw this.wrong(attribute, "text");
    return value;
  }

  /** Empty text counts as none, which is how the provider writes an attribute that AWS left out. */
  optionalText(attribute: string): string | undefined {
    const value = this.values[attribute];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string") throw this.wrong(attribute, "text");
    return value;
  }

  /** A number, or digits: the provider keeps some numbers as text. */
  number(attribute: string): number {
    const value = this.values[attribute];
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isFinite(number)) throw this.wrong(attribute, "a number");
    return number;
  }

  optionalNumber(attribute: string): number | undefined {
    const value = this.values[attribute];
    return value === undefined || value === null || value === "" ? undefined : this.number(attribute);
  }

  flag(attribute: string): boolean {
    const value = this.values[attribute];
    return value === true || value === "true";
  }

  oneOf<T extends string>(attribute: string, allowed: readonly T[]): T {
    const value = this.text(attribute);
    const known = allowed.find((candidate) => candidate === value);
    if (known === undefined) throw this.wrong(attribute, allowed.join(" or "));
    return known;
  }

  blocks(attribute: string): Applied[] {
    const value = this.values[attribute] ?? [];
    if (!Array.isArray(value)) throw this.wrong(attribute, "a list");
    return value.map((block, index) => new Applied(`${this.address}.${attribute}[${index}]`, block as Attributes));
  }

  block(attribute: string): Applied {
    const [block] = this.blocks(attribute);
    if (block === undefined) throw this.wrong(attribute, "a block");
    return block;
  }

  /** Text that holds JSON. */
  json(attribute: string): unknown {
    try {
      return JSON.parse(this.text(attribute));
    } catch {
      throw this.wrong(attribute, "JSON");
    }
  }

  wrong(attribute: string, expected: string): TwinError {
    const got = JSON.stringify(this.values[attribute]) ?? "nothing";
    return new TwinError(`${this.address}.${attribute}: expected ${expected}, got ${got}. Is the apply complete?`);
  }
}

/** The managed resources of an applied state. */
export class AppliedResources {
  private readonly resources: readonly StateResource[];

  /** @throws TwinError when nothing is applied */
  constructor(state: AppliedState) {
    this.resources = flatten(state.values?.root_module).filter(({ mode }) => mode === "managed");
    if (this.resources.length === 0) {
      throw new TwinError("the state holds no resources: nothing is applied. Run `make up` first.");
    }
  }

  all(type: string): Applied[] {
    return this.resources
      .filter((resource) => resource.type === type)
      .map(({ address, values }) => new Applied(address, values));
  }

  /** The one resource of a type. @throws TwinError when there is none or more than one */
  only(type: string): Applied {
    const found = this.all(type);
    const [first] = found;
    if (first === undefined || found.length > 1) {
      const got = found.length === 0 ? "none" : found.map(({ address }) => address).join(", ");
      throw new TwinError(`${type}: expected exactly one in the applied state, got ${got}.`);
    }
    return first;
  }

  /** The resource of a type that an attribute of another resource points to. */
  by(type: string, attribute: string, value: string): Applied {
    const found = this.all(type).find((resource) => resource.optionalText(attribute) === value);
    if (found === undefined) {
      throw new TwinError(`${type}: expected one with ${attribute} ${value} in the applied state, found none.`);
    }
    return found;
  }
}

function flatten(module: StateModule | undefined): StateResource[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(flatten)];
}
