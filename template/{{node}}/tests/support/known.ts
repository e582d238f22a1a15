/** Every factory, by the name that relations call it by. */

import { FACTORIES } from '../factories/index.ts';
import type { Factory } from './factory.ts';

const known = new Map<string, Factory>(Object.entries(FACTORIES));

/** Makes factories known that are not of the service's own resources. */
export function know(factories: Readonly<Record<string, Factory>>): void {
  for (const [name, factory] of Object.entries(factories)) known.set(name, factory);
}

/** Returns every factory. */
export function everyFactory(): Factory[] {
  return [...known.values()];
}

/** Returns the factory of `name`; undefined for accounts, which have none. */
export function factoryOf(name: string): Factory | undefined {
  return known.get(name);
}
