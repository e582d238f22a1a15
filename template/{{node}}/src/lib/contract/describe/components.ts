/** Parts of the document that stand in it once and are referred to by name. */

import { isDeepStrictEqual } from 'node:util';

import type { JsonSchema } from '../fields/index.ts';

/** A part that has a name; where it stands in a description, the document has a reference. */
export class Component {
  readonly section: string;
  readonly name: string;
  readonly content: JsonSchema;

  constructor(section: string, name: string, content: JsonSchema) {
    this.section = section;
    this.name = name;
    this.content = content;
  }
}

/** The parts that one document needs, gathered while its references are written. */
export class Components {
  readonly sections: Record<string, JsonSchema>;
  readonly #known = new Map<string, Map<string, Component>>();

  constructor(sections: Record<string, JsonSchema> = {}) {
    this.sections = sections;
  }

  /** `described`, any JSON with components in it, with a reference in the place of each. */
  resolve(described: unknown): unknown {
    if (described instanceof Component) {
      return { $ref: `#/components/${described.section}/${this.#nameOf(described)}` };
    }
    if (Array.isArray(described)) return described.map((part) => this.resolve(part));
    if (typeof described !== 'object' || described === null) return described;
    return this.resolveParts(described);
  }

  /** The same of an object, part by part. */
  resolveParts(described: object): JsonSchema {
    return Object.fromEntries(
      Object.entries(described).map(([key, part]) => [key, this.resolve(part)]),
    );
  }

  /** The name that `component` has; a second one of a name gets a number. */
  #nameOf(component: Component): string {
    const alike = this.#namesakesOf(component);
    for (const [name, other] of alike) if (isDeepStrictEqual(other, component)) return name;
    const name = alike.size > 0 ? `${component.name}${alike.size + 1}` : component.name;
    alike.set(name, component);
    const section = (this.sections[component.section] ??= {});
    section[name] = {}; // its place, before those of the parts that it refers to
    section[name] = this.resolve(component.content);
    return name;
  }

  #namesakesOf({ section, name }: Component): Map<string, Component> {
    const key = `${section}/${name}`;
    const found = this.#known.get(key) ?? new Map<string, Component>();
    this.#known.set(key, found);
    return found;
  }
}
