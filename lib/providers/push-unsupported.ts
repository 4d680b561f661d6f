import { AppError } from "@/lib/errors";

/** This calendar never sends notifications: it is polled, and not asked again. */
export class PushUnsupported extends AppError {
  override name = "PushUnsupported";

  constructor(sentence: string) {
    super("invalid", sentence);
  }
}
