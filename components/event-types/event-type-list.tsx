import { ExternalLink, EyeOff, UserCheck } from "lucide-react";
import Link from "next/link";
import { CopyButton } from "@/components/dashboard/copy-button";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ActionResult } from "@/lib/action";
import type { EventType } from "@/lib/event-types/list";
import { formatLength } from "@/lib/time";
import { DuplicateButton } from "./duplicate-button";

type Props = {
  eventTypes: EventType[];
  /** Null while the host has no handle. */
  pageUrl: string | null;
  duplicate: (id: string) => Promise<ActionResult<void>>;
};

export function EventTypeList({ eventTypes, pageUrl, duplicate }: Props) {
  return (
    <ul className="grid gap-4 md:grid-cols-2">
      {eventTypes.map((eventType) => (
        <li key={eventType.id}>
          <EventTypeCard
            eventType={eventType}
            url={pageUrl && `${pageUrl}/${eventType.slug}`}
            duplicate={duplicate.bind(null, eventType.id)}
          />
        </li>
      ))}
    </ul>
  );
}

type CardProps = { eventType: EventType; url: string | null; duplicate: () => Promise<ActionResult<void>> };

function EventTypeCard({ eventType, url, duplicate }: CardProps) {
  const { id, title, description, color } = eventType;
  return (
    <Card className="relative flex h-full flex-col gap-4 overflow-hidden p-5 sm:p-6">
      {color && (
        <span
          aria-hidden="true"
          className="absolute inset-y-0 left-0 w-1.5"
          style={{ backgroundColor: color }}
        />
      )}
      <div className="flex flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2">
          <h2 className="min-w-0 font-semibold text-lg leading-6">
            <Link href={`/event-types/${id}`} className="rounded-sm hover:text-accent-text">
              {title}
            </Link>
          </h2>
          <Badges eventType={eventType} />
        </div>
        <p className="text-muted text-sm">{factsOf(eventType)}</p>
        {description && <p className="line-clamp-2 text-[0.9375rem]">{description}</p>}
      </div>
      {url && <p className="truncate text-muted text-sm">{url.replace(/^https?:\/\//, "")}</p>}
      <div className="flex flex-wrap gap-1.5">
        <Link
          href={`/event-types/${id}`}
          aria-label={`Edit ${title}`}
          className={buttonClass({ size: "sm" })}
        >
          Edit
        </Link>
        {url && (
          <>
            <CopyButton text={url} about={title} />
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              aria-label={`Preview ${title} in a new tab`}
              className={buttonClass({ size: "sm", variant: "quiet" })}
            >
              <ExternalLink aria-hidden="true" />
              Preview
            </a>
          </>
        )}
        <DuplicateButton title={title} duplicate={duplicate} />
      </div>
    </Card>
  );
}

function Badges({ eventType: { isHidden, requiresApproval } }: { eventType: EventType }) {
  return (
    <div className="flex flex-wrap gap-2 empty:hidden">
      {requiresApproval && (
        <Badge tone="accent">
          <UserCheck aria-hidden="true" className="size-3.5" />
          Approval
        </Badge>
      )}
      {isHidden && (
        <Badge>
          <EyeOff aria-hidden="true" className="size-3.5" />
          Hidden
        </Badge>
      )}
    </div>
  );
}

function factsOf(eventType: EventType): string {
  const { durationMinutes, otherDurations, minimumNoticeMinutes } = eventType;
  const buffers = eventType.bufferBeforeMinutes + eventType.bufferAfterMinutes;
  return [
    [durationMinutes, ...otherDurations].map(formatLength).join(", "),
    ...(buffers > 0 ? [`${formatLength(buffers)} of buffer`] : []),
    ...(minimumNoticeMinutes > 0 ? [`${formatLength(minimumNoticeMinutes)} of notice`] : []),
  ].join(" · ");
}
