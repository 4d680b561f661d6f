/** Something that must not be, in words. */
export class Fault extends Error {}

export function demand(isTrue: boolean, sentence: string, ...about: unknown[]): void {
  if (!isTrue)
    throw new Fault([sentence, ...about.map((one) => JSON.stringify(one)?.slice(0, 1500))].join(" "));
}
