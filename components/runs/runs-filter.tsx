"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import type { RunsQuery } from "@/lib/runs/schema";
import { runsHref } from "./runs-href";
import { Tabs } from "./tabs";

type Props = { asked: RunsQuery; functions: { id: string; title: string }[] };

/** Which runs to show: by what became of them, and by function. */
export function RunsFilter({ asked, functions }: Props) {
  const { push } = useRouter();
  const [isPending, start] = useTransition();
  const of = asked.function;
  const choose = (id: string) =>
    start(() => push(runsHref({ status: asked.status, function: id || undefined })));
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <Tabs
        label="Which runs"
        tabs={statuses.map(({ status, label }) => ({
          href: runsHref({ status, function: of }) as Route,
          label,
        }))}
        current={runsHref({ status: asked.status, function: of })}
      />
      <div className="flex w-full items-center gap-3 sm:w-64">
        <Select
          aria-label="Function"
          className="min-w-0 flex-1"
          value={of ?? ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">All functions</option>
          {functions.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
        {isPending && <Spinner />}
      </div>
    </div>
  );
}

const statuses = [
  { status: undefined, label: "All" },
  { status: "active", label: "Active" },
  { status: "failed", label: "Failed" },
  { status: "completed", label: "Done" },
  { status: "cancelled", label: "Cancelled" },
] as const;
