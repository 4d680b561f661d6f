import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { slugOf } from "@/lib/event-types/schema";
import { ColorField } from "./color-field";
import type { Editor } from "./draft";

type Props = Editor & {
  /** The part of the address before the slug. */
  pageUrl: string;
  followsTitle: boolean;
  stopFollowing: () => void;
};

export function WhatSection({ draft, change, errorOf, pageUrl, followsTitle, stopFollowing }: Props) {
  return (
    <Card>
      <CardHeader title="What it is" />
      <CardBody className="flex flex-col gap-5">
        <Field label="Title" error={errorOf("title")}>
          <Input
            name="title"
            value={draft.title}
            placeholder="Introduction"
            onChange={({ target: { value } }) =>
              change({ title: value, ...(followsTitle && { slug: slugOf(value) }) })
            }
          />
        </Field>
        <Field label="Address" hint={<Address pageUrl={pageUrl} slug={draft.slug} />} error={errorOf("slug")}>
          <Input
            name="slug"
            value={draft.slug}
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => {
              stopFollowing();
              change({ slug: event.target.value });
            }}
          />
        </Field>
        <Field label="Description" optional error={errorOf("description")}>
          <Textarea
            name="description"
            rows={3}
            value={draft.description}
            placeholder="What visitors should know before they book"
            onChange={(event) => change({ description: event.target.value })}
          />
        </Field>
        <ColorField value={draft.color} onChange={(color) => change({ color })} />
        <Checkbox
          name="isHidden"
          checked={draft.isHidden}
          onChange={(event) => change({ isHidden: event.target.checked })}
          label="Hide it from my booking page"
          hint="Whoever has the link can still book it."
        />
      </CardBody>
    </Card>
  );
}

function Address({ pageUrl, slug }: { pageUrl: string; slug: string }) {
  return (
    <span className="wrap-anywhere">
      {pageUrl.replace(/^https?:\/\//, "")}/<span className="font-medium text-ink">{slug || "…"}</span>
    </span>
  );
}
