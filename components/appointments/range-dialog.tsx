import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Radio } from "@/components/ui/checkbox";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { Range } from "@/lib/appointments/schema";

type Props = {
  /** Null: nothing is asked. */
  about: "change" | "delete" | null;
  /** One alone cannot have a rule of its own. */
  hasThis: boolean;
  isPending?: boolean;
  onChoose: (range: Range) => void;
  onClose: () => void;
};

const words: Record<Range, string> = {
  this: "This one",
  following: "This and those after",
  all: "All of them",
};

/** Which of what repeats is meant. */
export function RangeDialog({ about, hasThis, isPending = false, onChoose, onClose }: Props) {
  const offered = (["this", "following", "all"] as const).filter((range) => range !== "this" || hasThis);
  const [chosen, setChosen] = useState<Range>("this");
  const range = offered.find((each) => each === chosen) ?? "following";
  const isDelete = about === "delete";
  return (
    <Dialog
      title={isDelete ? "Delete which ones?" : "Change which ones?"}
      description="This appointment repeats."
      open={about !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button
            variant={isDelete ? "danger" : "primary"}
            loading={isPending}
            onClick={() => onChoose(range)}
          >
            {isDelete ? "Delete" : "Change"}
          </Button>
        </>
      }
    >
      <fieldset>
        <legend className="sr-only">Which ones</legend>
        {offered.map((each) => (
          <Radio
            key={each}
            name="range"
            label={words[each]}
            checked={each === range}
            onChange={() => setChosen(each)}
          />
        ))}
      </fieldset>
    </Dialog>
  );
}
