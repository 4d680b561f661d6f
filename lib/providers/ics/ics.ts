import { AppError } from "@/lib/errors";
import type { ProviderOptions } from "@/lib/providers/options";
import type { CalendarProvider } from "@/lib/providers/provider";

export type IcsCredentials = {
  /** Where the feed is: https, or http where `allowPrivate`. Whoever has it reads the feed, so it is never logged. */
  url: string;
};

/** A feed as a calendar that can only be read (SPEC D). Its one calendar is called "feed". */
export function openIcs(_credentials: IcsCredentials, _options: ProviderOptions): CalendarProvider {
  throw new AppError("unavailable", "Feeds cannot be read yet.");
}
