import { FieldError } from "@/components/ui/field";
import { CalendarDot } from "./calendar-dot";
import { ChoiceCard } from "./choice-card";

/** An account with its calendars, as far as a choice among them needs it. */
export type AccountChoice = {
  id: string;
  account: string;
  providerName: string;
  isLocked: boolean;
  calendars: { id: string; name: string; color: string | null; isReadOnly: boolean }[];
};

type Props = {
  accounts: AccountChoice[];
  chosen: string | null;
  choose: (calendarId: string) => void;
  error: string | undefined;
};

/** Which calendar the copies go into; those that cannot be written say why. */
export function CalendarPicker({ accounts, chosen, choose, error }: Props) {
  return (
    <fieldset aria-describedby={error && "binding-calendar"} className="flex flex-col gap-4">
      <legend className="mb-3 font-semibold text-lg leading-6">Into which calendar?</legend>
      {accounts.map(({ id, account, providerName, isLocked, calendars }) => (
        <div key={id} className="flex flex-col gap-2">
          <p className="wrap-anywhere text-muted text-sm">
            {account} · {providerName}
            {isLocked && <span className="text-danger"> · no longer lets us in</span>}
          </p>
          <div className="grid gap-2 sm:grid-cols-2">
            {calendars.map((calendar) => (
              <ChoiceCard
                key={calendar.id}
                name="calendar_id"
                value={calendar.id}
                title={calendar.name}
                description={calendar.isReadOnly ? "Read-only: nothing can be written into it" : undefined}
                isChosen={calendar.id === chosen}
                isDisabled={calendar.isReadOnly}
                choose={() => choose(calendar.id)}
              >
                <CalendarDot color={calendar.color} />
              </ChoiceCard>
            ))}
          </div>
        </div>
      ))}
      <FieldError id="binding-calendar">{error}</FieldError>
    </fieldset>
  );
}
