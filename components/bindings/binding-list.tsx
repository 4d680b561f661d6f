import { ProviderMark } from "@/components/connections/provider-mark";
import { countText } from "@/components/connections/words";
import { Banner } from "@/components/ui/banner";
import { Card, CardHeader } from "@/components/ui/card";
import type { Binding } from "@/lib/bindings/list";
import type { BindingActions } from "./binding-actions";
import { BindingRow } from "./binding-row";
import { CalendarDot } from "./calendar-dot";

type Props = { bindings: Binding[]; now: Date; actions: BindingActions };

/** All bindings: by account, and in it by calendar. */
export function BindingList({ bindings, ...shared }: Props) {
  return (
    <div className="flex flex-col gap-6">
      {groupBy(bindings, ({ connection }) => connection.id).map(([first, ofAccount]) => (
        <Card key={first.connection.id} aria-label={first.connection.account}>
          <CardHeader
            title={
              <span className="flex items-center gap-3.5">
                <ProviderMark provider={first.connection.provider} />
                <span className="flex min-w-0 flex-col">
                  <span className="wrap-anywhere">{first.connection.account}</span>
                  <span className="wrap-anywhere font-normal text-muted text-sm">
                    {first.connection.providerName}
                  </span>
                </span>
              </span>
            }
          />
          {groupBy(ofAccount, ({ calendar }) => calendar.id).map(([{ calendar }, ofCalendar]) => (
            <section key={calendar.id} aria-label={calendar.name} className="border-line border-t">
              <h3 className="flex items-center gap-3 px-5 pt-4 font-semibold text-[0.9375rem] sm:px-6">
                <CalendarDot color={calendar.color} />
                {calendar.name}
                <span className="font-normal text-muted text-sm">receives</span>
              </h3>
              {calendar.restored > 0 && (
                <Banner
                  tone="warning"
                  title={`${countText(calendar.restored, "copy", "copies")} vanished from it at once`}
                  className="mx-5 mt-3 sm:mx-6"
                >
                  They were put back, because nobody deletes most of a calendar by hand. To clear it, switch
                  off what it receives.
                </Banner>
              )}
              <ul className="divide-y divide-line">
                {ofCalendar.map((binding) => (
                  <BindingRow
                    key={binding.id}
                    binding={binding}
                    hasNeighbours={ofCalendar.length > 1}
                    {...shared}
                  />
                ))}
              </ul>
            </section>
          ))}
        </Card>
      ))}
    </div>
  );
}

/** Each group with its first one, in the order they come in. */
function groupBy(bindings: Binding[], keyOf: (binding: Binding) => string): [Binding, Binding[]][] {
  const groups = new Map<string, [Binding, Binding[]]>();
  for (const binding of bindings) {
    const known = groups.get(keyOf(binding));
    if (known) known[1].push(binding);
    else groups.set(keyOf(binding), [binding, [binding]]);
  }
  return [...groups.values()];
}
