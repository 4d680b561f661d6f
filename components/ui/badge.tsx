import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "neutral" | "accent" | "success" | "warning" | "danger";

export const toneClass: Record<Tone, string> = {
  neutral: "bg-sunken text-muted",
  accent: "bg-accent-soft text-accent-text",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
};

export function Badge({
  tone = "neutral",
  className,
  children,
}: {
  tone?: Tone;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-fit w-fit items-center gap-1.5 whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-[0.8125rem] leading-5",
        toneClass[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

export type Status = "ok" | "working" | "attention" | "failed" | "off";

const looks = {
  ok: { tone: "success", Icon: CircleCheck },
  working: { tone: "accent", Icon: CircleDashed },
  attention: { tone: "warning", Icon: TriangleAlert },
  failed: { tone: "danger", Icon: CircleAlert },
  off: { tone: "neutral", Icon: CircleSlash },
} as const;

/** A state in a word; the shape says it too, for whoever does not see the colour. */
export function StatusBadge({ status, children }: { status: Status; children: ReactNode }) {
  const { tone, Icon } = looks[status];
  return (
    <Badge tone={tone} className="pl-2">
      <Icon
        aria-hidden="true"
        className={clsx("size-3.5", status === "working" && "animate-spin [animation-duration:3s]")}
      />
      {children}
    </Badge>
  );
}
