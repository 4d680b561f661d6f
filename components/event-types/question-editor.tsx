import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { QuestionKind } from "@/lib/event-types/fields";
import type { DraftQuestion } from "./draft";

type Props = {
  question: DraftQuestion;
  index: number;
  count: number;
  errorOf: (field: string) => string | undefined;
  onChange: (part: Partial<DraftQuestion>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

export function QuestionEditor({ question, index, count, errorOf, onChange, onMove, onRemove }: Props) {
  const { key, label, kind, isRequired, options } = question;
  const name = `question ${index + 1}`;
  const field = (part: string) => `questions.${index}.${part}`;
  return (
    <li data-question={key}>
      <fieldset className="flex flex-col gap-4 rounded-md border border-line p-4 pt-2">
        <legend className="sr-only">{`Question ${index + 1}`}</legend>
        <div className="-mr-2 flex items-center">
          <span aria-hidden="true" className="mr-auto font-medium text-muted text-sm">
            {`Question ${index + 1}`}
          </span>
          <IconButton
            label={`Move ${name} up`}
            Icon={ArrowUp}
            data-move="up"
            aria-disabled={index === 0}
            onClick={() => onMove(index - 1)}
          />
          <IconButton
            label={`Move ${name} down`}
            Icon={ArrowDown}
            data-move="down"
            aria-disabled={index === count - 1}
            onClick={() => onMove(index + 1)}
          />
          <IconButton label={`Remove ${name}`} Icon={Trash2} onClick={onRemove} />
        </div>
        <div className="grid items-start gap-4 sm:grid-cols-[1fr_12rem]">
          <Field label="Question" error={errorOf("label")}>
            <Input
              name={field("label")}
              value={label}
              placeholder="What would you like to talk about?"
              onChange={(event) => onChange({ label: event.target.value })}
            />
          </Field>
          <Field label="Answer" error={errorOf("kind")}>
            <Select
              name={field("kind")}
              value={kind}
              onChange={(event) => onChange({ kind: event.target.value as QuestionKind })}
            >
              {Object.entries(kinds).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        {kind === "choice" && (
          <Field label="Options" hint="One a line." error={errorOf("options")}>
            <Textarea
              name={field("options")}
              rows={3}
              value={options}
              onChange={(event) => onChange({ options: event.target.value })}
            />
          </Field>
        )}
        <Checkbox
          name={field("isRequired")}
          checked={isRequired}
          onChange={(event) => onChange({ isRequired: event.target.checked })}
          label={kind === "checkbox" ? "It must be ticked" : "It must be answered"}
        />
      </fieldset>
    </li>
  );
}

const kinds: Record<QuestionKind, string> = {
  line: "One line",
  text: "Several lines",
  choice: "One of several",
  checkbox: "A tick box",
};
