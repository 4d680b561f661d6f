"use client";

import { useId } from "react";
import { Checkbox, Radio } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { BookingPage } from "@/lib/booking/public";
import { answerField } from "./use-draft";

type Question = BookingPage["eventType"]["questions"][number];
type Answer = string | boolean | undefined;
type QuestionFieldProps = {
  question: Question;
  answer: Answer;
  error: string | undefined;
  onAnswer: (answer: string | boolean) => void;
};

/** More than these would push the button off the screen; then it is a list that opens. */
const mostInView = 6;

/** One of the host's own questions. */
export function QuestionField(props: QuestionFieldProps) {
  const { question, answer, error, onAnswer } = props;
  const { kind, label, isRequired, options } = question;
  if (kind === "checkbox") return <TickBox {...props} />;
  if (kind === "choice" && options.length <= mostInView) return <Options {...props} />;
  const control = {
    name: answerField(question.id),
    value: typeof answer === "string" ? answer : "",
    onChange: (event: { target: { value: string } }) => onAnswer(event.target.value),
  };
  return (
    <Field label={label} optional={!isRequired} error={error}>
      {kind === "line" && <Input maxLength={300} {...control} />}
      {kind === "text" && <Textarea maxLength={2000} {...control} />}
      {kind === "choice" && (
        <Select {...control}>
          <option value="">{isRequired ? "Choose one" : "No answer"}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function Options({ question, answer, error, onAnswer }: QuestionFieldProps) {
  const { id, label, isRequired, options } = question;
  const [labelId, errorId] = [useId(), useId()];
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelId}
      aria-required={isRequired}
      aria-invalid={error ? true : undefined}
      aria-describedby={error && errorId}
      className="min-w-0"
    >
      <p id={labelId} className="pb-0.5 font-medium text-sm">
        {label}
        {!isRequired && <span className="font-normal text-muted"> (optional)</span>}
      </p>
      {options.map((option) => (
        <Radio
          key={option}
          label={option}
          name={answerField(id)}
          value={option}
          checked={answer === option}
          aria-describedby={error && errorId}
          onChange={() => onAnswer(option)}
        />
      ))}
      <FieldError id={errorId}>{error}</FieldError>
    </div>
  );
}

function TickBox({ question, answer, error, onAnswer }: QuestionFieldProps) {
  const errorId = useId();
  return (
    <div>
      <Checkbox
        label={
          <>
            {question.label}
            {question.isRequired && <span className="text-muted"> (required)</span>}
          </>
        }
        name={answerField(question.id)}
        checked={answer === true}
        required={question.isRequired}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && errorId}
        onChange={(event) => onAnswer(event.target.checked)}
        className="py-1"
      />
      <FieldError id={errorId}>{error}</FieldError>
    </div>
  );
}
