/** Where tests count requests: in the memory of their own process. */

/** Prepare nothing. */
export async function prepareCounting(): Promise<{
  variables: Record<string, string>;
  remove: () => void;
}> {
  return { variables: {}, remove: () => undefined };
}
