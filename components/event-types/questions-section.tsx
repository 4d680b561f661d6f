import { Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { type DraftQuestion, type Editor, nextKey } from "./draft";
import { QuestionEditor } from "./question-editor";

const most = 10;

export function QuestionsSection({ draft, change, errorOf }: Editor) {
  const { questions } = draft;
  const [said, setSaid] = useState("");
  const [focus, setFocus] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);

  // What is moved in the page, and what a new row brings, do not keep or take the focus by themselves.
  useEffect(() => {
    if (focus === null) return;
    list.current?.querySelector<HTMLElement>(focus)?.focus();
    setFocus(null);
  }, [focus]);

  const set = (next: DraftQuestion[]) => change({ questions: next });
  const add = () => {
    const key = nextKey(questions);
    set([...questions, { key, label: "", kind: "line", isRequired: false, options: "" }]);
    setFocus(`[data-question="${key}"] input`);
  };
  const remove = (index: number) => {
    set(questions.filter((_, at) => at !== index));
    setSaid(`${nameOf(questions[index], index)} removed`);
    setFocus("[data-add-question]");
  };
  const move = (from: number, to: number) => {
    const moved = questions[from];
    if (!moved || to < 0 || to >= questions.length) return;
    const others = questions.filter((question) => question !== moved);
    set([...others.slice(0, to), moved, ...others.slice(to)]);
    setSaid(`${nameOf(moved, from)} is now ${to + 1} of ${questions.length}`);
    setFocus(`[data-question="${moved.key}"] [data-move="${to > from ? "down" : "up"}"]`);
  };

  return (
    <Card>
      <CardHeader
        title="Questions"
        description="What visitors tell you when they book, besides their name and e-mail address."
      />
      <CardBody>
        <div ref={list} className="flex flex-col gap-4">
          {questions.length > 0 && (
            <ol className="flex flex-col gap-4">
              {questions.map((question, index) => (
                <QuestionEditor
                  key={question.key}
                  question={question}
                  index={index}
                  count={questions.length}
                  errorOf={(field) => errorOf(`questions.${index}.${field}`)}
                  onChange={(part) =>
                    set(questions.map((each) => (each === question ? { ...each, ...part } : each)))
                  }
                  onMove={(to) => move(index, to)}
                  onRemove={() => remove(index)}
                />
              ))}
            </ol>
          )}
          {questions.length < most && (
            <Button size="sm" onClick={add} data-add-question className="w-fit">
              <Plus aria-hidden="true" />
              Add a question
            </Button>
          )}
        </div>
        <p role="status" className="sr-only">
          {said}
        </p>
      </CardBody>
    </Card>
  );
}

function nameOf(question: DraftQuestion | undefined, index: number): string {
  return question?.label.trim() || `Question ${index + 1}`;
}
