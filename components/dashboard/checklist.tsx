import clsx from "clsx";
import { Check } from "lucide-react";
import type { Route } from "next";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { CopyButton } from "./copy-button";

export type Step = {
  title: string;
  description: ReactNode;
  isDone: boolean;
  /** The way there, or the address to copy. */
  action: { href: Route; label: string } | { copy: string };
};

/** The way from an empty account to the first booking; the first step left to do stands out. */
export function Checklist({ steps }: { steps: Step[] }) {
  const next = steps.find(({ isDone }) => !isDone);
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card>
      <CardHeader
        title="Get ready for your first booking"
        description={`${done} of ${steps.length} done. What is not done yet can be done in any order.`}
      />
      <ol className="divide-y divide-line border-line border-t">
        {steps.map((step, index) => (
          <StepRow key={step.title} step={step} number={index + 1} isNext={step === next} />
        ))}
      </ol>
    </Card>
  );
}

function StepRow({ step, number, isNext }: { step: Step; number: number; isNext: boolean }) {
  const { title, description, isDone, action } = step;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 px-5 py-4 sm:px-6">
      <span
        aria-hidden="true"
        className={clsx(
          "grid size-8 shrink-0 place-items-center self-start rounded-full font-semibold text-sm",
          isDone ? "bg-success-soft text-success" : "border border-line-strong text-muted",
        )}
      >
        {isDone ? <Check className="size-4" strokeWidth={2.5} /> : number}
      </span>
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium text-[0.9375rem]">
          {title}
          <span className="sr-only">{isDone ? " (done)" : " (to do)"}</span>
        </p>
        <div className="text-muted text-sm">{description}</div>
      </div>
      <div className="max-[30rem]:w-full max-[30rem]:ps-12">
        {"copy" in action ? (
          <CopyButton text={action.copy} />
        ) : (
          <ButtonLink
            href={action.href}
            size="sm"
            variant={isNext ? "primary" : "quiet"}
            className={clsx(!isNext && "max-[30rem]:-ms-3")}
          >
            {action.label}
          </ButtonLink>
        )}
      </div>
    </li>
  );
}
