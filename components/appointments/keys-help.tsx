import { Switch } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";

type Props = {
  open: boolean;
  onOpenChange: (isOpen: boolean) => void;
  isOn: boolean;
  onSwitch: (isOn: boolean) => void;
};

const keys = [
  ["t", "Today"],
  ["m", "Month"],
  ["w", "Week"],
  ["d", "Day"],
  ["l", "List"],
  ["← →", "Back and on"],
  ["n", "New appointment"],
  ["?", "This help"],
] as const;

/** The keys of the calendar, and the way to do without them. */
export function KeysHelp({ open, onOpenChange, isOn, onSwitch }: Props) {
  return (
    <Dialog title="Keyboard shortcuts" open={open} onOpenChange={onOpenChange}>
      <div className="flex flex-col gap-3">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
          {keys.map(([key, words]) => (
            <div key={key} className="contents">
              <dt>
                <kbd className="inline-grid min-h-7 min-w-8 place-items-center rounded-sm border border-line-strong bg-sunken px-2 font-sans text-sm">
                  {key}
                </kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <p className="text-muted text-sm">
          Tab goes from appointment to appointment, Enter opens one; its times can be typed there.
        </p>
        <div className="border-line border-t pt-2">
          <Switch
            label="Use these keys"
            hint="Switched off, only this button is left. Kept in this browser."
            checked={isOn}
            onChange={({ target }) => onSwitch(target.checked)}
          />
        </div>
      </div>
    </Dialog>
  );
}
