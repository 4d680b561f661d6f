import { ExternalLink } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "./copy-button";

/** The address a host gives away. */
export function PageCard({ url }: { url: string }) {
  return (
    <Card>
      <CardHeader title="Your booking page" className="pb-2" />
      <CardBody className="flex flex-col gap-4">
        <p className="wrap-anywhere text-[0.9375rem] text-muted">{url.replace(/^https?:\/\//, "")}</p>
        <div className="flex flex-wrap gap-2">
          <CopyButton text={url} />
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            aria-label="Open your booking page in a new tab"
            className={buttonClass({ size: "sm", variant: "quiet" })}
          >
            <ExternalLink aria-hidden="true" />
            Open
          </a>
        </div>
      </CardBody>
    </Card>
  );
}
