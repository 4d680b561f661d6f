"use client";

import { useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import type { ActionResult } from "@/lib/action";
import type { BindingScope } from "@/lib/bindings/schema";
import type { ProjectNode } from "@/lib/projects/list";
import { type AccountChoice, CalendarPicker } from "./calendar-picker";
import { ProjectPicker } from "./project-picker";
import { type CountScope, ScopeCount } from "./scope-count";
import { nodesFor, ScopePicker } from "./scope-picker";

export type BindingDraft = {
  calendarId: string | null;
  scope: BindingScope;
  scopeId: string | null;
  includePersonal: boolean;
};

type Props = {
  /** What a binding says, or what a new one may say first. */
  initial: BindingDraft;
  isNew: boolean;
  accounts: AccountChoice[];
  nodes: ProjectNode[];
  save: (form: FormData) => Promise<ActionResult<void>>;
  count: CountScope;
};

/** Which calendar, and what is copied into it. */
export function BindingForm({ initial, isNew, accounts, nodes, save, count }: Props) {
  const [draft, setDraft] = useState(initial);
  const { errors, isPending, forget, formProps } = useForm(save);
  const change = (part: Partial<BindingDraft>) => {
    setDraft((known) => ({ ...known, ...part }));
    // Another scope makes a refused project, and a binding there was already, another question.
    for (const field of ["", "calendar_id", "scope", "scope_id"]) forget(field);
  };
  const fitting = nodesFor(nodes, draft.scope);
  const project = fitting?.find(({ id }) => id === draft.scopeId) ?? null;
  const isComplete = !fitting || project !== null;
  return (
    <form {...formProps}>
      <Card>
        <CardBody className="flex flex-col gap-8 pt-5 sm:pt-6">
          <FormError errors={errors.scope ? { "": errors.scope } : errors} />
          <CalendarPicker
            accounts={accounts}
            chosen={draft.calendarId}
            choose={(calendarId) => change({ calendarId })}
            error={errors.calendar_id}
          />
          <ScopePicker
            nodes={nodes}
            chosen={draft.scope}
            choose={(scope) => change({ scope, scopeId: onlyOne(nodesFor(nodes, scope)) })}
          />
          {fitting && (
            <>
              <ProjectPicker
                key={draft.scope}
                nodes={nodes}
                fitting={fitting}
                chosen={project?.id ?? null}
                choose={(scopeId) => change({ scopeId })}
                error={errors.scope_id}
              />
              <Checkbox
                name="include_personal"
                label="And my personal appointments"
                hint="Yours alone, and your bookings."
                checked={draft.includePersonal}
                onChange={(event) => change({ includePersonal: event.target.checked })}
                className="-my-2"
              />
            </>
          )}
        </CardBody>
        <CardFooter>
          <div className="mr-auto">
            <ScopeCount
              draft={
                isComplete
                  ? {
                      scope: draft.scope,
                      scope_id: project?.id ?? null,
                      include_personal: fitting !== null && draft.includePersonal,
                    }
                  : null
              }
              count={count}
            />
          </div>
          <ButtonLink href="/bindings" variant="quiet">
            Cancel
          </ButtonLink>
          <Button type="submit" variant="primary" loading={isPending}>
            {isNew ? "Start copying" : "Save changes"}
          </Button>
        </CardFooter>
      </Card>
    </form>
  );
}

/** Where there is no choice, it is made. */
function onlyOne(nodes: ProjectNode[] | null): string | null {
  return nodes?.length === 1 ? (nodes[0]?.id ?? null) : null;
}
