import { TriangleAlert } from "lucide-react";
import { countText } from "@/components/connections/words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { Subscription } from "@/lib/subscriptions/view";

type Skipped = Pick<Subscription, "skipped" | "skippedCount">;

/** How many events of a feed could not be used; pressed, which ones and why. */
export function SkippedButton({ subscription }: { subscription: Skipped & Pick<Subscription, "name"> }) {
  const { name, skippedCount } = subscription;
  const count = `${skippedCount.toLocaleString("en")} skipped`;
  return (
    <Dialog
      title={`${countText(skippedCount, "event")} of ${name} could not be read`}
      description="The others are in your calendar. Whoever publishes the feed can mend these."
      trigger={
        <Button size="sm" variant="quiet" className="text-warning!" aria-label={`${count}: ${name}`}>
          <TriangleAlert aria-hidden="true" />
          {count}
        </Button>
      }
      footer={<DialogClose render={<Button>Close</Button>} />}
    >
      <SkippedList {...subscription} />
    </Dialog>
  );
}

/** The first of what was skipped, each with its reason. */
export function SkippedList({ skipped, skippedCount }: Skipped) {
  const more = skippedCount - skipped.length;
  return (
    <>
      <ul className="divide-y divide-line">
        {skipped.map(({ uid, title, reason }, place) => (
          // Feeds use a UID twice, which may be the very reason.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while it is shown
          <li key={`${uid} ${place}`} className="flex flex-col py-2.5 first:pt-0">
            <span className="wrap-anywhere font-medium text-[0.9375rem]">{title || "Without a title"}</span>
            <span className="wrap-anywhere text-muted text-sm">{reason}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="pt-2 text-muted text-sm">And {more.toLocaleString("en")} more.</p>}
    </>
  );
}
