import clsx from "clsx";
import { useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Clock } from "@/lib/time";
import { type Choice, differing, firstChoice, merge, type Part, parts, partText } from "./conflict-parts";
import type { Draft } from "./draft";

export type Clash = {
  /** What both began with. */
  base: Draft;
  mine: Draft;
  theirs: Draft;
  /** That of theirs. */
  revision: number;
};

type Props = {
  clash: Clash;
  clock: Clock;
  nameOf: (projectId: string | null) => string;
  isPending: boolean;
  refusal: string | null;
  onSave: (merged: Draft) => void;
  /** Back to where it came from; nothing typed there is lost. */
  onBack: () => void;
};

/** Two changed the same appointment: both versions side by side, to choose from part by part. */
export function ConflictDialog({ clash, clock, nameOf, isPending, refusal, onSave, onBack }: Props) {
  const { base, mine, theirs } = clash;
  const [asked, setAsked] = useState<Partial<Record<Part, Choice>>>({});
  const different = differing(mine, theirs);
  const chosen = Object.fromEntries(
    different.map((part) => [part, asked[part] ?? firstChoice(part, { base, mine })]),
  );
  return (
    <Dialog
      title="Somebody else changed it meanwhile"
      description="Choose what it is to say. Nothing has been saved yet."
      open
      onOpenChange={(isOpen) => !isOpen && onBack()}
      isWide
      footer={
        <>
          <Button onClick={onBack}>Back</Button>
          <Button variant="primary" loading={isPending} onClick={() => onSave(merge(mine, theirs, chosen))}>
            Save this
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        {refusal && (
          <Banner tone="danger" live="alert">
            {refusal}
          </Banner>
        )}
        {different.length === 0 && <p>Both say the same by now.</p>}
        {different.map((part) => (
          <fieldset key={part}>
            <legend className="mb-1.5 font-medium text-sm">{parts[part].word}</legend>
            <div className="grid gap-2 sm:grid-cols-2">
              {(["mine", "theirs"] as const).map((side) => (
                <Side
                  key={side}
                  name={part}
                  word={side === "mine" ? "Yours" : "Theirs"}
                  text={partText(part, side === "mine" ? mine : theirs, { clock, nameOf })}
                  isChosen={chosen[part] === side}
                  onChoose={() => setAsked({ ...asked, [part]: side })}
                />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </Dialog>
  );
}

type SideProps = { name: string; word: string; text: string; isChosen: boolean; onChoose: () => void };

function Side({ name, word, text, isChosen, onChoose }: SideProps) {
  return (
    <label
      className={clsx(
        "flex min-h-14 items-start gap-3 rounded-md border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-ring",
        isChosen ? "border-accent bg-accent-soft" : "border-line-strong/60 hover:bg-sunken",
      )}
    >
      <input
        type="radio"
        name={`conflict-${name}`}
        checked={isChosen}
        onChange={onChoose}
        className="peer sr-only"
      />
      <span
        aria-hidden="true"
        className={clsx(
          "mt-0.5 size-4.5 shrink-0 rounded-full",
          isChosen ? "border-[5px] border-accent" : "border-2 border-line-strong",
        )}
      />
      <span className="flex min-w-0 flex-col">
        <span className="text-muted text-sm">{word}</span>
        <span className="wrap-anywhere line-clamp-6 whitespace-pre-line">{text}</span>
      </span>
    </label>
  );
}
