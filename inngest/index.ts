import type { InngestFunction } from "inngest";

/** Every durable function of the product. The engine refuses to start with one it cannot run. */
export const functions: InngestFunction.Any[] = [];
