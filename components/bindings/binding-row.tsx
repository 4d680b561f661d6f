import { Pencil } from "lucide-react";
import { SyncButton } from "@/components/connections/sync-button";
import { StatusBadge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import type { Binding } from "@/lib/bindings/list";
import type { BindingActions } from "./binding-actions";
import { BindingState } from "./binding-state";
import { EnabledSwitch } from "./enabled-switch";
import { RemoveButton } from "./remove-button";
import { ScopeIcon } from "./scope-icon";
import { healthOf, runOf, scopeText } from "./words";

type Props = { binding: Binding; hasNeighbours: boolean; now: Date; actions: BindingActions };

/** What is copied, how that goes, and what can be done about it. */
export function BindingRow({ binding, hasNeighbours, now, actions }: Props) {
  const { id, calendar, isEnabled } = binding;
  const { name, means } = scopeText(binding);
  const { status, word } = healthOf(binding);
  const spoken = `${name} in ${calendar.name}`;
  return (
    <li aria-label={spoken} className="flex flex-col gap-2 px-5 py-4 sm:px-6">
      <div className="flex items-start gap-3.5">
        <ScopeIcon {...binding} />
        <div className="flex min-w-0 flex-1 flex-col gap-0.5">
          <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1.5">
            <p className="wrap-anywhere min-w-0 flex-1 basis-52 text-[0.9375rem]">
              <span className="font-medium">{name}</span>
              <span className="block text-muted text-sm">{means}</span>
            </p>
            <StatusBadge status={status}>{word}</StatusBadge>
          </div>
          <p className="text-muted text-sm">
            <BindingState binding={binding} hasNeighbours={hasNeighbours} now={now} />
          </p>
        </div>
      </div>
      <div className="-ml-3 flex flex-wrap items-center gap-x-1 sm:pl-12.5">
        {isEnabled && (
          <SyncButton name={spoken} lastRuns={[runOf(binding)]} sync={actions.sync.bind(null, id)} />
        )}
        <ButtonLink href={`/bindings/${id}`} size="sm" variant="quiet" aria-label={`Change: ${spoken}`}>
          <Pencil aria-hidden="true" />
          Change
        </ButtonLink>
        <RemoveButton
          binding={binding}
          hasNeighbours={hasNeighbours}
          remove={actions.remove.bind(null, id)}
        />
        <div className="ml-auto max-sm:w-full max-sm:pl-3">
          <EnabledSwitch
            isOn={isEnabled}
            name={spoken}
            off={`Switched off. Its copies are taken out of ${calendar.name}.`}
            set={actions.setEnabled.bind(null, id)}
          />
        </div>
      </div>
    </li>
  );
}
