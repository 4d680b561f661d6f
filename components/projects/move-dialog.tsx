"use client";

import { ArrowUpToLine } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { type DialogFormProps, FormDialog } from "@/components/forms/form-dialog";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Field, FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { ProjectNode } from "@/lib/projects/list";
import { moveForm } from "@/lib/projects/schema";
import { KindIcon } from "./kind-icon";
import { kinds } from "./kinds";
import type { ProjectActions } from "./project-actions";
import { canBeTop, findMatches, placesFor, type Tree, wayTo } from "./tree";

type FormProps = { tree: Tree; node: ProjectNode; move: ProjectActions["move"] };
type Props = FormProps & { open: boolean; onOpenChange: (isOpen: boolean) => void };

/** Hangs a project somewhere else, where it fits and its manager may add something. */
export function MoveDialog({ open, onOpenChange, ...form }: Props) {
  const toast = useToast();
  return (
    <FormDialog
      title={`Move ${form.node.name}`}
      description="Everything below it goes along. Who is a member of where it lies now, and not of where it goes, loses sight of it."
      label="Move"
      open={open}
      onOpenChange={onOpenChange}
      onDone={() => toast("Project moved")}
    >
      {(dialog) => <MoveForm {...form} {...dialog} />}
    </FormDialog>
  );
}

// As many as somebody looks through; the search finds the others.
const mostPlaces = 50;

function MoveForm({ tree, node, move, id, onPending, onDone }: FormProps & DialogFormProps) {
  const [search, setSearch] = useState("");
  const places = useMemo(() => placesFor(tree, node), [tree, node]);
  const found = findMatches(places, search).slice(0, mostPlaces);
  const hasTop = canBeTop(tree, node) && !search;
  const { errors, formProps } = useForm<void>((form) => move(node.id, form), {
    schema: moveForm,
    onPending,
    onDone,
  });
  if (places.length === 0 && !canBeTop(tree, node))
    return <p className="text-muted">There is no other place where it fits and you may add something.</p>;
  return (
    <form id={id} {...formProps} className="flex flex-col gap-4">
      <FormError errors={errors} />
      {places.length > 6 && (
        <Field label="Search" optional>
          <Input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            autoComplete="off"
          />
        </Field>
      )}
      <fieldset aria-describedby={errors.parentId && `${id}-place`}>
        <legend className="mb-1.5 font-medium text-sm">New place</legend>
        <div className="flex flex-col gap-1.5">
          {hasTop && (
            <Place id="" title="At the top" description="With you as its manager">
              <span className="grid size-9 place-items-center rounded-md bg-sunken text-muted">
                <ArrowUpToLine aria-hidden="true" className="size-4.5" />
              </span>
            </Place>
          )}
          {found.map((place) => (
            <Place
              key={place.id}
              id={place.id}
              title={place.name}
              description={[
                kinds[place.kind].word,
                wayTo(tree, place)
                  .map(({ name }) => name)
                  .join(" › "),
              ]
                .filter(Boolean)
                .join(" · ")}
            >
              <KindIcon {...place} />
            </Place>
          ))}
        </div>
        <p aria-live="polite" className="text-muted text-sm">
          {!hasTop && found.length === 0 && "Nothing has this name."}
          {found.length === mostPlaces && places.length > mostPlaces && "Search to see more."}
        </p>
        <FieldError id={`${id}-place`}>{errors.parentId}</FieldError>
      </fieldset>
    </form>
  );
}

function Place({
  id,
  title,
  description,
  children,
}: {
  id: string;
  title: string;
  description: string;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-14 items-center gap-3 rounded-md border border-transparent px-3 py-2 transition-colors hover:bg-sunken has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-ring">
      <input type="radio" name="parentId" value={id} required className="sr-only" />
      {children}
      <span className="flex min-w-0 flex-col">
        <span className="wrap-anywhere font-medium text-[0.9375rem]">{title}</span>
        <span className="wrap-anywhere text-muted text-sm">{description}</span>
      </span>
    </label>
  );
}
