import type { Answer, Question } from "@/db/schema";
import { AppError } from "@/lib/errors";

type Given = Record<string, string | boolean>;

const longest: Record<Question["kind"], number> = { line: 300, text: 2000, choice: 300, checkbox: 5 };

/**
 * What a visitor answered, beside the questions as they are worded now. Answers to questions that are asked no more
 * are left out: the host may have changed them while the visitor was writing.
 * @throws AppError invalid, naming the field `answers.<id>`
 */
export function readAnswers(questions: Question[], given: Given): Answer[] {
  return questions.flatMap((question) => {
    const { id, label } = question;
    const answer = readAnswer(question, Object.hasOwn(given, id) ? given[id] : undefined);
    return answer === "" ? [] : [{ id, label, answer }];
  });
}

/** Empty when the question was left open. */
function readAnswer(question: Question, given: string | boolean | undefined): string {
  if (question.kind === "checkbox") return readTick(question, given ?? false);
  if (typeof given === "boolean") throw wrong(question, "Answer this in words.");
  const answer = given?.trim() ?? "";
  if (answer === "" && question.isRequired) throw wrong(question, "Answer this, please.");
  if (answer.length > longest[question.kind])
    throw wrong(question, `Use at most ${longest[question.kind]} characters.`);
  if (answer === "") return answer;
  if (question.kind === "choice" && !question.options.includes(answer))
    throw wrong(question, "Choose one of the options.");
  if (question.kind === "line" && /[\r\n]/.test(answer)) throw wrong(question, "Write this in one line.");
  return answer;
}

function readTick(question: Question, given: string | boolean): string {
  if (typeof given !== "boolean") throw wrong(question, "Answer this with true or false.");
  if (!given && question.isRequired) throw wrong(question, "Tick this to go on.");
  return given ? "Yes" : "No";
}

const wrong = ({ id }: Question, sentence: string) =>
  new AppError("invalid", sentence, { field: `answers.${id}` });
