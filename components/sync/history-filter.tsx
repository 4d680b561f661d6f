"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Tabs } from "@/components/runs/tabs";
import { Select } from "@/components/ui/select";
import { Spinner } from "@/components/ui/spinner";
import type { HistoryQuery } from "@/lib/sync/schema";
import { historyHref } from "./history-href";

type Props = {
  asked: HistoryQuery;
  accounts: { account: string; calendars: { id: string; name: string }[] }[];
};

/** Which runs to show: by what became of them, and by calendar. */
export function HistoryFilter({ asked: { only, calendar }, accounts }: Props) {
  const { push } = useRouter();
  const [isPending, start] = useTransition();
  const choose = (id: string) => start(() => push(historyHref({ only, calendar: id || undefined })));
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-3">
      <Tabs
        label="Which runs"
        tabs={[
          { href: historyHref({ calendar }), label: "All runs" },
          { href: historyHref({ only: "errors", calendar }), label: "Failures" },
        ]}
        current={historyHref({ only, calendar })}
      />
      <div className="flex w-full items-center gap-3 sm:w-64">
        <Select
          aria-label="Calendar"
          className="min-w-0 flex-1"
          value={calendar ?? ""}
          onChange={(event) => choose(event.target.value)}
        >
          <option value="">All calendars</option>
          {accounts.map(({ account, calendars }) => (
            <optgroup key={account} label={account}>
              {calendars.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        {isPending && <Spinner />}
      </div>
    </div>
  );
}
