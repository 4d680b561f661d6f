import { ExternalLink, EyeOff, Pencil } from "lucide-react";
import Link from "next/link";
import { CopyButton } from "@/components/dashboard/copy-button";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { EventType } from "@/lib/event-types/list";
import { lengthText } from "./lengths";

type Props = { eventTypes: EventType[] /** Null while the host has no handle. */; pageUrl: string | null };

export function EventTypeList({ eventTypes, pageUrl }: Props) {
  return (
    <ul className="grid gap-4 md:grid-cols-2">
      {eventTypes.map((eventType) => (
        <li key={eventType.id}>
          <EventTypeCard eventType={eventType} url={pageUrl && `${pageUrl}/${eventType.slug}`} />
        </li>
      ))}
    </ul>
  );
}

function EventTypeCard({ eventType, url }: { eventType: EventType; url: string | null }) {
  const { id, title, isHidden, description } = eventType;
  return (
    <Card className="flex h-full flex-col gap-4 p-5 sm:p-6">
      <div className="flex flex-1 flex-col gap-1.5">
        <div className="flex items-start justify-between gap-3">
          <h2 className="font-semibold text-lg leading-6">
            <Link href={`/event-types/${id}`} className="rounded-sm hover:text-accent-text">
              {title}
            </Link>
          </h2>
          {isHidden && (
            <Badge>
              <EyeOff aria-hidden="true" className="size-3.5" />
              Hidden
            </Badge>
          )}
        </div>
        <p className="text-muted text-sm">{factsOf(eventType)}</p>
        {description && <p className="line-clamp-2 text-[0.9375rem]">{description}</p>}
      </div>
      {url && <p className="truncate text-muted text-sm">{url.replace(/^https?:\/\//, "")}</p>}
      <div className="flex flex-wrap gap-2">
        <Link
          href={`/event-types/${id}`}
          aria-label={`Edit ${title}`}
          className={buttonClass({ size: "sm" })}
        >
          <Pencil aria-hidden="true" />
          Edit
        </Link>
        {url && (
          <>
            <CopyButton text={url} about={title} />
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              aria-label={`Open ${title} in a new tab`}
              className={buttonClass({ size: "sm", variant: "quiet" })}
            >
              <ExternalLink aria-hidden="true" />
              Open
            </a>
          </>
        )}
      </div>
    </Card>
  );
}

function factsOf({
  durationMinutes,
  bufferBeforeMinutes,
  bufferAfterMinutes,
  minimumNoticeMinutes,
}: EventType): string {
  const buffers = bufferBeforeMinutes + bufferAfterMinutes;
  return [
    lengthText(durationMinutes),
    ...(buffers > 0 ? [`${lengthText(buffers)} of buffer`] : []),
    ...(minimumNoticeMinutes > 0 ? [`${lengthText(minimumNoticeMinutes)} of notice`] : []),
  ].join(" · ");
}
