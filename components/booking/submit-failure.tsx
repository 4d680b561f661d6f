import { Banner } from "@/components/ui/banner";
import { Refused } from "./api";

/** Why the booking did not go through, where no field is to blame. */
export function SubmitFailure({ error, verb }: { error: Error; verb: string }) {
  if (error instanceof Refused)
    return (
      <Banner tone="danger" live="alert" title="This did not work" className="mb-5">
        {error.field === "idempotencyKey" ? heldForAnother : error.message}
      </Banner>
    );
  return (
    <Banner tone="warning" live="alert" title="We got no answer" className="mb-5">
      Check your connection and press “{verb}” again. Nothing you typed is lost, and trying twice still makes
      one booking.
    </Banner>
  );
}

// The answer to the first try got lost, and the address was changed before the second.
const heldForAnother =
  "An earlier try did reach us, with another e-mail address, and holds this time. Change the address back to see that booking, or choose another time.";
