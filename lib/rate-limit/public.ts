import { env } from "@/lib/env";
import { clientAddress } from "./client-address";
import { consume, type Limit } from "./limit";

// What visitors may do without an account (SPEC A9). An address may be a whole office behind one router.
const reads: Limit = { name: "public-read", points: 600, seconds: 60, store: "memory" };
const submits: Limit = { name: "public-submit", points: 40, seconds: 600 };
const submitsToHost: Limit = { name: "public-submit-host", points: 400, seconds: 600 };
// Mails go to the address a form gives, whoever filled it in.
const submitsForEmail: Limit = { name: "public-submit-email", points: 20, seconds: 3600 };
const changes: Limit = { name: "public-change", points: 60, seconds: 600 };

/** Counts a question for free times or a booking. @throws AppError rate_limited */
export const limitRead = (request: Request) => consume(reads, addressOf(request));

/** Counts a booking somebody sends, for whatever host. @throws AppError rate_limited */
export const limitSubmit = (request: Request) => consume(submits, addressOf(request));

/** Counts a booking sent to this host, from wherever. @throws AppError rate_limited */
export const limitSubmitTo = (host: string) => consume(submitsToHost, host);

/** Counts a booking whose mails go to this address, whoever sends it. @throws AppError rate_limited */
export const limitSubmitFor = (email: string) => consume(submitsForEmail, email.trim().toLowerCase());

/** Counts a cancellation or a move. @throws AppError rate_limited */
export const limitChange = (request: Request) => consume(changes, addressOf(request));

const addressOf = ({ headers }: Request) => clientAddress(headers, env().TRUSTED_PROXIES);
