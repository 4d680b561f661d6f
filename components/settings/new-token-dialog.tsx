"use client";

import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { FormError } from "@/components/forms/form-error";
import { useForm } from "@/components/forms/use-form";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ActionResult } from "@/lib/action";
import { newApiToken } from "@/lib/api-tokens/schema";
import { TokenMade } from "./token-made";

type Create = (form: FormData) => Promise<ActionResult<string>>;
type Props = { apiUrl: string; create: Create };

/** Makes a token, and shows it as long as the dialog stays open. */
export function NewTokenDialog({ apiUrl, create }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const toggle = (next: boolean) => {
    if (next) setSecret(null);
    setOpen(next);
  };
  return (
    <Dialog
      title={secret ? "Copy your token now" : "New API token"}
      description={
        secret
          ? "It is shown this once. Whoever has it can use the API as you."
          : "It can do what you can do here, but neither make tokens nor change your password."
      }
      open={isOpen}
      onOpenChange={toggle}
      trigger={
        <Button size="sm">
          <Plus aria-hidden="true" />
          New token
        </Button>
      }
      footer={
        secret ? (
          <DialogClose render={<Button variant="primary">Done</Button>} />
        ) : (
          <>
            <DialogClose render={<Button>Cancel</Button>} />
            <Button type="submit" form={id} variant="primary" loading={isPending}>
              Create token
            </Button>
          </>
        )
      }
    >
      {secret ? (
        <TokenMade secret={secret} apiUrl={apiUrl} />
      ) : (
        <NewTokenForm id={id} create={create} onPending={setPending} onMade={setSecret} />
      )}
    </Dialog>
  );
}

type FormProps = {
  id: string;
  create: Create;
  onPending: (isPending: boolean) => void;
  onMade: (secret: string) => void;
};

function NewTokenForm({ id, create, onPending, onMade }: FormProps) {
  const { errors, formProps } = useForm(create, { schema: newApiToken, onPending, onDone: onMade });
  return (
    <form id={id} {...formProps} className="flex flex-col gap-5">
      <FormError errors={errors} />
      <Field label="Name" hint="The program it is for." error={errors.name}>
        <Input name="name" autoComplete="off" maxLength={120} />
      </Field>
      <Field label="Expires" error={errors.expiresInDays}>
        <Select name="expiresInDays" defaultValue="90">
          <option value="30">In 30 days</option>
          <option value="90">In 90 days</option>
          <option value="365">In a year</option>
          <option value="">Never</option>
        </Select>
      </Field>
    </form>
  );
}
