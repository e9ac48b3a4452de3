import { TerraformError } from "./errors";
import { type Values } from "./values";

/** Reads the attributes of one applied resource or nested block; an attribute of the wrong type is an error that names it. */
export class Attributes {
  constructor(
    readonly address: string,
    private readonly values: Values,
  ) {}

  text(attribute: string): string {
    const value = this.optionalText(attribute);
    if (value === undefined) throw this.wrong(attribute, "text");
    return value;
  }

  /** An empty string counts as missing: the provider writes it for an attribute that AWS left out. */
  optionalText(attribute: string): string | undefined {
    const value = this.values[attribute];
    if (value === undefined || value === null || value === "") return undefined;
    if (typeof value !== "string") throw this.wrong(attribute, "text");
    return value;
  }

  /** Reads a number, also from a string of digits: the provider writes some numbers as strings. */
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

  /** Reads a list of texts; one that is missing is empty. */
  texts(attribute: string): string[] {
    const value = this.values[attribute] ?? [];
    if (!Array.isArray(value) || value.some((text) => typeof text !== "string")) throw this.wrong(attribute, "texts");
    return value as string[];
  }

  blocks(attribute: string): Attributes[] {
    const value = this.values[attribute] ?? [];
    if (!Array.isArray(value)) throw this.wrong(attribute, "a list");
    return value.map((block, index) => new Attributes(`${this.address}.${attribute}[${index}]`, block as Values));
  }

  block(attribute: string): Attributes {
    const [block] = this.blocks(attribute);
    if (block === undefined) throw this.wrong(attribute, "a block");
    return block;
  }

  /** Parses a string attribute as JSON. */
  json(attribute: string): unknown {
    try {
      return JSON.parse(this.text(attribute));
    } catch {
      throw this.wrong(attribute, "JSON");
    }
  }

  wrong(attribute: string, expected: string): TerraformError {
    const got = JSON.stringify(this.values[attribute]) ?? "nothing";
    return new TerraformError(`${this.address}.${attribute}: expected ${expected}, got ${got}. Is the apply complete?`);
  }
}
